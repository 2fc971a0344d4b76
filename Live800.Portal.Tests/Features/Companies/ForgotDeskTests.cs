using System.Net;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Mail;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Tests.Features.Companies;

/// <summary>Forgotten passwords: what a stranger can learn (nothing), and the way back in.</summary>
public sealed class ForgotDeskTests
{
    private const string New = "three old locust trees";

    [Fact]
    public async Task Known_and_unknown_are_answered_alike_and_only_the_known_get_a_letter()
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        var answers = new List<(HttpStatusCode, string?, string)>();
        foreach (var (company, agent) in new[] { (box.Company.Code, "nobody"), ("nowhere", "linxiao"), ("", "linxiao"), ("", "nobody@example.com"), (box.Company.Code, "linxiao@example.com' OR 1=1"), (new string('x', 5000), "linxiao"), (box.Company.Code, "linxiao") })
        {
            using var browser = box.Portal.Browser();
            var page = await browser.SendAsync("/forgot", "forgot", ("Company", company), ("Agent", agent));
            answers.Add((page.Status, page.Location, (await browser.GetAsync("/forgot?sent=1")).Text));
        }

        Assert.Equal("/forgot?sent=1", Assert.Single(answers.Distinct()).Item2);
        Assert.Equal("linxiao@example.com", Assert.Single(await Letters.WaitAsync(box, 1)).To);
        Assert.DoesNotContain(box.Portal.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_link_sets_the_password_once_and_ends_every_sign_in()
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        using var before = await box.BrowserOfAsync("linxiao");
        using var browser = box.Portal.Browser("en");
        browser.Client.DefaultRequestHeaders.Host = "evil.example";
        _ = await browser.SendAsync("/forgot", "forgot", ("Company", box.Company.Code), ("Agent", "linxiao@example.com"));
        var letter = Assert.Single(await Letters.WaitAsync(box, 1));
        Assert.Equal((LetterKind.PasswordReset, "Reset your password"), (letter.Kind, letter.Subject));
        Assert.DoesNotContain("evil.example", letter.Plain + letter.Html, StringComparison.Ordinal);
        var link = Letters.LinkOf(letter, "/reset?");
        Assert.True((await browser.SendAsync(link, "reset", ("Password", New))).IsRedirect);
        Assert.StartsWith("/sign-in", (await before.GetAsync("/profile")).Location, StringComparison.Ordinal);
        using var signedIn = await box.BrowserOfAsync("linxiao", New);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(link)).Status);
    }

    [Fact]
    public async Task The_operator_asks_without_a_company_and_the_link_is_over_after_an_hour()
    {
        await using var box = await OpenAsync();
        await Letters.MailWorksAsync(box);
        box.Portal.Get<ForgotDesk>().Ask(" ", "LinXiao@example.com ", "en");
        var link = Letters.LinkOf(Assert.Single(await Letters.WaitAsync(box, 1)), "/reset?");
        using var browser = box.Portal.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(link)).Status);
        Assert.Equal(TimeSpan.FromHours(1), box.Portal.Get<IOptions<MailLinkOptions>>().Value.TokenLifespan);
        box.Portal.Get<IOptions<MailLinkOptions>>().Value.TokenLifespan = TimeSpan.FromTicks(-1);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(link)).Status);
    }

    [Fact]
    public async Task An_account_gets_few_letters_and_asking_does_not_end_an_administrators_link()
    {
        await using var box = await OpenAsync();
        for (var i = 0; i <= ForgotDesk.PerDay; i++)
            Assert.False((await box.Roster.CreateAsync(box.Administrator, new AgentForm { Name = $"mark{i}", DisplayName = "m", Email = $"mark{i}@example.com", Password = AccountBox.Password })).IsRefused);
        await Letters.MailWorksAsync(box);
        var given = new Uri((await box.Roster.MakeLinkAsync(box.Administrator, box.Administrator.AgentId)).Value).PathAndQuery;
        for (var i = 0; i <= ForgotDesk.PerDay; i++)
        {
            for (var again = 0; again < 10; again++) box.Portal.Get<ForgotDesk>().Ask(box.Company.Code, "linxiao", "en");
            // Wishes are seen to one after another: when this one has its letter, all before it were decided.
            box.Portal.Get<ForgotDesk>().Ask(box.Company.Code, $"mark{i}", "en");
            var letters = await Letters.WaitAsync(box, Math.Min(i + 1, ForgotDesk.PerDay) + i + 1);
            Assert.Equal(Math.Min(i + 1, ForgotDesk.PerDay), letters.Count(letter => letter.To == "linxiao@example.com"));
            box.Machine.Advance(ForgotDesk.Pause);
        }

        using var browser = box.Portal.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(given)).Status);
    }

    [Fact]
    public async Task An_unproved_address_a_disabled_agent_and_a_suspended_company_get_none()
    {
        await using var box = await OpenAsync();
        var disabled = await box.Roster.CreateAsync(box.Administrator, new AgentForm { Name = "chenzy", DisplayName = "陈", Email = "chenzy@example.com", Password = AccountBox.Password });
        _ = await box.Roster.DisableAsync(box.Administrator, disabled.Value);
        var (other, _) = await box.AnotherCompanyAsync();
        _ = await box.Portal.Get<Live800.Portal.Features.Platform.CompanyBook>().SuspendAsync(box.Administrator, other.Id);
        await Letters.MailWorksAsync(box);
        _ = await box.Roster.CreateAsync(box.Administrator, new AgentForm { Name = "zhoumin", DisplayName = "周", Email = "zhoumin@example.com", Password = AccountBox.Password });
        var desk = box.Portal.Get<ForgotDesk>();
        foreach (var (company, agent) in new[] { (box.Company.Code, "chenzy"), (other.Code, "wangwei"), (box.Company.Code, "zhoumin"), (box.Company.Code, "linxiao") }) desk.Ask(company, agent, "en");
        var letters = await Letters.WaitAsync(box, 2);
        Assert.Equal([(LetterKind.EmailConfirmation, "zhoumin@example.com"), (LetterKind.PasswordReset, "linxiao@example.com")], letters.Select(letter => (letter.Kind, letter.To)));
    }

    [Fact]
    public async Task Without_a_mail_server_the_page_says_who_helps_and_the_letter_lies_on_the_box()
    {
        await using var box = await OpenAsync();
        using var browser = box.Portal.Browser();
        var page = await browser.GetAsync("/forgot");
        Assert.Contains("公司 → 客服", page.Text, StringComparison.Ordinal);
        Assert.Contains("mail/", page.Text, StringComparison.Ordinal);
        Assert.Contains("请填写客服ID 或邮箱", (await browser.SendAsync("/forgot", "forgot", ("Company", ""), ("Agent", " "))).Text, StringComparison.Ordinal);
        _ = await browser.SendAsync("/forgot", "forgot", ("Company", ""), ("Agent", "linxiao@example.com"));
        Assert.Contains("mail/", (await browser.GetAsync("/forgot?sent=1")).Text, StringComparison.Ordinal);
        Assert.Contains("/reset?account=", Assert.Single(await Letters.WaitAsync(box, 1)).Plain, StringComparison.Ordinal);
        Assert.Equal("/forgot", (await browser.GetAsync("/reset")).Location);
        Assert.Contains("href=\"/forgot", (await browser.GetAsync("/sign-in")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_really_arrives_and_its_link_works()
    {
        await using var server = SmtpServer.Start();
        await using var box = await AccountBox.OpenAsync();
        await Letters.MailWorksAsync(box, server.Port);
        box.Portal.Get<ForgotDesk>().Ask(box.Company.Code, "linxiao", "en");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (server.Taken.Count == 0) await Task.Delay(10, patience.Token);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Assert.Single(server.Taken).Data));
        var message = await MimeKit.MimeMessage.LoadAsync(stream);
        var text = message.TextBody!.ReplaceLineEndings("\n");
        var from = text.IndexOf("/reset?", StringComparison.Ordinal);
        using var browser = box.Portal.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(text[from..text.IndexOf('\n', from)])).Status);
    }

    private static Task<AccountBox> OpenAsync() => AccountBox.OpenAsync(with: Letters.StandStill);
}
