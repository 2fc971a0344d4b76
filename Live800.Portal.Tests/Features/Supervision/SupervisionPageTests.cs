using System.Net;
using Bunit;
using Live800.Domain.Shared;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Files;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Notes;
using Live800.Portal.Features.Supervision;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Features.Whispers;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Supervision;

/// <summary>The page as a supervisor sees it, over the real desks and files (rule 4). He holds no seat until he takes one.</summary>
public sealed class SupervisionPageTests : AdministratorPageTest<SupervisionPage>
{
    private TestSite _site = null!;
    private AgentId _chen;
    private SessionId _chensSession;

    protected override void ShareMore()
    {
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        Share<SupervisionQueries>();
        Share<SupervisionDesk>();
        Share<ConversationQueries>();
        Share<ConversationDesk>();
        Share<CompanyProfiles>();
        Share<VisitorQueries>();
        Share<CardQueries>();
        Share<HoursBoard>();
        Share<PagePushQueries>();
        Share<AttachmentQueries>();
        Share<NoteQueries>();
        Share<WhisperQueries>();
        Share<WhisperDesk>();
        Share<TypingBoard>();
    }

    [Fact]
    public async Task Who_is_no_administrator_gets_neither_page()
    {
        _ = await Box.AgentAsync("chenzy");
        using var agent = await Box.BrowserOfAsync("chenzy");
        using var boss = await Box.BrowserOfAsync("linxiao");
        foreach (var address in new[] { "/supervision", "/wall" })
        {
            Assert.Contains("not-allowed", (await agent.GetAsync(address)).Location, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync(address)).Status);
            using var nobody = Box.Portal.Browser();
            Assert.True((await nobody.GetAsync(address)).IsRedirect);
        }
    }

    [Fact]
    public void Without_anything_it_says_so()
    {
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("现在没有进行中的对话", page.Markup, StringComparison.Ordinal));
        Assert.Contains("今天没有错过请求", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("theirs")]
    [InlineData("9223372036854775807")]
    [InlineData("-1")]
    [InlineData("<b>")]
    public async Task Another_companys_conversation_in_the_address_and_what_is_none_is_not_there(string wanted)
    {
        await StaffAsync();
        var (company, boss) = await Box.AnotherCompanyAsync();
        var theirs = new TestSite(company.Id, company.Code, boss.AgentId, boss.SessionId);
        await Box.Portal.SeatAsync(theirs);
        var visitor = Box.Portal.Visitor(theirs);
        _ = await visitor.ViewAsync();
        var talk = (long)(await visitor.SayAsync("v1 不给别人看"))["c"]!;
        Assert.False((await Box.Portal.Desk.AcceptAsync(company.Id, boss.AgentId, boss.SessionId, new ConversationId(talk))).Outcome.IsRefused);

        Services.GetRequiredService<NavigationManager>().NavigateTo($"/supervision?conversation={Uri.EscapeDataString(wanted == "theirs" ? $"{talk}" : wanted)}");
        var page = Open();
        page.WaitForElement(".list h2");
        Assert.Empty(page.FindAll("[role=log]"));
        Assert.DoesNotContain("不给别人看", page.Markup, StringComparison.Ordinal);
        Assert.Equal(wanted != "<b>", page.FindAll("[role=alert]").Count == 1);
    }

    [Fact]
    public async Task A_conversation_is_read_live_whispered_into_and_taken_over_only_with_a_seat()
    {
        await StaffAsync();
        var talk = await TalkAsync("v1 <b>有货吗</b>");
        var page = Open();
        page.WaitForElement("table.running tbody tr");
        Assert.Contains("v1 &lt;b&gt;有货吗&lt;/b&gt;", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("table.running .link").Click());
        page.WaitForElement("[role=log]");

        // Live, and nobody has seen anything by it.
        Assert.False((await Box.Portal.Desk.AgentSaysAsync(Box.Company.Id, _chen, _chensSession, talk, Guid.NewGuid(), "a1 有的")).IsRefused);
        await SoonAsync(() => Assert.Contains("a1 有的", page.Find("[role=log]").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("form.whispering input[name=text]").Input("<script>问预算"));
        await page.InvokeAsync(() => page.Find("form.whispering").Submit());
        await SoonAsync(() => Assert.Contains("问预算", page.Find(".whisper .words").TextContent, StringComparison.Ordinal));
        Assert.Contains("访客看不到", page.Find(".whisper .head").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("script"));

        await PressAsync(page, "接管");
        await PressAsync(page, "确认接管");
        page.WaitForAssertion(() => Assert.Contains("需要席位", page.Markup, StringComparison.Ordinal));
        Assert.Contains(page.FindAll("a"), link => link.GetAttribute("href") == "workspace" && link.TextContent == "进入工作台");
        await Box.Portal.SeatAsync(_site);
        await PressAsync(page, "接管");
        await PressAsync(page, "确认接管");
        page.WaitForAssertion(() => Assert.EndsWith($"workspace?conversation={talk}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        var taken = (await Box.Portal.Get<ConversationQueries>().FindAsync(Box.Company.Id, talk))!;
        Assert.Equal(Box.Administrator.AgentId, taken.AgentId);
    }

    [Fact]
    public async Task Whoever_waits_for_over_a_minute_is_marked_at_that_second_and_what_was_missed_says_why()
    {
        await StaffAsync();
        _ = await TalkAsync("v1");
        var page = Open();
        page.WaitForElement("table.running tbody tr");
        Assert.Empty(page.FindAll("tr.slow"));
        Box.Machine.Advance(SupervisionQueries.SlowAfter + TimeSpan.FromSeconds(1));
        page.WaitForElement("tr.slow .st.waiting");

        // His seat's grace is over by now: nobody is in.
        var refused = Box.Portal.Visitor(_site, "203.0.113.99", "p9");
        _ = await refused.ViewAsync();
        _ = await refused.RequestAsync();
        await SoonAsync(() => Assert.Contains("没有人在岗", page.Find(".why").TextContent, StringComparison.Ordinal));
    }

    private async Task StaffAsync()
    {
        _site = new TestSite(Box.Company.Id, Box.Company.Code, Box.Administrator.AgentId, Box.Administrator.SessionId);
        _chen = await Box.AgentAsync("chenzy");
        _chensSession = (await Box.SignInAsync("chenzy")).SessionId;
        await Box.Portal.SeatAsync(_site with { Agent = _chen, Session = _chensSession });
    }

    private async Task<ConversationId> TalkAsync(string words)
    {
        var visitor = Box.Portal.Visitor(_site);
        _ = await visitor.ViewAsync();
        var talk = new ConversationId((long)(await visitor.SayAsync(words))["c"]!);
        Assert.False((await Box.Portal.Desk.AcceptAsync(Box.Company.Id, _chen, _chensSession, talk)).Outcome.IsRefused);
        return talk;
    }
}
