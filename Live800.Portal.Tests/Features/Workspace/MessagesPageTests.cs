using System.Text.Json;
using Bunit;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Domain.Workspace;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.BeforeChat;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Members;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Replies;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Workspace;

/// <summary>The inbox of offline messages as an agent sees it, over the real portal and files (rule 5). Nobody in it has a seat (S4.16).</summary>
public sealed class MessagesPageTests : ComponentTest, IAsyncLifetime
{
    private readonly PortalFactory _portal = new();
    private TestSite _site = null!;
    private DeskFacts _facts = null!;
    private VisitorId _guest;

    private OfflineInbox Inbox => _portal.Get<OfflineInbox>();

    async Task IAsyncLifetime.InitializeAsync()
    {
        BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        _site = await _portal.AddCompanyAsync("qingfeng");
        var visitor = _portal.Visitor(_site);
        _ = await visitor.ViewAsync();
        _guest = _portal.Get<LiveVisits>().On(_site.Company, _portal.Now).Single().Visitor;
        _ = Page.Services
            .AddSingleton(Inbox).AddSingleton(_portal.Get<OfflineQueries>()).AddSingleton(_portal.Get<OfflineReplies>()).AddSingleton(_portal.Get<LiveVisits>()).AddSingleton(_portal.Get<PortalEvents>())
            .AddSingleton(_portal.Get<TimeProvider>()).AddSingleton(_portal.Get<CardDesk>()).AddSingleton(_portal.Get<CardQueries>()).AddSingleton(_portal.Get<MemberQueries>()).AddSingleton(_portal.Get<BeforeChatDesk>()).AddSingleton(_portal.Get<ReplyQueries>()).AddScoped<CardDrafts>();
        var me = new CurrentAgent(_site.Company, _site.Agent, _site.Session, "qingfeng", "linxiao", "林晓", true, false);
        _facts = new DeskFacts(
            me, await _portal.Get<CompanyProfiles>().ReadAsync(_site.Company), await _portal.Get<PackageDesk>().FactsAsync(_site.Company), (await _portal.Get<SeatRoster>().SituationAsync(_site.Company))!,
            [], 0, null, new DeskSettings(), _portal.Now);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await Page.DisposeAsync();
        await _portal.DisposeAsync();
        Assert.Empty(_portal.Log);
    }

