using Bunit;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Conversations;

public class MessageListTests : ComponentTest
{
    private static readonly AgentId LinXiao = new(7);

    private Conversation _conversation;
    private readonly List<ChatMessage> _messages = [];

    public MessageListTests()
    {
        (_conversation, var requested) = Conversation.Request(new ConversationId(1), new CompanyId(1), new VisitorId(48210), new VisitId(1), DataRoom.Noon);
        _messages.Add(requested);
        Say(Speaker.Visitor, "有货吗");
        _messages.Add(_conversation.Accept(LinXiao, DataRoom.Noon, DataRoom.Noon, Moments.Default).Value);
        Say(Speaker.Agent(LinXiao), "有的");
    }

    [Fact]
    public void The_agents_own_lines_and_the_visitors_stand_on_their_sides_and_are_told_apart_by_name()
    {
        var lines = Show().FindAll(".m");
        Assert.Equal([(false, "访客:", "有货吗"), (true, "林晓:", "有的")], lines.Select(line =>
            (line.ClassList.Contains("me"), line.QuerySelector(".vh")!.TextContent, Read(line.QuerySelector(".t")!.TextContent))));
    }

    [Fact]
    public void What_the_portal_did_is_a_sentence_in_its_place_and_the_cost_is_said_once()
    {
        _messages.Add(_conversation.End(Speaker.Agent(LinXiao), DataRoom.Noon + TimeSpan.FromMinutes(5)).Value);
        var list = Show();
        Assert.Equal(["12:00 访客要求对话", "12:00 林晓 接受对话 · 计 1 次应答", "12:05 林晓 结束对话"], list.FindAll(".sys").Select(line => Read(line.TextContent)));
        Assert.Equal(["sys", "m", "sys", "m", "sys"], list.FindAll(".sys, .m").Select(line => line.ClassList[0]));
    }

    [Fact]
    public void What_a_rule_began_costs_where_an_agent_accepts_it_and_not_where_the_visitor_did()
    {
        var invitation = Invitation.Send(
            new InvitationId(1), new CompanyId(1), new VisitorId(48210), new VisitId(1), null, DataRoom.Noon, null, null, DataRoom.Noon, Moments.Default, rule: new InvitationRuleId(1)).Value;
        (_conversation, var came) = invitation.Accept(new ConversationId(2), inviterIsIn: false, DataRoom.Noon, Moments.Default).Value;
        _messages.Clear();
        _messages.Add(came);
        _messages.Add(_conversation.Accept(LinXiao, DataRoom.Noon, DataRoom.Noon, Moments.Default).Value);
        Assert.Equal(["12:00 访客接受邀请", "12:00 林晓 接受对话 · 计 1 次应答"], Show().FindAll(".sys").Select(line => Read(line.TextContent)));
    }

    [Fact]
    public void A_line_says_that_it_is_sent_and_then_that_it_was_seen()
    {
        Assert.Equal("12:00 已发送", Read(Show().Find(".me .f").TextContent));
        Assert.True(_conversation.SeenBy(ChatAuthor.Visitor, _conversation.LastSequence));
        Assert.Equal("12:00 已读", Read(Show().Find(".me .f").TextContent));
    }

    [Fact]
    public void A_visitors_markup_stays_text()
    {
        const string Markup = "<script>alert(1)</script><b onclick=\"alert(2)\">x</b>";
        Say(Speaker.Visitor, Markup);
        var list = Show();
        Assert.Empty(list.FindAll("script, b"));
        Assert.Equal(Markup, Read(list.FindAll(".m .t")[^1].TextContent));
    }

    [Fact]
    public void A_picture_stands_in_a_box_known_before_it_is_there_and_another_file_in_one_row_with_its_name_as_text()
    {
        var picture = Attach(Speaker.Visitor, "sofa.png", 1_500_000, 2560, 1280);
        var file = Attach(Speaker.Agent(LinXiao), "报价 & 尺寸.pdf", 40_000);
        var list = Page.Render<MessageList>(part => Fill(part).Add(p => p.Files, new Dictionary<int, Attachment> { [picture.Sequence] = picture, [file.Sequence] = file }));

        var shown = list.Find(".file .pic");
        Assert.Equal(("图片 sofa.png，下载", $"files/{picture.Id}", "width:240px;height:120px"), (shown.GetAttribute("aria-label"), shown.GetAttribute("href"), shown.GetAttribute("style")));
        Assert.Equal(("240", "120", "lazy"), (shown.QuerySelector("img")!.GetAttribute("width"), shown.QuerySelector("img")!.GetAttribute("height"), shown.QuerySelector("img")!.GetAttribute("loading")));
        var row = list.Find(".file.me .to");
        Assert.Equal(("报价 & 尺寸.pdf", "39 KB", $"files/{file.Id}"), (row.QuerySelector("b")!.TextContent, row.QuerySelector(".t3")!.TextContent, row.GetAttribute("href")));
        Assert.Equal("12:00 已发送", Read(list.Find(".file.me .f").TextContent));
        Assert.Equal(["访客:", "林晓:"], list.FindAll(".file .vh").Select(name => name.TextContent));
    }

