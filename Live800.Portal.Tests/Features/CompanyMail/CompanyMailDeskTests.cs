using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.CompanyMail;

/// <summary>A company's sender, its address for answers and its words (rule 1): what is refused first.</summary>
public sealed class CompanyMailDeskTests : MailRoom
{
    private const string Path = "/confirm-reply?token=";
    private static readonly ReplyToState Nothing = new(null, null);

    [Fact]
    public async Task Whoever_lacks_the_right_changes_nothing_whatever_his_sign_in_says()
    {
        var chen = await ColleagueAsync("chenzy");
        var (other, theirs) = await Box.AnotherCompanyAsync();
        foreach (var by in new[] { Boss with { AgentId = chen }, Boss with { AgentId = theirs.AgentId }, theirs with { AgentId = Boss.AgentId } })
        {
            Assert.Equal(Refusal.NotAllowed, (await Desk.SendAsAsync(by, "", "x")).Refusal);
            Assert.Equal(Refusal.NotAllowed, (await Desk.AskReplyToAsync(by, Nothing, "kf@example.com", "en")).Refusal);
            Assert.Equal(Refusal.NotAllowed, (await Desk.WriteAsync(by, LetterWords.Usual, new LetterWords("x"))).Refusal);
            Assert.Equal(Refusal.NotAllowed, (await Desk.NoticeAsync(by, NoticeRule.Off, NoticeRule.Off with { IsOn = true })).Refusal);
            Assert.Equal(Refusal.NotAllowed, (await Desk.SummarizeAsync(by, SummaryRule.Off, new SummaryRule(true, 8, 127, AgentChoice.Of([chen])))).Refusal);
        }

        foreach (var company in new[] { Company, other.Id }) Assert.Equal(0, (await StoredAsync(company)).Version);
        Assert.Empty(await EntriesAsync());
        Assert.Empty(await OfKindAsync(LetterKind.ReplyToConfirmation));
    }

    [Fact]
    public async Task Somebody_of_another_company_is_no_receiver_and_the_refused_is_not_stored()
    {
        var (_, theirs) = await Box.AnotherCompanyAsync();
        foreach (var stranger in new[] { theirs.AgentId, new AgentId(5) })
        {
            Assert.Equal(Refusal.AgentUnknown, (await Desk.NoticeAsync(Boss, NoticeRule.Off, new NoticeRule(true, false, AgentChoice.Of([Boss.AgentId, stranger]), 0))).Refusal);
            Assert.Equal(Refusal.AgentUnknown, (await Desk.SummarizeAsync(Boss, SummaryRule.Off, new SummaryRule(true, 8, 127, AgentChoice.Of([stranger])))).Refusal);
        }

        Assert.Equal(Refusal.SenderNameInvalid, (await Desk.SendAsAsync(Boss, "", "a@b.example")).Refusal);
        Assert.Equal(Refusal.PlaceholderUnknown, (await Desk.WriteAsync(Boss, LetterWords.Usual, new LetterWords("{x}"))).Refusal);
        await using var context = Box.Portal.Read();
        Assert.False(await context.CompanyLetters.AnyAsync());
    }