    [Fact]
    public async Task The_list_shows_what_is_new_finds_words_and_says_what_to_do_when_there_is_nothing()
    {
        var page = Page.Render<MessagesPage>(part => part.AddCascadingValue(_facts));
        page.WaitForAssertion(() => Assert.Contains("还没有留言", page.Markup, StringComparison.Ordinal));

        var lamp = await LeaveAsync("落地灯 <b>", "138");
        _ = await LeaveAsync("沙发", "wang@example.com");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("button.row").Count));
        Assert.Contains("落地灯 &lt;b&gt;", page.Markup, StringComparison.Ordinal);
        Assert.False((await Inbox.HandleAsync(_site.Company, _site.Agent, lamp)).IsRefused);
        page.WaitForAssertion(() => Assert.Equal(["未处理 1", "已处理 1", "全部 2"], page.FindAll(".boxes button").Select(button => Read(button.TextContent))));
        Assert.Contains("沙发", Assert.Single(page.FindAll("button.row")).TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindAll(".boxes button")[2].ClickAsync());
        await page.InvokeAsync(() => page.Find("input[type=search]").ChangeAsync(new ChangeEventArgs { Value = "落地" }));
        Assert.Contains("落地灯", Assert.Single(page.FindAll("button.row")).TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("input[type=search]").ChangeAsync(new ChangeEventArgs { Value = "没有的词" }));
        Assert.Contains("没有符合条件的留言", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_detail_says_whom_a_reply_reaches_before_it_is_written_and_shows_it_afterwards()
    {
        var id = await LeaveAsync("落地灯", "138 0000-1234");
        var detail = Open(id);
        detail.WaitForAssertion(() => Assert.Contains("没有留邮箱：他再来网站时看到回复。", detail.Markup, StringComparison.Ordinal));
        Assert.Equal("tel:13800001234", detail.Find("dd a").GetAttribute("href"));
        Assert.Contains("正在网站上", detail.Markup, StringComparison.Ordinal);

        await detail.InvokeAsync(() => detail.Find("form.answer").SubmitAsync());
        detail.WaitForAssertion(() => Assert.Contains("还没有写内容。", Read(detail.Find("form.answer").TextContent), StringComparison.Ordinal));
        await detail.InvokeAsync(() => detail.Find("textarea").InputAsync(new ChangeEventArgs { Value = "有的 <i>" }));
        await detail.InvokeAsync(() => detail.Find("form.answer").SubmitAsync());
        detail.WaitForAssertion(() => Assert.Contains("有的 <i>", Assert.Single(detail.FindAll("li.reply")).TextContent, StringComparison.Ordinal));
        Assert.Contains("访客还没有读", detail.Markup, StringComparison.Ordinal);
        Assert.Contains("林晓 于 今天", Read(detail.Find("header").TextContent), StringComparison.Ordinal);
        Assert.Equal("", detail.Find("textarea").GetAttribute("value") ?? "");

        var reply = (await _portal.Get<OfflineQueries>().FindAsync(_site.Company, id))!.Replies.Single().Reply.Id;
        Assert.False((await Inbox.SeenAsync(_site.Company, _guest, reply)).IsRefused);
        detail.WaitForAssertion(() => Assert.Matches("访客 今天 .* 已读", Read(detail.Markup)));
        await detail.InvokeAsync(() => detail.FindAll("header button").Single().ClickAsync());
        detail.WaitForAssertion(() => Assert.Equal("标记为已处理", Read(detail.Find("header button").TextContent)));
    }

    [Fact]
    public async Task Where_a_reply_would_reach_nobody_there_is_no_form()
    {
        var id = (await Inbox.ReceiveAsync(_site.Company, null, Guid.NewGuid(), "", "wx: xiaomeng", "请回电")).Value;
        var detail = Open(id);
        detail.WaitForAssertion(() => Assert.Contains("回复没有人会看到", detail.Markup, StringComparison.Ordinal));
        Assert.Empty(detail.FindAll("textarea"));
        Assert.Empty(detail.FindAll("dd a"));
    }

    [Fact]
    public async Task Another_companys_message_is_not_there()
    {
        var other = await _portal.AddCompanyAsync("lantian");
        var id = (await Inbox.ReceiveAsync(other.Company, null, Guid.NewGuid(), "", "", "别家的")).Value;
        var detail = Open(id);
        detail.WaitForAssertion(() => Assert.Contains("没有这条留言", detail.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("别家的", detail.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleagues_reply_is_shown_before_ones_own_is_sent_and_what_was_typed_stays()
    {
        var id = await LeaveAsync("落地灯", "138");
        var detail = Open(id);
        detail.WaitForElement("textarea");
        await detail.InvokeAsync(() => detail.Find("textarea").InputAsync(new ChangeEventArgs { Value = "我的回复" }));
        Assert.False((await _portal.Get<OfflineReplies>().ReplyAsync(_site.Company, _site.Agent, id, new ReplyWish(Guid.NewGuid(), "同事的回复", 0))).IsRefused);
        await detail.InvokeAsync(() => detail.Find("form.answer").SubmitAsync());
        detail.WaitForAssertion(() => Assert.Contains("请看过上面的内容", detail.Find("form.answer").TextContent, StringComparison.Ordinal));
        Assert.Contains("同事的回复", Assert.Single(detail.FindAll("li.reply")).TextContent, StringComparison.Ordinal);
        await detail.InvokeAsync(() => detail.Find("form.answer").SubmitAsync());
        detail.WaitForAssertion(() => Assert.Equal(2, detail.FindAll("li.reply").Count));
        Assert.Contains("我的回复", detail.FindAll("li.reply")[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("有的", true)]
    [InlineData("有的，还写了一句", false)]
    public async Task A_draft_the_browser_kept_comes_back_unless_it_was_stored_and_only_the_answer_was_lost(string kept, bool isStored)
    {
        var id = await LeaveAsync("落地灯", "138");
        var command = Guid.NewGuid();
        Assert.False((await _portal.Get<OfflineReplies>().ReplyAsync(_site.Company, _site.Agent, id, new ReplyWish(command, "有的", 0))).IsRefused);
        _ = Page.JSInterop.Setup<string?>("localStorage.getItem", KeptForm.Key(_site.Agent, $"message {id}"))
            .SetResult(JsonSerializer.Serialize(new { start = command.ToString(), fields = new Dictionary<string, string> { ["text"] = kept } }));
        var detail = Open(id);
        if (isStored)
        {
            detail.WaitForAssertion(() => Page.JSInterop.VerifyInvoke("localStorage.removeItem"));
            Assert.Equal("", detail.Find("textarea").GetAttribute("value") ?? "");
            return;
        }

        detail.WaitForAssertion(() => Assert.Equal(kept, detail.Find("textarea").GetAttribute("value")));
        await detail.InvokeAsync(() => detail.Find("form.answer").SubmitAsync());
        detail.WaitForAssertion(() => Assert.Equal(2, detail.FindAll("li.reply").Count));
    }

    [Fact]
    public async Task It_is_given_to_a_colleague_and_a_card_is_prefilled_from_what_was_left()
    {
        var id = await LeaveAsync("落地灯", "wang@example.com");
        var detail = Open(id);
        detail.WaitForElement("textarea");
        Assert.Equal("mailto:wang@example.com", detail.Find("dd a").GetAttribute("href"));
        Assert.Contains("没有设邮件服务器", detail.Markup, StringComparison.Ordinal);
        await detail.InvokeAsync(() => detail.FindAll(".hands select")[^1].ChangeAsync(new ChangeEventArgs { Value = _site.Agent.ToString() }));
        Assert.Equal(_site.Agent, (await _portal.Get<OfflineQueries>().FindAsync(_site.Company, id))!.Message.AssigneeId);

        await detail.InvokeAsync(() => detail.FindAll(".card button").First(button => Read(button.TextContent) == "创建名片").ClickAsync());
        Assert.Equal(("王女士", "wang@example.com"), (detail.Find("#new-Name").GetAttribute("value"), detail.Find("#new-Email").GetAttribute("value")));
    }

    private async Task<OfflineMessageId> LeaveAsync(string text, string contact) =>
        (await Inbox.ReceiveAsync(_site.Company, _guest, Guid.NewGuid(), "王女士", contact, text, new MessageOrigin(Page: "https://shop.example/", PageTitle: "Shop"))).Value;

    private IRenderedComponent<MessageDetail> Open(OfflineMessageId id) => Page.Render<MessageDetail>(part => part.Add(p => p.Facts, _facts).Add(p => p.Id, id));
}
