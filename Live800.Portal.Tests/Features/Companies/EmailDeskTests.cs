using System.Net;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Companies;

/// <summary>E-mail addresses and their proof (rule 1): bad links first, then the trial that waits for a confirmation.</summary>
public sealed class EmailDeskTests
{
    private const string Path = "/confirm?token=";

    [Fact]
    public async Task Whatever_is_not_a_link_in_force_is_over()
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        _ = await Registered(box, "蓝天科技", "wangwei");
        var token = TokenOf(Assert.Single(await Letters.AllAsync(box)));
        foreach (var bad in new[] { null, "", "x", token[..^1], token + "x", new string('A', 100_000), "' OR 1=1" })
        {
            Assert.Equal(Refusal.LinkOver, (await Desk(box).ReadLinkAsync(bad)).Refusal);
            Assert.Equal(Refusal.LinkOver, (await Desk(box).UseLinkAsync(bad)).Refusal);
        }

        await using (var context = box.Portal.Read())
        {
            var stored = await context.Set<EmailLink>().AsNoTracking().SingleAsync();
            Assert.Equal(64, stored.Hash.Length);
            Assert.DoesNotContain(token, stored.Hash, StringComparison.OrdinalIgnoreCase);
            Assert.True(token.Length >= 43);
        }

        box.Machine.Advance(EmailLink.Lifetime);
        Assert.Equal(Refusal.LinkOver, (await Desk(box).UseLinkAsync(token)).Refusal);
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_asked_and_the_trial_begins_at_once()
    {
        await using var box = await OpenAsync();
        var (company, _) = await box.AnotherCompanyAsync();
        Assert.True((await EntitlementAsync(box, company.Id)).IsTrial);
        Assert.Empty(await Letters.AllAsync(box));
        Assert.Equal(new EmailView("linxiao@example.com", false, null, false, false), await Desk(box).ReadAsync(box.Administrator));
        Assert.False((await Desk(box).ChangeAsync(box.Administrator, AccountBox.Password, " Lin@Example.com ", "en")).IsRefused);
        Assert.Equal("lin@example.com", (await Desk(box).ReadAsync(box.Administrator)).Email);
        Assert.False((await box.Portal.Get<SignInDesk>().SignInAsync("", "lin@example.com", AccountBox.Password)).IsRefused);
    }