    [Fact]
    public async Task The_second_of_two_hears_of_the_first_and_only_where_they_touched_the_same()
    {
        var lin = new NoticeRule(true, false, AgentChoice.Of([Boss.AgentId]), 0);
        Assert.False((await Desk.SendAsAsync(Boss, "", "清风客服")).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.SendAsAsync(Boss, "", "别的")).Refusal);
        Assert.False((await Desk.WriteAsync(Boss, LetterWords.Usual, new LetterWords("尊敬的{name}：", "", "", "Bye"))).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.WriteAsync(Boss, LetterWords.Usual, new LetterWords("您好"))).Refusal);
        Assert.False((await Desk.NoticeAsync(Boss, NoticeRule.Off, lin)).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.NoticeAsync(Boss, NoticeRule.Off, lin with { Minutes = 60 })).Refusal);
        Assert.False((await Desk.SummarizeAsync(Boss, SummaryRule.Off, new SummaryRule(true, 9, 0b11111, lin.Chosen))).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.SummarizeAsync(Boss, SummaryRule.Off, new SummaryRule(true, 10, 127, lin.Chosen))).Refusal);
        // The same once more is done, and is no entry.
        Assert.False((await Desk.SendAsAsync(Boss, "", "清风客服 ")).IsRefused);
        Assert.False((await Desk.NoticeAsync(Boss, NoticeRule.Off, lin)).IsRefused);

        var stored = await StoredAsync();
        Assert.Equal(("清风客服", new LetterWords("尊敬的{name}：", "", "", "Bye"), lin, 9), (stored.SenderName, stored.Words, stored.Notice, stored.Summary.Hour));
        Assert.Equal(
            [
                "SummaryOn:False>True SummaryTo:>linxiao SummaryHour:8:00>9:00 SummaryDays:1234567>12345", "NoticeOn:False>True NoticeTo:All>linxiao", "GreetingZh:>尊敬的{name}： FootEn:>Bye", "SenderName:>清风客服",
            ],
            (await EntriesAsync()).Select(line => string.Join(' ', line.Changes.Select(change => $"{change.What}:{change.Before}>{change.After}"))));
    }

    [Theory]
    [InlineData("kf")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("Lin <a@example.com>")]
    public async Task What_is_no_address_is_asked_nothing(string email)
    {
        Assert.Equal(Refusal.EmailInvalid, (await Desk.AskReplyToAsync(Boss, Nothing, email, null)).Refusal);
        Assert.Empty(await OfKindAsync(LetterKind.ReplyToConfirmation));
        Assert.Equal(Nothing, (await Desk.ReadAsync(Company)).ReplyTo);
    }

    [Fact]
    public async Task Whatever_is_not_a_link_in_force_is_over_and_answers_go_where_they_went()
    {
        Assert.False((await Desk.AskReplyToAsync(Boss, Nothing, " KF@Example.com ", "en")).IsRefused);
        var letter = Assert.Single(await OfKindAsync(LetterKind.ReplyToConfirmation));
        Assert.Equal(("kf@example.com", "", ""), (letter.To, letter.FromName, letter.ReplyTo));
        Assert.DoesNotContain(Box.Company.Name, letter.Subject + letter.Plain + letter.Html, StringComparison.Ordinal);
        var token = TokenOf(letter);
        foreach (var bad in new[] { null, "", "x", token[..^1], token + "x", new string('A', 100_000), "' OR 1=1" })
        {
            Assert.Equal(Refusal.LinkOver, (await Desk.ReadLinkAsync(bad)).Refusal);
            Assert.Equal(Refusal.LinkOver, (await Desk.UseLinkAsync(bad, "")).Refusal);
        }

        await using (var context = Box.Portal.Read())
        {
            Assert.DoesNotContain(token, (await context.ReplyToLinks.AsNoTracking().SingleAsync()).Hash, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(Refusal.LetterTooSoon, (await Desk.AskReplyToAsync(Boss, new ReplyToState(null, "kf@example.com"), "other@example.com", null)).Refusal);
        Assert.Equal(new ReplyToState(null, "kf@example.com"), (await Desk.ReadAsync(Company)).ReplyTo);
        Box.Machine.Advance(ReplyToLink.Lifetime);
        Assert.Equal(Refusal.LinkOver, (await Desk.ReadLinkAsync(token)).Refusal);
        Assert.Equal(Refusal.LinkOver, (await Desk.UseLinkAsync(token, "")).Refusal);
        Assert.Equal(Nothing, (await Desk.ReadAsync(Company)).ReplyTo);
        Assert.Null((await StoredAsync()).ReplyTo);
    }

    [Fact]
    public async Task A_link_works_once_even_at_the_same_time_and_a_newer_wish_ends_it()
    {
        var first = await AskedAsync(Nothing, "kf@example.com");
        Box.Machine.Advance(TimeSpan.FromHours(1));
        var second = await AskedAsync(new ReplyToState(null, "kf@example.com"), "shop@example.com");
        Assert.Equal(Refusal.LinkOver, (await Desk.UseLinkAsync(first, "")).Refusal);
        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Desk.UseLinkAsync(second, "203.0.113.9"))));
        Assert.Equal(new ReplyToAsk("shop@example.com", Box.Company.Name), Assert.Single(used, outcome => !outcome.IsRefused).Value);
        Assert.Equal(new ReplyToState("shop@example.com", null), (await Desk.ReadAsync(Company)).ReplyTo);
        var line = Assert.Single(await EntriesAsync(), line => line.Action == AuditAction.ReplyToConfirmed);
        Assert.Equal(("", "shop@example.com", "ReplyTo"), (line.Who, line.Detail, Assert.Single(line.Changes).What));

        // Taken back, asked for and left again: what is in force goes on counting until the owner of another one agrees.
        Box.Machine.Advance(TimeSpan.FromHours(1));
        var third = await AskedAsync(new ReplyToState("shop@example.com", null), "third@example.com");
        Assert.Equal("shop@example.com", (await StoredAsync()).ReplyTo);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.AskReplyToAsync(Boss, new ReplyToState("shop@example.com", null), "", null)).Refusal);
        Assert.False((await Desk.AskReplyToAsync(Boss, new ReplyToState("shop@example.com", "third@example.com"), "shop@example.com", null)).IsRefused);
        Assert.Equal(Refusal.LinkOver, (await Desk.UseLinkAsync(third, "")).Refusal);
        Assert.False((await Desk.AskReplyToAsync(Boss, new ReplyToState("shop@example.com", null), "  ", null)).IsRefused);
        Assert.Equal(Nothing, (await Desk.ReadAsync(Company)).ReplyTo);
    }

    [Fact]
    public async Task A_link_of_somebody_who_lost_the_right_or_of_a_suspended_company_is_worth_nothing()
    {
        var wang = await ColleagueAsync("wangwei", administrator: true);
        Assert.False((await Desk.AskReplyToAsync(Boss with { AgentId = wang }, Nothing, "private@example.com", null)).IsRefused);
        var token = TokenOf(Assert.Single(await OfKindAsync(LetterKind.ReplyToConfirmation)));
        Assert.False((await Box.Roster.DisableAsync(Boss, wang)).IsRefused);
        Assert.Equal(Refusal.LinkOver, (await Desk.ReadLinkAsync(token)).Refusal);
        Assert.Equal(Refusal.LinkOver, (await Desk.UseLinkAsync(token, "")).Refusal);

        var (other, theirs) = await Box.AnotherCompanyAsync();
        Assert.False((await Desk.AskReplyToAsync(theirs, Nothing, "blue@example.com", null)).IsRefused);
        token = TokenOf((await OfKindAsync(LetterKind.ReplyToConfirmation))[^1]);
        Assert.False((await Desk.ReadLinkAsync(token)).IsRefused);
        await Box.Writes.RunAsync(async (context, cancellation) => (await context.Companies.SingleAsync(row => row.Id == other.Id, cancellation)).Suspend(Box.Portal.Now));
        Assert.Equal(Refusal.LinkOver, (await Desk.UseLinkAsync(token, "")).Refusal);
    }

    [Fact]
    public async Task Opening_the_link_does_not_use_it_the_button_does_and_a_second_time_it_says_why_not()
    {
        Assert.False((await Desk.AskReplyToAsync(Boss, Nothing, "kf@example.com", "en")).IsRefused);
        var link = Letters.LinkOf(Assert.Single(await OfKindAsync(LetterKind.ReplyToConfirmation)), Path);
        using var stranger = Box.Portal.Browser("en");
        for (var i = 0; i < 3; i++) Assert.Contains("kf@example.com", (await stranger.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Null((await StoredAsync()).ReplyTo);
        var done = await stranger.SendAsync(link, "confirm-reply");
        Assert.Contains("now go to kf@example.com", done.Text, StringComparison.Ordinal);
        Assert.Equal("kf@example.com", (await StoredAsync()).ReplyTo);
        var again = await stranger.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.Contains("This link was used, is too old or was replaced", again.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await stranger.GetAsync("/confirm-reply")).Status);
    }

    [Fact]
    public async Task Without_a_mail_server_nobody_is_asked_and_what_is_in_force_can_be_given_up()
    {
        _ = await Desk.UseLinkAsync(await AskedAsync(Nothing, "kf@example.com"), "");
        Assert.Equal("service@example.com", (await Desk.ReadAsync(Company)).BoxAddress);
        Assert.False((await Box.Portal.Get<MailDesk>().TurnOffAsync(Boss)).IsRefused);
        Box.Machine.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Refusal.MailOff, (await Desk.AskReplyToAsync(Boss, new ReplyToState("kf@example.com", null), "b@example.com", null)).Refusal);
        var sheet = await Desk.ReadAsync(Company);
        Assert.Equal((null, "linxiao"), (sheet.BoxAddress, Assert.Single(sheet.Operators)));
        Assert.False((await Desk.AskReplyToAsync(Boss, sheet.ReplyTo, "", null)).IsRefused);
        Assert.Null((await StoredAsync()).ReplyTo);
    }

    [Fact]
    public async Task A_letter_to_a_visitor_carries_the_companys_sender_and_words_and_nothing_in_them_becomes_a_header_or_a_tag()
    {
        _ = await Desk.UseLinkAsync(await AskedAsync(Nothing, "kf@example.com"), "");
        Assert.False((await Desk.SendAsAsync(Boss, "", "清风客服\r\nBcc: all")).IsRefused);
        Assert.False((await Desk.WriteAsync(Boss, LetterWords.Usual, new LetterWords("尊敬的{name}：\n<b>感谢</b>联系{company}。", "电话 400-1\n周一至周五", "Dear {name},"))).IsRefused);
        var letter = await ReplyAsync("zh-CN", "王<i>女士");
        Assert.Equal(("清风客服 Bcc: all", "kf@example.com"), (letter.FromName, letter.ReplyTo));
        Assert.StartsWith("尊敬的王<i>女士：\n<b>感谢</b>联系清风家居。\n\n有的。", letter.Plain, StringComparison.Ordinal);
        Assert.EndsWith("-- \n电话 400-1\n周一至周五\n", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("尊敬的王&lt;i&gt;女士：<br>&lt;b&gt;感谢&lt;/b&gt;联系清风家居。", letter.Html, StringComparison.Ordinal);
        Assert.Contains("电话 400-1<br>周一至周五", letter.Html, StringComparison.Ordinal);
        var message = MailPost.Message(letter, "service@example.com", "客服", Box.Portal.Now);
        Assert.Equal(("service@example.com", "kf@example.com"), (message.From.Mailboxes.Single().Address, message.ReplyTo.Mailboxes.Single().Address));
        Assert.Null(message.Headers["Bcc"]);
        Assert.Equal("清风客服 Bcc: all", message.From[0].Name);

        // Another language: its own beginning, and the portal's end says that an answer is read. Nobody named is a customer.
        var english = await ReplyAsync("en", "");
        Assert.StartsWith("Dear customer,\n\n", english.Plain, StringComparison.Ordinal);
        Assert.Contains("You can answer it", english.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("do not reply", english.Plain, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_companys_letters_and_the_boxs_own_carry_nothing_of_it()
    {
        _ = await Desk.UseLinkAsync(await AskedAsync(Nothing, "kf@example.com"), "");
        Assert.False((await Desk.SendAsAsync(Boss, "", "清风客服")).IsRefused);
        var (other, theirs) = await Box.AnotherCompanyAsync();
        var message = (await Inbox.ReceiveAsync(other.Id, new VisitorId(78), Guid.NewGuid(), "李先生", "li@example.com", "在吗")).Value;
        Assert.False((await Box.Portal.Get<OfflineReplies>().ReplyAsync(other.Id, theirs.AgentId, message, new ReplyWish(Guid.NewGuid(), "在", 0))).IsRefused);
        var letter = Assert.Single(await OfKindAsync(LetterKind.OfflineReply));
        Assert.Equal(("蓝天科技", ""), (letter.FromName, letter.ReplyTo));
        Box.Machine.Advance(TimeSpan.FromHours(1));
        Assert.False((await Box.Portal.Get<EmailDesk>().ChangeAsync(Boss, AccountBox.Password, "new@example.com", "en")).IsRefused);
        var own = (await OfKindAsync(LetterKind.EmailConfirmation))[^1];
        Assert.Equal(("new@example.com", "", ""), (own.To, own.FromName, own.ReplyTo));
    }

    private async Task<MailLetter> ReplyAsync(string language, string name)
    {
        var message = (await Inbox.ReceiveAsync(Company, new VisitorId(77), Guid.NewGuid(), name, "wang@example.com", "还有吗", new MessageOrigin(Language: language))).Value;
        Assert.False((await Box.Portal.Get<OfflineReplies>().ReplyAsync(Company, Boss.AgentId, message, new ReplyWish(Guid.NewGuid(), "有的。", 0))).IsRefused);
        return (await OfKindAsync(LetterKind.OfflineReply))[^1];
    }

    private async Task<string> AskedAsync(ReplyToState seen, string email)
    {
        Assert.Equal(Refusal.None, (await Desk.AskReplyToAsync(Boss, seen, email, null)).Refusal);
        return TokenOf((await OfKindAsync(LetterKind.ReplyToConfirmation))[^1]);
    }

    private static string TokenOf(MailLetter letter) => Letters.LinkOf(letter, Path)[Path.Length..];
}
