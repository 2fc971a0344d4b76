using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Live800.Portal.Tests.Features.Messages;

/// <summary>Answers to offline messages and their letters (rule 5).</summary>
public sealed class OfflineRepliesTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private readonly SmtpServer _server = SmtpServer.Start();
    private readonly VisitorId _guest = new(77);
    private TestSite _site = null!;

    private OfflineInbox Inbox => Portal.Get<OfflineInbox>();

    private OfflineReplies Replies => Portal.Get<OfflineReplies>();

    private OfflineQueries Queries => Portal.Get<OfflineQueries>();

    public override async Task InitializeAsync() => _site = await Portal.AddCompanyAsync("qingfeng");

    [Theory]
    [InlineData(null, Refusal.TextEmpty)]
    [InlineData("", Refusal.TextEmpty)]
    [InlineData("\u200b\u200b", Refusal.TextEmpty)]
    [InlineData("\0", Refusal.TextEmpty)]
    [InlineData("4001", Refusal.TextTooLong)]
    public async Task What_cannot_be_read_is_no_reply_and_no_letter(string? text, Refusal refusal)
    {
        await TurnMailOnAsync();
        var id = await LeaveAsync("wang@example.com");
        Assert.Equal(refusal, (await ReplyAsync(id, text == "4001" ? new string('x', 4001) : text)).Refusal);
        Assert.Empty((await ThreadAsync(id)).Replies);
        Assert.True((await ThreadAsync(id)).Message.IsNew);
        Assert.Empty(await LettersAsync());
    }

    [Fact]
    public async Task Another_company_a_stranger_and_a_disabled_agent_answer_nothing_of_ours()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        var id = await LeaveAsync("wang@example.com");
        Assert.Equal(Refusal.OfflineMessageUnknown, (await Replies.ReplyAsync(other.Company, other.Agent, id, new ReplyWish(Guid.NewGuid(), "x", 0))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Replies.ReplyAsync(_site.Company, other.Agent, id, new ReplyWish(Guid.NewGuid(), "x", 0))).Refusal);
        var gone = await ColleagueAsync("gone", isDisabled: true);
        Assert.Equal(Refusal.NotAllowed, (await Replies.ReplyAsync(_site.Company, gone, id, new ReplyWish(Guid.NewGuid(), "x", 0))).Refusal);
        Assert.Null(await Queries.FindAsync(other.Company, id));
        Assert.Empty((await ThreadAsync(id)).Replies);
    }

    [Fact]
    public async Task A_command_sent_twice_is_one_reply_and_one_letter_and_with_another_text_it_is_refused()
    {
        await TurnMailOnAsync();
        var id = await LeaveAsync("Wang@Example.com");
        var command = Guid.NewGuid();
        var first = await ReplyAsync(id, "有的，\n明天送到。\0", command);
        // The page that did not hear the answer still has the old version.
        Assert.Equal(first.Value, (await ReplyAsync(id, "有的，\n明天送到。", command)).Value);
        Assert.Equal(Refusal.SameIdOtherText, (await ReplyAsync(id, "没有", command)).Refusal);
        var other = await LeaveAsync("li@example.com");
        Assert.Equal(Refusal.SameIdOtherText, (await ReplyAsync(other, "有的，\n明天送到。", command)).Refusal);

        var thread = await ThreadAsync(id);
        var reply = Assert.Single(thread.Replies).Reply;
        Assert.Equal(("有的，\n明天送到。", _site.Agent, "wang@example.com"), (reply.Text, reply.AgentId, reply.MailedTo));
        Assert.Equal((false, (AgentId?)_site.Agent), (thread.Message.IsNew, thread.Message.HandledBy));
        var letter = Assert.Single(await LettersAsync());
        Assert.Equal(("wang@example.com", LetterKind.OfflineReply, (CompanyId?)_site.Company), (letter.To, letter.Kind, letter.CompanyId));
    }

    [Fact]
    public async Task The_letter_carries_the_companys_name_the_reply_and_the_visitors_words_as_text_in_his_language()
    {
        await TurnMailOnAsync();
        var id = await LeaveAsync("wang@example.com", "black lamp?\n<script>alert(1)</script>", new MessageOrigin(Language: "en"));
        Assert.False((await ReplyAsync(id, "Yes, <b>black</b>.\nTomorrow.")).IsRefused);

        var taken = await TakenAsync();
        Assert.Equal(("公司 qingfeng", "公司 qingfeng has answered your message"), (taken.From[0].Name, taken.Subject));
        Assert.Contains("Yes, <b>black</b>.\n\nTomorrow.", taken.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("林晓 · 公司 qingfeng", taken.TextBody, StringComparison.Ordinal);
        Assert.Contains("> black lamp?\n> <script>alert(1)</script>\n", taken.TextBody.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("/chat/qingfeng", taken.TextBody, StringComparison.Ordinal);
        Assert.Contains("Yes, &lt;b&gt;black&lt;/b&gt;.", taken.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("black lamp?<br>&lt;script&gt;", taken.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", taken.HtmlBody, StringComparison.Ordinal);
        await EventuallyAsync(async () => (await ThreadAsync(id)).Replies[0].Letter == LetterState.Sent);
    }

    [Theory]
    [InlineData("13800001234")]
    [InlineData("")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("wang@example.com")]
    public async Task Without_a_mail_server_or_an_address_the_reply_waits_for_the_visitor_and_no_letter_is_written(string contact)
    {
        if (contact != "wang@example.com") await TurnMailOnAsync();
        var id = await LeaveAsync(contact);
        Assert.Null((await ThreadAsync(id)).Email);
        Assert.False((await ReplyAsync(id, "有的")).IsRefused);
        Assert.Empty(await LettersAsync());
        Assert.Equal("有的", Assert.Single(await Queries.OfVisitorAsync(_site.Company, _guest, null)).Text);
        Assert.Null(Assert.Single((await ThreadAsync(id)).Replies).Letter);
    }

    [Fact]
    public async Task Where_nobody_would_read_it_nothing_is_stored()
    {
        var id = (await Inbox.ReceiveAsync(_site.Company, null, Guid.NewGuid(), "王女士", "13800001234", "请回电")).Value;
        Assert.Equal(Refusal.NoWayToReply, (await ReplyAsync(id, "有的")).Refusal);
        Assert.Empty((await ThreadAsync(id)).Replies);
    }

    [Fact]
    public async Task Whoever_answers_second_sees_the_first_answer_before_his_is_sent()
    {
        var chen = await ColleagueAsync("chenzy");
        var id = await LeaveAsync("138");
        var seen = (await ThreadAsync(id)).Message.Version;
        var both = await Task.WhenAll(
            Replies.ReplyAsync(_site.Company, _site.Agent, id, new ReplyWish(Guid.NewGuid(), "一", seen)),
            Replies.ReplyAsync(_site.Company, chen, id, new ReplyWish(Guid.NewGuid(), "二", seen)));
        Assert.Equal(Refusal.ChangedMeanwhile, Assert.Single(both, outcome => outcome.IsRefused).Refusal);
        var now = await ThreadAsync(id);
        _ = Assert.Single(now.Replies);
        Assert.False((await Replies.ReplyAsync(_site.Company, chen, id, new ReplyWish(Guid.NewGuid(), "二", now.Message.Version))).IsRefused);
        Assert.Equal(2, (await ThreadAsync(id)).Replies.Count);

        // Handled or reopened by a colleague is news too; assigned is not.
        seen = (await ThreadAsync(id)).Message.Version;
        Assert.False((await Inbox.ReopenAsync(_site.Company, _site.Agent, id)).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Replies.ReplyAsync(_site.Company, chen, id, new ReplyWish(Guid.NewGuid(), "三", seen))).Refusal);
        seen = (await ThreadAsync(id)).Message.Version;
        Assert.False((await Inbox.AssignAsync(_site.Company, _site.Agent, id, chen)).IsRefused);
        Assert.False((await Replies.ReplyAsync(_site.Company, chen, id, new ReplyWish(Guid.NewGuid(), "三", seen, Handles: false))).IsRefused);
        Assert.True((await ThreadAsync(id)).Message.IsNew);
    }

    [Fact]
    public async Task A_reply_is_seen_once_by_the_one_it_is_for_and_stays_for_his_visit()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        var reply = (await ReplyAsync(await LeaveAsync("138"), "有的")).Value;
        Assert.Equal(Refusal.OfflineMessageUnknown, (await Inbox.SeenAsync(_site.Company, new VisitorId(78), reply)).Refusal);
        Assert.Equal(Refusal.OfflineMessageUnknown, (await Inbox.SeenAsync(other.Company, _guest, reply)).Refusal);
        Assert.Empty(await Queries.OfVisitorAsync(other.Company, _guest, null));
        Assert.Empty(await Queries.OfVisitorAsync(_site.Company, new VisitorId(78), null));
        Assert.False(Assert.Single(await Queries.OfVisitorAsync(_site.Company, _guest, null)).IsSeen);

        var came = Portal.Now;
        Portal.Machine!.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await Inbox.SeenAsync(_site.Company, _guest, reply)).IsRefused);
        var at = Portal.Now;
        Portal.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await Inbox.SeenAsync(_site.Company, _guest, reply)).IsRefused);
        Assert.True(Assert.Single(await Queries.OfVisitorAsync(_site.Company, _guest, came)).IsSeen);
        Assert.Empty(await Queries.OfVisitorAsync(_site.Company, _guest, Portal.Now));
        Assert.Empty(await Queries.OfVisitorAsync(_site.Company, _guest, null));
        await using var context = Portal.Read();
        Assert.Equal(at, (await context.OfflineReplies.SingleAsync()).SeenAt);
    }

    private async Task<OfflineMessageId> LeaveAsync(string contact, string text = "落地灯还有黑色的吗？", MessageOrigin? origin = null) =>
        (await Inbox.ReceiveAsync(_site.Company, _guest, Guid.NewGuid(), "王女士", contact, text, origin)).Value;

    private Task<Outcome<OfflineReplyId>> ReplyAsync(OfflineMessageId id, string? text, Guid? command = null) =>
        Replies.ReplyAsync(_site.Company, _site.Agent, id, new ReplyWish(command ?? Guid.NewGuid(), text, 0));

    private async Task<OfflineThread> ThreadAsync(OfflineMessageId id) => await Queries.FindAsync(_site.Company, id) ?? throw new InvalidOperationException("Not stored.");

    private async Task<AgentId> ColleagueAsync(string name, bool isDisabled = false)
    {
        var entitlement = (await Portal.Get<PackageDesk>().FactsAsync(_site.Company)).InForce;
        return await Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, token) =>
        {
            var agent = Agent.Create(new AgentId(IdSource.Next(Portal.Now)), _site.Company, name, name, null, AgentRole.Agent, entitlement, 0, Portal.Now).Value;
            if (isDisabled) Assert.False(agent.Disable(1).IsRefused);
            _ = context.Add(agent);
            return Task.FromResult(agent.Id);
        });
    }

    private Task<bool> TurnMailOnAsync() => Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, token) =>
    {
        var settings = new MailSettings();
        settings.Choose(new MailForm { Host = "localhost", Port = _server.Port, Security = MailSecurity.None, From = "service@example.com", FromName = "清风" }, null);
        _ = context.Add(settings);
        return Task.FromResult(true);
    });

    private async Task<List<MailLetter>> LettersAsync()
    {
        await using var context = Portal.Read();
        return await context.Set<MailLetter>().AsNoTracking().ToListAsync();
    }

    // The running sender takes it by itself.
    private async Task<MimeMessage> TakenAsync()
    {
        await EventuallyAsync(() => Task.FromResult(_server.Taken.Count > 0));
        return await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Assert.Single(_server.Taken).Data)));
    }

    private static async Task EventuallyAsync(Func<Task<bool>> comes)
    {
        for (var i = 0; i < 1000 && !await comes(); i++) await Task.Delay(10);
        Assert.True(await comes());
    }
}
