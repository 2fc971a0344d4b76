using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Supervision;
using Live800.Portal.Jobs;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.CompanyMail;

/// <summary>One letter about each day (rule 1): to whom it may not go first, then once, with the figures of the pages. It is noon of Monday the 2nd of March in Shanghai.</summary>
public sealed class DailySummaryTests : MailRoom
{
    private static readonly TimeSpan ToNextEight = TimeSpan.FromHours(20);

    private DailySummary Summaries => Box.Portal.Get<DailySummary>();

    [Fact]
    public async Task Whoever_is_disabled_not_proved_or_not_chosen_gets_none_and_nobody_reads_more_than_his_pages_show()
    {
        var chen = await ColleagueAsync("chenzy");
        var gone = await ColleagueAsync("gone");
        var open = await ColleagueAsync("open", isProved: false);
        _ = await ColleagueAsync("wangwei", administrator: true);
        var bare = await ColleagueAsync("bare");
        Assert.False((await Box.Roster.DisableAsync(Boss, gone)).IsRefused);
        await Box.Writes.RunAsync(async (context, token) =>
        {
            _ = context.Add(PermissionTemplate.Make(Company, new AgentRole(1000), "仅对话", PermissionSet.None).Value);
            Assert.False((await context.Agents.SingleAsync(agent => agent.Id == bare, token)).Become(new AgentRole(1000), 1).IsRefused);
        });
        await TurnOnAsync(Rule(chen, gone, open, bare, Boss.AgentId));
        Box.Machine.Advance(ToNextEight);
        await Summaries.RunDueAsync();
        var letters = (await OfKindAsync(LetterKind.DailySummary)).ToDictionary(letter => letter.To, letter => letter.Plain);
        Assert.Equal(["bare@example.com", "chenzy@example.com", "linxiao@example.com"], letters.Keys.Order());
        foreach (var line in (string[])["应答：0", "错过的请求", "满意度", "未处理的留言", "剩余应答"]) Assert.Contains(line, letters["linxiao@example.com"], StringComparison.Ordinal);
        // An agent reads messages and history; supervision is not his.
        foreach (var line in (string[])["满意度", "未处理的留言", "剩余应答"]) Assert.Contains(line, letters["chenzy@example.com"], StringComparison.Ordinal);
        Assert.DoesNotContain("应答：0", letters["chenzy@example.com"], StringComparison.Ordinal);
        Assert.DoesNotContain("其中", letters["chenzy@example.com"], StringComparison.Ordinal);
        foreach (var line in (string[])["应答：0", "未处理的留言：", "/messages"]) Assert.DoesNotContain(line, letters["bare@example.com"], StringComparison.Ordinal);
        Assert.Contains("剩余应答：不限", letters["bare@example.com"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_letter_says_what_the_pages_said_of_that_day_and_what_they_say_now()
    {
        await TurnOnAsync(Rule(Boss.AgentId));
        var site = new TestSite(Company, Box.Company.Code, Boss.AgentId, Boss.SessionId);
        await Box.Portal.SeatAsync(site);
        var visitor = Box.Portal.Visitor(site);
        _ = await visitor.ViewAsync();
        var talk = new ConversationId((long)(await visitor.SayAsync("在吗"))["c"]!);
        Assert.False((await Box.Portal.Desk.AcceptAsync(site.Company, site.Agent, site.Session, talk)).Outcome.IsRefused);
        var rater = (await Box.Portal.Get<ConversationQueries>().FindAsync(Company, talk))!.VisitorId;
        Assert.False((await Box.Portal.Desk.RateAsync(Company, rater, talk, Guid.NewGuid(), 4, "不错")).IsRefused);
        await Box.Writes.RunAsync((context, _) =>
        {
            foreach (var (number, reason) in new[] { (6, MissedReason.NobodyIn), (7, MissedReason.NobodyIn), (8, MissedReason.OutsideHours) })
                context.MissedRequests.AddRange(MissedRequest.NotStarted(Company, new VisitorId(number), null, reason, new DateOnly(2026, 3, 2), Box.Portal.Now));
            context.MissedRequests.AddRange(MissedRequest.NotStarted(Company, new VisitorId(9), null, MissedReason.NotTaken, new DateOnly(2026, 3, 1), Box.Portal.Now.AddHours(-12).AddTicks(-1)));
            return Task.CompletedTask;
        });
        _ = await LeaveAsync("一");
        _ = await LeaveAsync("二");
        var day = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(8));
        var (answered, missed) = (await Box.Portal.Get<SupervisionQueries>().AnsweredAsync(Company, day), await Box.Portal.Get<SupervisionQueries>().MissedAsync(Company, day));
        Assert.Equal((1, 3), (answered, missed.Count));

        // Past midnight: that belongs to the day after; what waits now is told as it is now.
        Box.Machine.Advance(ToNextEight);
        await Box.Writes.RunAsync((context, _) =>
        {
            context.MissedRequests.AddRange(MissedRequest.NotStarted(Company, new VisitorId(6), null, MissedReason.NobodyIn, new DateOnly(2026, 3, 3), Box.Portal.Now));
            return Task.CompletedTask;
        });
        _ = await LeaveAsync("三");
        await Summaries.RunDueAsync();
        var letter = Assert.Single(await OfKindAsync(LetterKind.DailySummary));
        Assert.Equal("清风家居：2026-03-02 小结", letter.Subject);
        var figures = await Box.Portal.Get<SummaryQueries>().OfAsync(Company, day, day.AddDays(1));
        Assert.Equal((answered, missed.Count, 1, 4.0, 3), (figures.Answered, figures.Missed.Count, figures.Ratings, figures.Satisfaction, figures.NewMessages));
        Assert.Equal(missed.ByReason, figures.Missed.ByReason);
        foreach (var line in new[] { "应答：1", "错过的请求：3", "：2", "满意度：4.0 / 5（1 次评价）", "未处理的留言：3", "剩余应答：不限" }) Assert.Contains(line, letter.Plain, StringComparison.Ordinal);
        Assert.Equal(2, letter.Plain.Split("其中：").Length - 1);
        Assert.DoesNotContain("不错", letter.Plain, StringComparison.Ordinal);
        Assert.Equal((await Box.Portal.Get<OfflineQueries>().CountAsync(Company, new OfflineFilter())).New, figures.NewMessages);
        Assert.Equal(await Box.Portal.Get<PackageDesk>().EntitlementAsync(Company), figures.InForce);

        // The next letter has the request that came after midnight, and no answer.
        Box.Machine.Advance(TimeSpan.FromDays(1));
        await Summaries.RunDueAsync();
        letter = (await OfKindAsync(LetterKind.DailySummary))[^1];
        Assert.Contains("应答：0", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("错过的请求：1", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("满意度：没有评价", letter.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_comes_once_however_often_the_job_runs_and_the_portal_restarts()
    {
        await TurnOnAsync(Rule(Boss.AgentId));
        Box.Machine.Advance(ToNextEight - TimeSpan.FromTicks(1));
        await Summaries.RunDueAsync();
        Assert.Empty(await OfKindAsync(LetterKind.DailySummary));
        Box.Machine.Advance(TimeSpan.FromTicks(1));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new DailySummaryJob(Summaries).RunAsync(CancellationToken.None))));
        Assert.Single(await OfKindAsync(LetterKind.DailySummary));
        await Box.Portal.RestartAsync(TimeSpan.FromMinutes(1));
        await Summaries.RunDueAsync();
        Assert.Single(await OfKindAsync(LetterKind.DailySummary));

        // Down over two mornings: each of the days that were missed comes once, the one that still waits for its hour later.
        await Box.Portal.RestartAsync(TimeSpan.FromHours(47));
        await Summaries.RunDueAsync();
        Assert.Equal(["2026-03-02", "2026-03-03"], await DatesAsync());
        Box.Machine.Advance(TimeSpan.FromHours(1));
        await Summaries.RunDueAsync();
        Assert.Equal(["2026-03-02", "2026-03-03", "2026-03-04"], await DatesAsync());
    }

    [Fact]
    public async Task A_day_that_is_off_is_told_of_by_nobody_also_when_it_is_turned_on_afterwards()
    {
        var rule = Rule(Boss.AgentId).With(DayOfWeek.Tuesday, false);
        await TurnOnAsync(rule);
        foreach (var wait in new[] { ToNextEight, TimeSpan.FromDays(1) })
        {
            Box.Machine.Advance(wait);
            await Summaries.RunDueAsync();
        }

        Assert.Equal(["2026-03-02"], await DatesAsync());
        await TurnOnAsync(rule.With(DayOfWeek.Tuesday, true));
        await Summaries.RunDueAsync();
        Assert.Equal(["2026-03-02"], await DatesAsync());
        await TurnOnAsync(rule with { IsOn = false });
        Box.Machine.Advance(TimeSpan.FromDays(1));
        await Summaries.RunDueAsync();
        Assert.Equal(["2026-03-02"], await DatesAsync());
    }

    [Fact]
    public async Task Without_a_mail_server_or_while_suspended_it_waits_and_comes_when_letters_leave_again()
    {
        await TurnOnAsync(Rule(Boss.AgentId));
        Assert.False((await Box.Portal.Get<MailDesk>().TurnOffAsync(Boss)).IsRefused);
        Box.Machine.Advance(ToNextEight);
        await Summaries.RunDueAsync();
        Assert.Empty(await OfKindAsync(LetterKind.DailySummary));
        await Letters.MailWorksAsync(Box);
        await Box.Writes.RunAsync(async (context, token) => (await context.Companies.SingleAsync(row => row.Id == Company, token)).Suspend(Box.Portal.Now));
        await Summaries.RunDueAsync();
        Assert.Empty(await OfKindAsync(LetterKind.DailySummary));
        await Box.Writes.RunAsync(async (context, token) => (await context.Companies.SingleAsync(row => row.Id == Company, token)).Resume());
        await Summaries.RunDueAsync();
        Assert.Equal(["2026-03-02"], await DatesAsync());
    }

    private static SummaryRule Rule(params AgentId[] agents) => new(true, 8, SummaryRule.EveryDay, AgentChoice.Of(agents));

    private async Task TurnOnAsync(SummaryRule rule) => Assert.Equal(Refusal.None, (await Desk.SummarizeAsync(Boss, (await StoredAsync()).Summary, rule)).Refusal);

    private async Task<IEnumerable<string>> DatesAsync() => (await OfKindAsync(LetterKind.DailySummary)).Select(letter => letter.OnceKey!.Split(':')[2]);
}
