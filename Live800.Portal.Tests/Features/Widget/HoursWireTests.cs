using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Invitations;
using Live800.Portal.Features.Widget;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Features.Hours;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>What visitors' pages show outside working hours, and that they are told when hours begin and end (5). It is noon of a Monday in Shanghai.</summary>
public sealed class HoursWireTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
    }

    [Fact]
    public async Task Outside_hours_icon_page_request_message_and_file_say_no_and_why_and_another_company_is_not_touched()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        await Portal.SeatAsync(other);
        await OpensAsync(Weekdays(13, 18));
        var visitor = Portal.Visitor(_site);
        var viewed = await visitor.ViewAsync();
        Assert.Equal(0, (int)viewed.Of("icons").Single()["on"]!["1"]![0]!);
        var shown = viewed.Of("conv").Single();
        Assert.Equal(("offline", "现在不在工作时间，星期一 13:00 恢复服务。请留下联系方式，我们会尽快回复您。"), ((string?)shown["s"], (string?)shown["h"]));
        Assert.Equal("offline", (string?)(await visitor.RequestAsync()).Of("conv").Single()["s"]);
        Assert.Equal((string?)shown["h"], (string?)(await visitor.PollAsync()).Of("conv").Single()["h"]);
        Assert.Equal("NobodyCanAnswer", (await visitor.SayAsync("hello")).Refusal);
        using var client = Portal.Client();
        Assert.Contains("请留言", await client.GetStringAsync("/w/qingfeng/icon/1"), StringComparison.Ordinal);
        await using (var context = Portal.Read()) Assert.False(await context.Conversations.AnyAsync());

        var elsewhere = await Portal.Visitor(other, page: "p2").ViewAsync();
        Assert.Equal(("none", ""), ((string?)elsewhere.Of("conv").Single()["s"], (string?)elsewhere.Of("conv").Single()["h"]));
    }

    [Fact]
    public async Task Nothing_is_said_of_hours_when_nobody_is_in_or_somebody_talks()
    {
        await OpensAsync(Weekdays(9, 18));
        Portal.Get<Live800.Portal.Realtime.AgentPresence>().HasLeft(_site.Company, _site.Agent);
        var visitor = Portal.Visitor(_site);
        var shown = (await visitor.ViewAsync()).Of("conv").Single();
        Assert.Equal(("offline", ""), ((string?)shown["s"], (string?)shown["h"]));
        using var client = Portal.Client();
        Assert.DoesNotContain("工作时间", await client.GetStringAsync("/chat/qingfeng"), StringComparison.Ordinal);

        await Portal.SeatAsync(_site);
        var asked = (long)(await visitor.RequestAsync()).Of("conv").Single()["c"]!;
        Assert.False((await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, new ConversationId(asked))).Outcome.IsRefused);
        await OpensAsync(Weekdays(13, 18));
        shown = (await visitor.PollAsync()).Of("conv").Single();
        Assert.Equal(("open", ""), ((string?)shown["s"], (string?)shown["h"]));
        Assert.Null((await visitor.SayAsync("go on", asked)).Refusal);
    }

    [Theory]
    [InlineData("zh-CN", "2026-03-02T11:00", "现在不在工作时间，星期二 09:00 恢复服务。")]
    [InlineData("en", "2026-03-06T11:00", "Outside our working hours. We are back on Monday at 09:00.")]
    // A week and more ahead a weekday would be two days.
    [InlineData("en", "2026-03-27T11:00", "Outside our working hours. We are back on Tuesday 7 April at 09:00.")]
    [InlineData("zh-CN", "2026-03-27T11:00", "现在不在工作时间，4 月 7 日 星期二 09:00 恢复服务。")]
    public async Task The_plain_form_says_in_the_visitors_language_when_somebody_is_back(string language, string at, string sentence)
    {
        await OpensAsync(Timetable.Create(Weekdays(9, 18).Week, [.. Enumerable.Range(0, 8).Select(i => new Holiday(new DateOnly(2026, 3, 30).AddDays(i), "<b>", []))]).Value);
        Portal.Machine!.Advance(new DateTimeOffset(DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero) - Portal.Now);
        using var client = Portal.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var page = await client.GetStringAsync("/chat/qingfeng");
        Assert.Contains(sentence, page, StringComparison.Ordinal);
        // A form that is refused shows it again.
        using var left = await client.PostAsync("/chat/qingfeng", new FormUrlEncodedContent([new("id", Guid.NewGuid().ToString()), new("name", ""), new("contact", ""), new("x", "")]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, left.StatusCode);
        Assert.Contains(sentence, await left.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connected_pages_hear_when_hours_end_and_begin_and_who_waits_keeps_his_place_and_gets_the_form()
    {
        await OpensAsync(Openings.Daily((9 * 60, (12 * 60) + 1), ((12 * 60) + 2, 18 * 60)));
        var (looks, waits) = (Portal.Visitor(_site), Portal.Visitor(_site, page: "p2"));
        _ = await looks.ViewAsync();
        _ = await waits.ViewAsync();
        var asked = (long)(await waits.RequestAsync()).Of("conv").Single()["c"]!;
        using var stream = await looks.StreamAsync();
        using var waiting = await waits.StreamAsync();
        Assert.Equal(1, (int)(await stream.NextAsync("icons"))["on"]!["1"]![0]!);
        Assert.Equal((1, 0, ""), Place(await waiting.NextAsync("conv")));

        Portal.Machine!.Advance(TimeSpan.FromSeconds(59));
        await Portal.SeatAsync(_site);
        await Portal.SweepAsync();
        Assert.True(await Portal.Get<IconBoard>().IsOnlineAsync(_site.Company, Portal.Now));
        Portal.Machine.Advance(TimeSpan.FromSeconds(1));
        await Portal.Get<IconBoard>().SweepAsync();
        Assert.Equal(0, (int)(await stream.NextAsync("icons"))["on"]!["1"]![0]!);
        Assert.StartsWith("现在不在工作时间，星期一 12:02", (string?)(await stream.NextAsync("conv"))["h"], StringComparison.Ordinal);
        var place = await waiting.NextAsync("conv", shown => (int)shown["f"]! == 1);
        Assert.Equal((asked, "waiting", 1), ((long)place["c"]!, (string?)place["s"], (int)place["q"]!));

        // The next opening is another one: the sentence is, too.
        await OpensAsync(Openings.Daily((9 * 60, (12 * 60) + 1), ((12 * 60) + 3, 18 * 60)));
        Assert.StartsWith("现在不在工作时间，星期一 12:03", (string?)(await stream.NextAsync("conv"))["h"], StringComparison.Ordinal);
        Portal.Machine.Advance(TimeSpan.FromMinutes(2));
        await Portal.SeatAsync(_site);
        await Portal.Get<IconBoard>().SweepAsync();
        Assert.Equal(1, (int)(await stream.NextAsync("icons"))["on"]!["1"]![0]!);
        Assert.Equal(("none", ""), Said(await stream.NextAsync("conv")));

        static (int, int, string) Place(System.Text.Json.Nodes.JsonObject shown) => ((int)shown["q"]!, (int)shown["f"]!, (string)shown["h"]!);
        static (string, string) Said(System.Text.Json.Nodes.JsonObject shown) => ((string)shown["s"]!, (string)shown["h"]!);
    }

    [Fact]
    public async Task A_group_and_an_agent_have_an_icon_of_their_own_to_the_minute()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        await Portal.SeatAsync(other);
        var (sales, empty, strange) = (await GroupAsync(_site, "Sales", _site.Agent), await GroupAsync(_site, "Empty"), await GroupAsync(other, "Sales", other.Agent));
        await OpensAsync(Openings.Until(18));
        await OpensAsync(Openings.Until(12, 1), sales);
        var icons = Portal.Get<IconBoard>();
        async Task<string> ShowAsync() => string.Concat(await Task.WhenAll(new IconTarget[] { IconTarget.Company, new(sales, null), new(empty, null), new(null, _site.Agent), new(null, other.Agent), new(strange, null) }
            .Select(async target => await icons.IsOnlineAsync(_site.Company, target, Portal.Now) ? "1" : "0")));
        // A group of another company is quietly the whole company, its agent is nobody here.
        Assert.Equal("110101", await ShowAsync());

        Portal.Machine!.Advance(TimeSpan.FromMinutes(1));
        await Portal.SeatAsync(_site);
        Assert.Equal("100101", await ShowAsync());
        await OpensAsync(Openings.Until(12));
        await OpensAsync(Openings.Until(13), sales);
        Assert.Equal("010000", await ShowAsync());
        // Who waits for the group that works is not offered the form, though the company is closed.
        var guest = Portal.Visitor(_site, page: "p3");
        _ = await guest.ViewAsync();
        await using var context = Portal.Read();
        var code = (await context.Groups.SingleAsync(group => group.Id == sales)).Code;
        var asked = (await guest.PostAsync("request", ("k", guest.Page), ("g", code))).Of("conv").Single();
        Assert.Equal(("waiting", 0, ""), ((string?)asked["s"], (int)asked["f"]!, (string?)asked["h"]));
        Portal.Get<Live800.Portal.Realtime.AgentPresence>().HasLeft(_site.Company, _site.Agent);
        Assert.Equal("000000", await ShowAsync());
    }

    [Fact]
    public async Task Rules_invite_nobody_outside_hours()
    {
        await OpensAsync(Weekdays(13, 18));
        var rules = Portal.Get<RuleDesk>();
        Assert.False((await rules.AddAsync(SignedIn.To(_site.Company, _site.Agent), new RuleForm("all", "", new RuleConditions("", 0, 0, 1, 1, null), false))).IsRefused);
        var rule = Assert.Single(await Portal.Get<RuleQueries>().OfAsync(_site.Company));
        if (!rule.IsOn) Assert.False((await rules.TurnAsync(SignedIn.To(_site.Company, _site.Agent), rule.Id, on: true)).IsRefused);
        var visitor = Portal.Visitor(_site);
        _ = await visitor.ViewAsync();
        Assert.Equal(0, await Portal.Get<AutomaticInvitations>().SweepAsync());
        await OpensAsync(Weekdays(9, 18));
        Assert.Equal(1, await Portal.Get<AutomaticInvitations>().SweepAsync());
    }

    private static Timetable Weekdays(int from, int to)
    {
        IReadOnlyList<DaySpan> day = [new(from * 60, to * 60)];
        return Timetable.Create([day, day, day, day, day, [], []], []).Value;
    }

    private static CurrentAgent Boss(TestSite site) => new(site.Company, site.Agent, site.Session, site.Code, "linxiao", "林晓", true, false);

    private async Task OpensAsync(Timetable times, GroupId? group = null)
    {
        var seen = (await Portal.Get<HoursQueries>().SheetAsync(_site.Company)).Lines.Single(line => line.Group == group).Version;
        Assert.Equal(Refusal.None, (await Portal.Get<HoursDesk>().SetAsync(Boss(_site), group, seen, times)).Refusal);
    }

    private async Task<GroupId> GroupAsync(TestSite site, string name, params AgentId[] agents)
    {
        Assert.Equal(Refusal.None, (await Portal.Get<GroupDesk>().CreateAsync(Boss(site), new GroupWish(name, RoutingWay.ByHand, false, agents))).Refusal);
        return (await Portal.Get<GroupQueries>().BoardAsync(site.Company)).Groups.Single(group => group.Name == name).Id;
    }
}
