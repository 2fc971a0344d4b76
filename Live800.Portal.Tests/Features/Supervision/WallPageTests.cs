using Bunit;
using Live800.Domain.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Supervision;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Features.Hours;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Supervision;

/// <summary>The wall over the real desks and files: its numbers follow live, and a day ends at the company's midnight (rule 4).</summary>
public sealed class WallPageTests : AdministratorPageTest<WallPage>
{
    private TestSite _site = null!;

    protected override void ShareMore()
    {
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        Share<SupervisionQueries>();
        Share<ConversationQueries>();
        Share<SeatRoster>();
        Share<CompanyProfiles>();
        Share<HoursBoard>();
        _site = new TestSite(Box.Company.Id, Box.Company.Code, Box.Administrator.AgentId, Box.Administrator.SessionId);
    }

    [Fact]
    public async Task The_numbers_follow_what_happens()
    {
        var page = Open();
        page.WaitForAssertion(() => Assert.Equal(["0", "0", "0", "2"], Numbers(page)));
        Assert.Contains("现在没有人在岗", page.Markup, StringComparison.Ordinal);

        await Box.Portal.SeatAsync(_site);
        await SoonAsync(() => Assert.Equal("1", Numbers(page)[3]));
        Assert.Contains("在线", page.Find(".people").TextContent, StringComparison.Ordinal);
        var visitor = Box.Portal.Visitor(_site);
        _ = await visitor.ViewAsync();
        var talk = new ConversationId((long)(await visitor.SayAsync("v1"))["c"]!);
        await SoonAsync(() => Assert.Equal(["1", "0", "0", "1"], Numbers(page)));
        Assert.Single(page.FindAll(".waits live-time"));

        Assert.False((await Box.Portal.Desk.AcceptAsync(Box.Company.Id, _site.Agent, _site.Session, talk)).Outcome.IsRefused);
        await SoonAsync(() => Assert.Equal(["0", "1", "1", "1"], Numbers(page)));
        Assert.False((await Box.Portal.Desk.EndByAgentAsync(Box.Company.Id, _site.Agent, talk)).IsRefused);
        await SoonAsync(() => Assert.Equal(["0", "0", "1", "1"], Numbers(page)));

        // It is noon in Shanghai. At midnight the day begins anew, and the seat is free by the clock alone.
        Box.Machine.Advance(DataRoom.Noon.AddHours(12) - Box.Portal.Now - TimeSpan.FromSeconds(40));
        await SoonAsync(() => Assert.Equal(["0", "0", "1", "2"], Numbers(page)));
        Box.Machine.Advance(DataRoom.Noon.AddHours(12) - Box.Portal.Now);
        await SoonAsync(() => Assert.Equal(["0", "0", "0", "2"], Numbers(page)));
    }

    [Fact]
    public async Task Outside_hours_it_says_when_somebody_is_back_and_it_beats_without_anything_happening()
    {
        var hours = Box.Portal.Get<HoursDesk>();
        var seen = (await Box.Portal.Get<HoursQueries>().SheetAsync(Box.Company.Id)).Lines[0].Version;
        Assert.Equal(Refusal.None, (await hours.SetAsync(Box.Administrator, null, seen, Openings.Until(11))).Refusal);
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("不在工作时间，星期二 09:00 开始", page.Markup, StringComparison.Ordinal));
        var alive = page.Find(".wall").GetAttribute("data-alive");
        Box.Machine.Advance(TimeSpan.FromSeconds(21));
        page.WaitForAssertion(() => Assert.NotEqual(alive, page.Find(".wall").GetAttribute("data-alive")));
    }

    private static string[] Numbers(IRenderedComponent<Microsoft.AspNetCore.Components.CascadingValue<Task<Microsoft.AspNetCore.Components.Authorization.AuthenticationState>>> page) =>
        [.. page.FindAll("dl.numbers dd:not(.sub)").Select(number => number.TextContent.Trim())];
}