    [Fact]
    public async Task Where_mail_works_the_trial_begins_with_the_confirmation_and_the_link_works_once_even_at_the_same_time()
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        var by = await Registered(box, "蓝天科技", "wangwei");
        Assert.Equal(PackageKind.Free, (await EntitlementAsync(box, by.CompanyId)).Kind);
        Assert.True((await Desk(box).ReadAsync(by)).TrialWaits);
        var letter = Assert.Single(await Letters.AllAsync(box));
        Assert.Equal((LetterKind.EmailConfirmation, "wangwei@example.com", "wangwei@example.com"), (letter.Kind, letter.To, letter.ToName));
        Assert.DoesNotContain("蓝天科技", letter.Plain + letter.Html + letter.Subject, StringComparison.Ordinal);

        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Desk(box).UseLinkAsync(TokenOf(letter)))));
        Assert.Equal(new ConfirmedEmail("wangwei@example.com", true, false), Assert.Single(used, outcome => !outcome.IsRefused).Value);
        Assert.True((await EntitlementAsync(box, by.CompanyId)).IsTrial);
        Assert.Equal(new EmailView("wangwei@example.com", true, null, true, false), await Desk(box).ReadAsync(by));
    }

    [Theory]
    [InlineData("wangwei@example.com")]
    [InlineData("WangWei+second@Example.com")]
    public async Task One_confirmed_address_has_one_trial_whatever_is_done_with_it(string again)
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        _ = await Registered(box, "蓝天科技", "wangwei");
        Assert.True((await Desk(box).UseLinkAsync(TokenOf((await Letters.AllAsync(box))[^1]))).Value.TrialBegan);
        box.Machine.Advance(TimeSpan.FromDays(3));
        var second = await Registered(box, "第二家", "wangwei", again);
        Assert.Equal(new ConfirmedEmail(again.ToLowerInvariant(), false, true), (await Desk(box).UseLinkAsync(TokenOf((await Letters.AllAsync(box))[^1]))).Value);
        Assert.Equal((PackageKind.Free, 5L), ((await EntitlementAsync(box, second.CompanyId)).Kind, (await EntitlementAsync(box, second.CompanyId)).AnswersLeft!.Value));
    }

    [Fact]
    public async Task A_trial_from_before_mail_worked_is_its_confirmed_addresss_one()
    {
        await using var box = await OpenAsync();
        var (_, old) = await box.AnotherCompanyAsync();
        await Letters.MailWorksAsync(box);
        Assert.False((await Desk(box).SendAgainAsync(old, "en")).IsRefused);
        Assert.Equal(new ConfirmedEmail("wangwei@example.com", false, false), (await Desk(box).UseLinkAsync(TokenOf((await Letters.AllAsync(box))[^1]))).Value);
        box.Machine.Advance(TimeSpan.FromDays(3));
        _ = await Registered(box, "第二家", "wangwei");
        Assert.True((await Desk(box).UseLinkAsync(TokenOf((await Letters.AllAsync(box))[^1]))).Value.TrialHad);
    }

    [Fact]
    public async Task A_colleagues_confirmation_does_not_begin_the_companys_trial()
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        var by = await Registered(box, "蓝天科技", "wangwei");
        Assert.False((await box.Roster.CreateAsync(by, new AgentForm { Name = "chenzy", DisplayName = "陈", Email = "chenzy@example.com", Password = AccountBox.Password })).IsRefused);
        var letter = (await Letters.AllAsync(box))[^1];
        Assert.Equal("chenzy@example.com", letter.To);
        Assert.Equal(new ConfirmedEmail("chenzy@example.com", false, false), (await Desk(box).UseLinkAsync(TokenOf(letter))).Value);
        Assert.Equal(PackageKind.Free, (await EntitlementAsync(box, by.CompanyId)).Kind);
    }

    [Fact]
    public async Task A_mistyped_address_is_no_dead_end_and_its_link_opens_nothing_after_the_right_one_was_given()
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        var by = await Registered(box, "蓝天科技", "wangwei", "wangwie@example.com");
        var wrong = TokenOf((await Letters.AllAsync(box))[^1]);
        Assert.Equal(Refusal.LetterTooSoon, (await Desk(box).ChangeAsync(by, AccountBox.Password, "wangwei@example.com", "en")).Refusal);
        box.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await Desk(box).ChangeAsync(by, AccountBox.Password, "wangwei@example.com", "en")).IsRefused);
        Assert.Equal("wangwei@example.com", (await Desk(box).ReadAsync(by)).Pending);
        Assert.Equal(Refusal.LinkOver, (await Desk(box).UseLinkAsync(wrong)).Refusal);
        Assert.True((await Desk(box).UseLinkAsync(TokenOf((await Letters.AllAsync(box))[^1]))).Value.TrialBegan);
        Assert.DoesNotContain(await Letters.AllAsync(box), letter => letter.Kind == LetterKind.EmailChanged);
    }

    [Fact]
    public async Task A_new_address_counts_when_it_is_confirmed_and_the_old_one_is_told()
    {
        await using var box = await OpenAsync();
        _ = await box.AgentAsync("chenzy");
        await Letters.MailWorksAsync(box);
        Assert.Equal(Refusal.SignInFailed, (await Desk(box).ChangeAsync(box.Administrator, "wrong", "new@example.com", "en")).Refusal);
        foreach (var bad in new[] { null, "", "nobody", "a@b", "a b@example.com", "a@example.com\r\nBcc: b@example.com" })
            Assert.Equal(Refusal.EmailInvalid, (await Desk(box).ChangeAsync(box.Administrator, AccountBox.Password, bad, "en")).Refusal);
        Assert.False((await Desk(box).ChangeAsync(box.Administrator, AccountBox.Password, "new@example.com", "en")).IsRefused);
        Assert.Equal("linxiao@example.com", (await box.ReadAgentAsync(box.Administrator.AgentId)).Email);
        Assert.False((await Desk(box).UseLinkAsync(TokenOf((await Letters.AllAsync(box))[^1]))).IsRefused);
        var told = (await Letters.AllAsync(box))[^1];
        Assert.Equal((LetterKind.EmailChanged, "linxiao@example.com"), (told.Kind, told.To));
        Assert.True((await box.Portal.Get<SignInDesk>().SignInAsync("", "linxiao@example.com", AccountBox.Password)).IsRefused);
        Assert.False((await box.Portal.Get<SignInDesk>().SignInAsync("", "new@example.com", AccountBox.Password)).IsRefused);
    }

    [Fact]
    public async Task A_colleagues_address_is_taken_also_when_he_was_first_meanwhile()
    {
        await using var box = await OpenAsync();
        await box.AgentAsync("chenzy");
        var chenzy = await box.SignInAsync("chenzy");
        Assert.Equal(Refusal.EmailTaken, (await Desk(box).ChangeAsync(chenzy, AccountBox.Password, "linxiao@example.com", "en")).Refusal);
        await Letters.MailWorksAsync(box);
        Assert.False((await Desk(box).ChangeAsync(chenzy, AccountBox.Password, "both@example.com", "en")).IsRefused);
        var token = TokenOf((await Letters.AllAsync(box))[^1]);
        _ = await box.Writes.RunAsync((write, cancel) => write.Agents.Where(agent => agent.Id == box.Administrator.AgentId).ExecuteUpdateAsync(set => set.SetProperty(agent => agent.Email, "both@example.com"), cancel));
        Assert.Equal(Refusal.EmailTaken, (await Desk(box).UseLinkAsync(token)).Refusal);
    }

    [Fact]
    public async Task Letters_to_one_address_are_few()
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        var by = await Registered(box, "蓝天科技", "wangwei");
        var sent = 1;
        for (var minute = 0; minute < 23 * 60; minute += 5)
        {
            box.Machine.Advance(TimeSpan.FromMinutes(5));
            if (!(await Desk(box).SendAgainAsync(by, "en")).IsRefused) sent++;
        }

        Assert.Equal(10, sent);
        Assert.Equal(sent, (await Letters.AllAsync(box)).Count);
    }

    [Fact]
    public async Task Opening_the_link_does_not_use_it_and_the_button_does()
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        using var browser = box.Portal.Browser();
        await box.OpenRegistrationAsync();
        var form = AccountBox.Form("蓝天科技", "wangwei");
        Assert.Contains("试用在确认邮箱后开始", (await browser.GetAsync("/register")).Text, StringComparison.Ordinal);
        Assert.Equal("/first-steps", (await browser.SendAsync("/register", "register", ("Form.CompanyName", form.CompanyName!), ("Form.ZoneId", form.ZoneId!), ("Form.AgentName", form.AgentName!),
            ("Form.DisplayName", form.DisplayName!), ("Form.Email", form.Email!), ("Form.Password", form.Password!))).Location);
        var profile = await browser.GetAsync("/profile");
        Assert.Contains("未确认", profile.Text, StringComparison.Ordinal);
        Assert.Contains("刚刚已经寄出", (await browser.SendAsync(profile, "/profile", "email-again")).Text, StringComparison.Ordinal);

        using var stranger = box.Portal.Browser("en");
        var link = Letters.LinkOf(Assert.Single(await Letters.AllAsync(box)), Path);
        for (var i = 0; i < 3; i++) Assert.Contains("wangwei@example.com", (await stranger.GetAsync(link)).Text, StringComparison.Ordinal);
        var done = await stranger.SendAsync(link, "confirm");
        Assert.Contains("Your e-mail is confirmed", done.Text, StringComparison.Ordinal);
        Assert.Contains("trial of your company has begun", done.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await stranger.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await stranger.GetAsync("/confirm")).Status);
        Assert.Contains("已确认", (await browser.GetAsync("/profile")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(box.Portal.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static Task<AccountBox> OpenAsync() => AccountBox.OpenAsync(with: Letters.StandStill);

    private static EmailDesk Desk(AccountBox box) => box.Portal.Get<EmailDesk>();

    private static string TokenOf(MailLetter letter) => Letters.LinkOf(letter, Path)[Path.Length..];

    private static Task<Entitlement> EntitlementAsync(AccountBox box, CompanyId company) => box.Portal.Get<PackageDesk>().EntitlementAsync(company);

    private static async Task<CurrentAgent> Registered(AccountBox box, string company, string agent, string? email = null)
    {
        await box.OpenRegistrationAsync();
        var form = AccountBox.Form(company, agent);
        var id = await box.Portal.Get<CompanyRegistry>().RegisterAsync(form with { Email = email ?? form.Email });
        return (await box.Portal.Get<SignInDesk>().BeginAsync(id.Value))!;
    }
}