    [Fact]
    public async Task A_message_that_did_not_go_out_offers_both_ways_for_itself_and_not_for_its_neighbour()
    {
        var (going, failed) = (new Outgoing(Guid.NewGuid(), "还在路上"), new Outgoing(Guid.NewGuid(), "没有发出", HasFailed: true));
        var (retried, deleted) = (new List<Guid>(), new List<Guid>());
        var list = Page.Render<MessageList>(part => Fill(part).Add(p => p.Outgoing, [going, failed]).Add(p => p.OnRetry, retried.Add).Add(p => p.OnDelete, deleted.Add));

        Assert.Equal("发送中", Read(list.Find(".going .f").TextContent));
        Assert.Empty(list.FindAll(".going button"));
        Assert.Equal("没有发出", Read(list.Find(".bad .t").TextContent));
        Assert.Contains("未发出", list.Find(".bad [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["重试", "删除"], list.FindAll(".bad button").Select(button => button.TextContent));

        await list.InvokeAsync(() => list.FindAll(".bad button")[0].Click());
        Assert.Equal([failed.Id], retried);
        Assert.Empty(deleted);
        await list.InvokeAsync(() => list.FindAll(".bad button")[1].Click());
        Assert.Equal([failed.Id], deleted);
    }

    [Fact]
    public void A_message_that_would_be_refused_again_says_why_and_is_not_offered_again()
    {
        var list = Page.Render<MessageList>(part => Fill(part).Add(p => p.Outgoing, [new Outgoing(Guid.NewGuid(), "长", HasFailed: true, Refusal.TextTooLong)]));
        Assert.Contains("一条消息最多 4,000 字", list.Find(".bad [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("删除", Assert.Single(list.FindAll(".bad button")).TextContent);
    }

    [Fact]
    public void Older_lines_are_counted_and_fetched_on_demand()
    {
        Assert.Empty(Show().FindAll("button.earlier"));
        var asked = 0;
        _messages.RemoveRange(0, 3);
        var earlier = Page.Render<MessageList>(part => Fill(part).Add(p => p.OnEarlier, () => { asked++; })).Find("button.earlier");
        Assert.Equal("更早的消息 3 条", earlier.TextContent);
        earlier.Click();
        Assert.Equal(1, asked);
    }

    /// <summary>S2.1.</summary>
    [Fact]
    public void A_pushed_page_is_a_row_with_its_link_and_says_what_became_of_it_also_by_the_clock_alone()
    {
        var clock = new FakeTimeProvider(DataRoom.Noon);
        _ = Page.Services.AddSingleton<TimeProvider>(clock).AddSingleton(Moments.Default);
        var pushed = _conversation.Push(LinXiao, Guid.NewGuid(), "https://shop.example/sofa", "云朵沙发 <b>", DataRoom.Noon).Value;
        _messages.Add(pushed.Line);
        var list = Page.Render<MessageList>(part => Fill(part).Add(p => p.Pushes, new Dictionary<int, PagePush> { [pushed.Push.Sequence] = pushed.Push }));

        var card = list.Find(".push");
        Assert.Equal(("https://shop.example/sofa", "云朵沙发 <b>"), (card.QuerySelector("a")!.GetAttribute("href"), card.QuerySelector("b")!.TextContent));
        Assert.Null(card.QuerySelector(".t"));
        Assert.EndsWith("林晓 推送页面 · 已发出", Read(card.TextContent), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(16));
        list.WaitForAssertion(() => Assert.Contains("未送达", list.Find(".push").TextContent, StringComparison.Ordinal));
    }

    private Attachment Attach(Speaker by, string name, long size, int? width = null, int? height = null)
    {
        var (attachment, line) = _conversation.Attach(by, Guid.NewGuid(), new AttachedFile(new AttachmentId(Guid.NewGuid()), name, size, width, height), DataRoom.Noon).Value;
        _messages.Add(line);
        return attachment;
    }

    private void Say(Speaker by, string text) => _messages.Add(_conversation.Say(by, Guid.NewGuid(), text, DataRoom.Noon).Value);

    private IRenderedComponent<MessageList> Show() => Page.Render<MessageList>(part => Fill(part));

    private ComponentParameterCollectionBuilder<MessageList> Fill(ComponentParameterCollectionBuilder<MessageList> part) => part
        .Add(p => p.Conversation, _conversation)
        .Add(p => p.Messages, [.. _messages])
        .Add(p => p.AgentName, agent => agent == LinXiao ? "林晓" : "?")
        .Add(p => p.Zone, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"))
        .Add(p => p.Today, new DateOnly(2026, 3, 2))
        .Add(p => p.Me, LinXiao)
        .Add(p => p.VisitorName, "访客");
}
