using System.Globalization;
using Bunit;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>What the parts of the statistics page show, over the real queries and files (6). It is Monday, 2026-03-02, noon in Shanghai.</summary>
public sealed class ChatPartsTests : AdministratorPageTest<ChatsPart>
{
    private static readonly StatisticsPeriod Today = StatisticsPeriod.Parse("2026-03-02", "2026-03-02")!.Value;
    private static readonly StatisticsPeriod Yesterday = StatisticsPeriod.Parse("2026-03-01", "2026-03-01")!.Value;
    private long _ids = 1;

    protected override void ShareMore()
    {
        Share<ChatStatistics>();
        Share<RatingStatistics>();
        Share<AgentStatistics>();
        Share<InvitationStatistics>();
        Share<OfflineStatistics>();
        Share<SeatStatistics>();
        Share<MissedStatistics>();
        Share<CompanyProfiles>();
        Share<CardQueries>();
        Share<VisitorQueries>();
    }

    [Fact]
    public async Task Without_anything_each_part_says_what_is_not_there_and_why()
    {
        // What another company has is nothing of ours.
        var (other, boss) = await Box.AnotherCompanyAsync();
        await FillAsync(other.Id, boss.AgentId, Noon);
        var part = Part<ChatsPart, ChatsFigures>();
        part.WaitForAssertion(() => Assert.Contains("这段时间没有对话", part.Markup, StringComparison.Ordinal));
        Assert.Empty(part.FindAll("table"));
        var agents = Part<AgentsPart, AgentsFigures>();
        agents.WaitForAssertion(() => Assert.Contains("这段时间没有客服接待过对话", agents.Markup, StringComparison.Ordinal));
        Assert.Contains("linxiao", Assert.Single(agents.FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
        var invitations = Part<InvitationsPart, InvitationFigures>();
        invitations.WaitForAssertion(() => Assert.Contains("这段时间没有发出邀请", invitations.Markup, StringComparison.Ordinal));
        Assert.Equal("company/invitations", invitations.Find("a").GetAttribute("href"));
        // Who may not change rules is not sent there.
        var reader = Part<InvitationsPart, InvitationFigures>(may: false);
        reader.WaitForAssertion(() => Assert.Contains("这段时间没有发出邀请", reader.Markup, StringComparison.Ordinal));
        Assert.Empty(reader.FindAll("a"));
        var offline = Part<OfflinePart, OfflineFigures>();
        offline.WaitForAssertion(() => Assert.Contains("这段时间没有留言", offline.Markup, StringComparison.Ordinal));
        var seats = Part<SeatsPart, SeatFigures>();
        seats.WaitForAssertion(() => Assert.Contains("这段时间没有席位的记录", seats.Markup, StringComparison.Ordinal));
        var missed = Part<MissedPart, MissedPartFigures>();
        missed.WaitForAssertion(() => Assert.Contains("没有错过访客", missed.Markup, StringComparison.Ordinal));
        Assert.Empty(missed.FindAll("table"));
    }

    [Fact]
    public async Task Conversations_are_told_against_the_period_before_and_less_waiting_is_better()
    {
        await FillAsync(Box.Company.Id, Box.Administrator.AgentId, Noon, waits: 10);
        await FillAsync(Box.Company.Id, Box.Administrator.AgentId, Noon, waits: 10);
        await FillAsync(Box.Company.Id, Box.Administrator.AgentId, Noon.AddDays(-1), waits: 70);
        var part = Part<ChatsPart, ChatsFigures>(Yesterday);
        part.WaitForAssertion(() => Assert.Equal(["发起", "2", "1", "+1，好转"], Cells(part, "发起")));
        Assert.Equal(["等待时长", "0:10", "1:10", "−1:00，好转", "0:10", "0:10", "0:10", "2"], Cells(part, "等待时长"));
        // Longer conversations are neither better nor worse.
        Assert.Equal("0", Cells(part, "对话时长")[3]);
        Assert.Equal(["首次回复", "0:05", "0:05", "0"], Cells(part, "首次回复")[..4]);
        Assert.Equal(["5 分", "2", "1", "+1，好转"], Cells(part, "5 分"));
        Assert.Equal(["满意率", "100%", "100%", "0"], Cells(part, "满意率"));
        Assert.Equal(["要求对话", "2", "2", "0", "0", "0"], Cells(part, "要求对话"));
        // A day by hours, as it is best read.
        Assert.Equal(["2026-03-02 12:00", "2", "2", "0", "0", "0"], Cells(part, "2026-03-02 12:00"));
        Assert.Equal(24, part.FindAll("details tbody tr").Count);

        part.Render(parameters => parameters.Add(one => one.Period, Yesterday).Add(one => one.Compared, (StatisticsPeriod?)null));
        part.WaitForAssertion(() => Assert.Equal(["发起", "1"], Cells(part, "发起")));
        await FillAsync(Box.Company.Id, Box.Administrator.AgentId, Noon.AddDays(-1));
        part.Render(parameters => parameters.Add(one => one.Round, 1));
        part.WaitForAssertion(() => Assert.Equal(["发起", "2"], Cells(part, "发起")));
    }

    [Fact]
    public async Task Agents_are_listed_with_what_they_did_and_disabled_ones_too()
    {
        var chen = await Box.AgentAsync("chenzy");
        await FillAsync(Box.Company.Id, chen, Noon);
        Assert.False((await Box.Roster.DisableAsync(Box.Administrator, chen)).IsRefused);
        var part = Part<AgentsPart, AgentsFigures>(Yesterday);
        part.WaitForAssertion(() => Assert.Equal(2, part.FindAll("tbody tr").Count));
        var first = part.FindAll("tbody tr")[0].Children.Select(cell => Flat(cell.TextContent)).ToList();
        Assert.Contains("已停用", first[0], StringComparison.Ordinal);
        Assert.Equal(["1", "0", "+1，好转", "0", "0:05", "", "100%", "1", "0.0 小时", "–"], first[1..]);
    }

    [Fact]
    public async Task Invitations_are_told_by_rule_and_by_hand()
    {
        var company = Box.Company.Id;
        await Box.Writes.RunAsync((context, token) =>
        {
            var rule = InvitationRule.Write(new InvitationRuleId(77), company, 1, "首页", "", new RuleConditions(null, 0, 0, 1, 1, null), false).Value;
            foreach (var n in Enumerable.Range(1, 3))
            {
                var one = Invitation.Send(
                    new InvitationId(n), company, new VisitorId(n), new VisitId(n), n == 1 ? Box.Administrator.AgentId : null, Noon, null, null, Noon, Moments.Default, rule: n == 1 ? null : rule.Id).Value;
                if (n == 2) _ = one.Join(new ConversationId(5), Noon.AddSeconds(5), Moments.Default);
                if (n == 3) _ = one.Refuse(Noon.AddSeconds(5), Moments.Default);
                _ = context.Add(one);
            }

            _ = context.Add(new DeletedRule(rule, Noon));
            return Task.CompletedTask;
        });
        Box.Machine.Advance(TimeSpan.FromMinutes(10));
        var part = Part<InvitationsPart, InvitationFigures>(Yesterday);
        part.WaitForAssertion(() => Assert.Equal(["客服手动邀请", "1", "0", "0", "0", "–", "0", "1", "0", "0"], Cells(part, "客服手动邀请")));
        Assert.Equal(["首页规则已删除", "2", "2", "2", "1", "50%", "1", "0", "0", "0"], Cells(part, "首页规则已删除"));
        Assert.Equal(["拒绝", "1", "0", "+1，变差"], Cells(part, "拒绝"));
    }

    [Fact]
    public async Task Messages_that_are_open_lead_to_the_inbox()
    {
        await Box.Writes.RunAsync((context, token) =>
        {
            foreach (var n in Enumerable.Range(1, 3))
            {
                var one = OfflineMessage.Leave(new OfflineMessageId(n), Box.Company.Id, null, Guid.NewGuid(), "", "", "words", Noon).Value;
                if (n > 1) one.Handle(Box.Administrator.AgentId, Noon.AddMinutes(n));
                _ = context.Add(one);
            }

            return Task.CompletedTask;
        });
        var part = Part<OfflinePart, OfflineFigures>(Yesterday);
        part.WaitForAssertion(() => Assert.Equal(["待处理", "1", "0", "+1，变差"], Cells(part, "待处理")));
        Assert.Equal(["处理用时（中位）", "2:00", "–", ""], Cells(part, "处理用时（中位）"));
        Assert.Equal("messages", part.Find("p a").GetAttribute("href"));
    }

    [Fact]
    public async Task Missed_visitors_are_told_with_their_reasons_and_what_more_seats_would_have_caught_is_called_an_estimate()
    {
        await Box.Writes.RunAsync((context, token) =>
        {
            var company = Box.Company.Id;
            var day = new DateOnly(2026, 3, 2);
            foreach (var n in Enumerable.Range(1, 3)) _ = context.Add(MissedRequest.NotStarted(company, new VisitorId(n), null, n == 3 ? MissedReason.NobodyIn : MissedReason.SeatsFull, day, Noon));
            var waited = Conversation.Request(new ConversationId(9), company, new VisitorId(9), new VisitId(9), Noon.AddSeconds(-90)).Conversation;
            _ = waited.Withdraw(Noon);
            context.AddRange(waited, MissedRequest.GivenUp(waited, MissedReason.NotTaken, day, Noon));
            context.AddRange(new SeatRefusal(1, company, Box.Administrator.AgentId, 2, 2, Noon), new SeatSample(company, Noon, 2));
            return Task.CompletedTask;
        });
        var part = Part<MissedPart, MissedPartFigures>(Yesterday);
        part.WaitForAssertion(() => Assert.Equal(["错过的请求", "4", "0", "+4，变差"], Cells(part, "错过的请求")));
        Assert.Equal(["等待过", "1", "0", "+1，变差"], Cells(part, "等待过"));
        Assert.Equal(["等了多久（中位）", "1:30", "–", ""], Cells(part, "等了多久（中位）"));
        Assert.Equal(["席位已满，能接待的人进不来", "2", "0", "+2，变差", "50%", "0", "2"], Cells(part, "席位已满，能接待的人进不来"));
        Assert.Equal(["12:00–13:00", "2", "0"], Cells(part, "12:00–13:00"));
        Assert.Equal(["+1", "1", "2"], Cells(part, "+1"));
        Assert.Contains("估计", part.Find(".guess").TextContent, StringComparison.Ordinal);
        Assert.Contains("等了 1:30", Flat(part.Markup), StringComparison.Ordinal);
        Assert.DoesNotContain("当时的页面", part.Markup, StringComparison.Ordinal);

        // Whoever knows the trail tells on which page they were.
        part.Render(parameters => parameters.Add(one => one.Round, 1).Add(one => one.Places, rows => Task.FromResult<IReadOnlyDictionary<long, MissedPlace>>(
            rows.Where(row => row.Visitor.Value == 9).ToDictionary(row => row.Id, row => new MissedPlace("https://shop.example/oak", "橡木餐桌")))));
        part.WaitForAssertion(() => Assert.Equal("橡木餐桌", Assert.Single(part.FindAll("td.page"), cell => cell.TextContent != "–").TextContent));

        var seats = Part<SeatsPart, SeatFigures>(Yesterday);
        seats.WaitForAssertion(() => Assert.Equal(["席位已满被拒", "1", "0", "+1，变差"], Cells(seats, "席位已满被拒")));
        Assert.Contains("2 / 2", Flat(seats.Markup), StringComparison.Ordinal);
        Assert.Equal("2", Cells(seats, "同时使用最多")[1]);
    }

    [Fact]
    public async Task It_is_all_there_in_English_too()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        await FillAsync(Box.Company.Id, Box.Administrator.AgentId, Noon);
        var part = Part<ChatsPart, ChatsFigures>(Yesterday);
        part.WaitForAssertion(() => Assert.Equal(["Begun", "1", "0", "+1, better"], Cells(part, "Begun")));
        Assert.DoesNotContain(part.Markup, sign => sign is >= '一' and <= '龥');
    }

    [Theory]
    [InlineData(150, 100, Better.More, "+50.0%", true)]
    [InlineData(100, 150, Better.More, "−33.3%", false)]
    [InlineData(51, 42, Better.Less, "+9", false)]
    [InlineData(1200, 0, Better.More, "+1,200", true)]
    [InlineData(1200, 1000, Better.Neither, "+20.0%", null)]
    [InlineData(7, 7, Better.More, "0", null)]
    public void A_change_has_its_sign_and_is_a_share_only_of_much(long now, long before, Better better, string text, bool? isBetter) =>
        Assert.Equal(new FigureChange(text, isBetter), ChatWords.Change(now, before, better));

    private static DateTimeOffset Noon => DataRoom.Noon;

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // The row that begins with this cell.
    private static List<string> Cells<TPart>(IRenderedComponent<TPart> part, string first)
        where TPart : IComponent =>
        part.FindAll("tbody tr").Select(row => row.Children.Select(cell => Flat(cell.TextContent)).ToList()).First(row => row[0] == first);

    private IRenderedComponent<TPart> Part<TPart, TFigures>(StatisticsPeriod? compared = null, bool may = true)
        where TPart : ChatPart<TFigures>
        where TFigures : class => Render<TPart>(parameters => parameters
            .Add(one => one.Company, Box.Company.Id).Add(one => one.Period, Today).Add(one => one.Compared, compared).Add(one => one.Unit, StatisticsUnit.Hour).Add(one => one.May, _ => may).Add(one => one.Zones, Box.Company.Zones));

    /// <summary>One conversation that is asked for, taken, answered after five seconds, rated and ended after ten minutes, and a miss, a message and a refused seat.</summary>
    private Task FillAsync(CompanyId company, AgentId agent, DateTimeOffset at, int waits = 10) => Box.Writes.RunAsync((PortalDbContext context, CancellationToken token) =>
    {
        var id = _ids++;
        var talk = Conversation.Request(new ConversationId(id), company, new VisitorId(id), new VisitId(id), at).Conversation;
        var taken = at.AddSeconds(waits);
        _ = talk.Accept(agent, taken, taken, Moments.Default);
        _ = talk.Say(Speaker.Agent(agent), Guid.NewGuid(), "hello", taken.AddSeconds(5));
        _ = context.Add(talk.Rate(Guid.NewGuid(), 5, null, taken.AddSeconds(9)).Value.Rating);
        _ = talk.End(Speaker.Agent(agent), taken.AddMinutes(10));
        _ = context.Add(talk);
        if (company == Box.Company.Id) return Task.CompletedTask;
        context.AddRange(MissedRequest.NotStarted(company, new VisitorId(id), null, MissedReason.SeatsFull, new DateOnly(2026, 3, 2), at), new SeatRefusal(id, company, agent, 2, 2, at), new SeatSample(company, at, 2));
        _ = context.Add(OfflineMessage.Leave(new OfflineMessageId(id), company, null, Guid.NewGuid(), "", "", "words", at).Value);
        _ = context.Add(Invitation.Send(new InvitationId(id), company, new VisitorId(id), new VisitId(id), agent, at, null, null, at, Moments.Default).Value);
        return Task.CompletedTask;
    });
}
