using System.Net.Mime;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Jobs;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Live800.Portal.Tests.Features.CompanyMail;

/// <summary>One letter about each week (rules 1 and 6): to whom it may not go first, then once, with the figures of the pages. It is noon of Monday the 2nd of March in Shanghai.</summary>
public sealed class WeeklyReportTests : MailRoom
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    // Eight in the morning of the next Monday.
    private static readonly TimeSpan ToNextMonday = TimeSpan.FromHours(20 + (6 * 24));

    private WeeklyReport Reports => Box.Portal.Get<WeeklyReport>();

    [Fact]
    public async Task Without_the_right_with_nobody_or_with_a_stranger_nothing_is_chosen()
    {
        var (_, theirs) = await Box.AnotherCompanyAsync();
        Assert.Equal(Refusal.AgentUnknown, (await Desk.ReportAsync(Boss, ReportRule.Off, Rule(Boss.AgentId, theirs.AgentId))).Refusal);
        Assert.Equal(Refusal.NobodyChosen, (await Desk.ReportAsync(Boss, ReportRule.Off, Rule())).Refusal);
        Assert.Equal(Refusal.InputInvalid, (await Desk.ReportAsync(Boss, ReportRule.Off, Rule(Boss.AgentId) with { Hour = 24 })).Refusal);
        var chen = await ColleagueAsync("chenzy");
        Assert.Equal(Refusal.NotAllowed, (await Desk.ReportAsync(Boss with { AgentId = chen }, ReportRule.Off, Rule(chen))).Refusal);
        Assert.Equal(ReportRule.Off, (await StoredAsync()).Report);
        await TurnOnAsync(Rule(Boss.AgentId));
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.ReportAsync(Boss, ReportRule.Off, Rule(Boss.AgentId) with { Hour = 9 })).Refusal);
        await TurnOnAsync(Rule(Boss.AgentId) with { Weekday = DayOfWeek.Sunday, Hour = 20 });
        await using var context = Box.Portal.Read();
        var entries = await context.Set<AuditEntry>().Where(entry => entry.Action == AuditAction.WeeklyReportChanged).OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal(["ReportOn, ReportTo", "ReportDay, ReportHour"], entries.Select(entry => string.Join(", ", entry.Changes.Select(change => change.What))));
        Assert.Equal(["1>7", "8:00>20:00"], entries[1].Changes.Select(change => $"{change.Before}>{change.After}"));
    }

    [Fact]
    public async Task Whoever_is_disabled_not_proved_without_the_right_or_not_chosen_gets_none_and_each_reads_his_language()
    {
        var chen = await ColleagueAsync("chenzy");
        var gone = await ColleagueAsync("gone", administrator: true);
        var open = await ColleagueAsync("open", administrator: true, isProved: false);
        _ = await ColleagueAsync("other", administrator: true);
        var kate = await ColleagueAsync("kate");
        await Box.Writes.RunAsync(async (context, token) =>
        {
            _ = context.Add(PermissionTemplate.Make(Company, new AgentRole(1000), "看统计", PermissionSet.Of(Permission.Statistics)).Value);
            var agent = await context.Agents.SingleAsync(row => row.Id == kate, token);
            Assert.False(agent.Become(new AgentRole(1000), 1).IsRefused);
            agent.Speak("en");
        });
        await TurnOnAsync(Rule(chen, gone, open, kate, Boss.AgentId));
        Assert.False((await Box.Roster.DisableAsync(Boss, gone)).IsRefused);
        _ = await SeeAsync("203.0.113.5", "https://www.baidu.com/s?wd=table");
        Box.Machine.Advance(ToNextMonday);
        await Reports.RunDueAsync();
        var letters = (await OfKindAsync(LetterKind.WeeklyReport)).ToDictionary(letter => letter.To);
        Assert.Equal(["kate@example.com", "linxiao@example.com"], letters.Keys.Order());
        var (chinese, english) = (letters["linxiao@example.com"], letters["kate@example.com"]);
        Assert.Equal(("清风家居：2026-03-02 ~ 2026-03-08 每周报告", "清风家居: report of the week 2026-03-02 ~ 2026-03-08"), (chinese.Subject, english.Subject));
        foreach (var line in (string[])["访问：1（前一周 0）", "访客：1（前一周 0）", "应答：0（前一周 0）", "首次回复（中位数）：–（前一周 –）", "满意率：–", "周一 03-02 1（前一周 0）；周二 03-03 0", "访问最多的一小时：周一 12:00", "百度：1（前一周 0）", "Oak：1"])
            Assert.Contains(line, chinese.Plain, StringComparison.Ordinal);
        foreach (var line in (string[])["Visits: 1 (week before 0)", "First reply (median): –", "Mon 03-02 1 (week before 0); Tue 03-03 0", "Hour with most visits: Mon 12:00", "Baidu: 1"])
            Assert.Contains(line, english.Plain, StringComparison.Ordinal);
        Assert.DoesNotMatch("[\\u4e00-\\u9fff]", english.Plain.Replace("清风家居", "", StringComparison.Ordinal));
        // How to be rid of it: whoever may change it is told where, everybody else whom to ask.
        Assert.Contains("要更改或停止：http", chinese.Plain, StringComparison.Ordinal);
        Assert.Equal("/company/mail", Letters.LinkOf(chinese, "/company/mail"));
        Assert.Contains("To change or stop it, ask ", english.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("gone", english.Plain, StringComparison.Ordinal);
        Assert.Equal(chinese.Picture, english.Picture);
    }

    [Fact]
    public async Task The_letter_says_what_the_pages_say_of_that_week()
    {
        await TurnOnAsync(Rule(Boss.AgentId));
        var site = new TestSite(Company, Box.Company.Code, Boss.AgentId, Boss.SessionId);
        await Box.Portal.SeatAsync(site);
        var visitor = await SeeAsync("203.0.113.5", "");
        var talk = new ConversationId((long)(await visitor.SayAsync("在吗"))["c"]!);
        Assert.False((await Box.Portal.Desk.AcceptAsync(Company, Boss.AgentId, Boss.SessionId, talk)).Outcome.IsRefused);
        Box.Machine.Advance(TimeSpan.FromSeconds(42));
        Assert.False((await Box.Portal.Desk.AgentSaysAsync(Company, Boss.AgentId, Boss.SessionId, talk, Guid.NewGuid(), "在的")).IsRefused);
        await using (var context = Box.Portal.Read())
        {
            var rater = (await context.Conversations.SingleAsync(row => row.Id == talk)).VisitorId;
            Assert.False((await Box.Portal.Desk.RateAsync(Company, rater, talk, Guid.NewGuid(), 5, "好")).IsRefused);
        }

        await Box.Writes.RunAsync((context, _) =>
        {
            context.MissedRequests.AddRange(MissedRequest.NotStarted(Company, new VisitorId(6), null, MissedReason.NobodyIn, new DateOnly(2026, 3, 3), Box.Portal.Now));
            context.MissedRequests.AddRange(MissedRequest.NotStarted(Company, new VisitorId(7), null, MissedReason.NobodyIn, new DateOnly(2026, 3, 1), Box.Portal.Now.AddHours(-13)));
            return Task.CompletedTask;
        });
        Box.Machine.Advance(ToNextMonday);
        await Reports.RunDueAsync();
        var letter = Assert.Single(await OfKindAsync(LetterKind.WeeklyReport));
        foreach (var line in (string[])["应答：1（前一周 0）", "错过的请求：1（前一周 1，0.0%）", "首次回复（中位数）：0:42（前一周 –）", "满意率：100%（前一周 –）", "直接访问：1"]) Assert.Contains(line, letter.Plain, StringComparison.Ordinal);
        Assert.Contains("/statistics?from=2026-03-02&until=2026-03-08\n", letter.Plain, StringComparison.Ordinal);
        foreach (var said in (string[])["在吗", "在的", "好"]) Assert.DoesNotContain($">{said}<", letter.Html, StringComparison.Ordinal);

        var (week, zones) = (StatisticsPeriod.Of(Monday, Monday.AddDays(6))!.Value, Box.Company.Zones);
        var told = await Box.Portal.Get<ReportQueries>().OfAsync(Company, Monday, zones);
        var traffic = await Box.Portal.Get<RollupReader>().TrafficAsync(Company, week, StatisticsUnit.Day, zones);
        Assert.Equal((traffic.Whole.Visits, traffic.Whole.Visitors, traffic.Whole.Views), (told.Now.Visits, told.Now.Visitors, told.Now.Views));
        Assert.Equal(traffic.Steps.Select(step => (step.Day, step.Sums.Visits)), told.Days.Select(day => (day.Date, day.Visits)));
        Assert.Equal((await Box.Portal.Get<MissedStatistics>().MissedAsync(Company, week, StatisticsUnit.Day, zones)).Count, told.Now.Missed);
    }

    [Fact]
    public async Task It_comes_once_however_often_the_job_runs_and_the_portal_restarts_and_after_weeks_down_one_comes()
    {
        await TurnOnAsync(Rule(Boss.AgentId));
        Box.Machine.Advance(ToNextMonday - TimeSpan.FromTicks(1));
        await Reports.RunDueAsync();
        Assert.Empty(await OfKindAsync(LetterKind.WeeklyReport));
        Box.Machine.Advance(TimeSpan.FromTicks(1));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new WeeklyReportJob(Reports).RunAsync(CancellationToken.None))));
        Assert.Equal(["2026-03-02"], await WeeksAsync());
        await Box.Portal.RestartAsync(TimeSpan.FromMinutes(1));
        await Reports.RunDueAsync();
        Assert.Equal(["2026-03-02"], await WeeksAsync());
        await Box.Portal.RestartAsync(TimeSpan.FromDays(24));
        await Reports.RunDueAsync();
        await Reports.RunDueAsync();
        Assert.Equal(["2026-03-02", "2026-03-23"], await WeeksAsync());
        Assert.Equal(new DateOnly(2026, 3, 23), (await StoredAsync()).ReportUpTo);
    }

    [Fact]
    public async Task A_company_without_anything_is_told_so_and_gets_no_picture_of_nothing()
    {
        await TurnOnAsync(Rule(Boss.AgentId));
        Box.Machine.Advance(ToNextMonday);
        await Reports.RunDueAsync();
        var letter = Assert.Single(await OfKindAsync(LetterKind.WeeklyReport));
        Assert.Contains("这一周和前一周都没有访问，也没有对话", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("/company/installation\n", letter.Plain, StringComparison.Ordinal);
        Assert.Null(letter.Picture);
        Assert.DoesNotContain("<img", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("页面浏览", letter.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_mail_server_or_while_suspended_it_waits_and_comes_when_letters_leave_again()
    {
        await TurnOnAsync(Rule(Boss.AgentId));
        Assert.False((await Box.Portal.Get<MailDesk>().TurnOffAsync(Boss)).IsRefused);
        Box.Machine.Advance(ToNextMonday);
        await Reports.RunDueAsync();
        Assert.Empty(await WeeksAsync());
        await Letters.MailWorksAsync(Box);
        await Box.Writes.RunAsync(async (context, token) => (await context.Companies.SingleAsync(row => row.Id == Company, token)).Suspend(Box.Portal.Now));
        await Reports.RunDueAsync();
        Assert.Empty(await WeeksAsync());
        await Box.Writes.RunAsync(async (context, token) => (await context.Companies.SingleAsync(row => row.Id == Company, token)).Resume());
        Box.Machine.Advance(TimeSpan.FromDays(3));
        await Reports.RunDueAsync();
        Assert.Equal(["2026-03-02"], await WeeksAsync());
    }

    [Fact]
    public async Task The_picture_travels_inside_the_letter_under_its_own_name_and_is_forgotten_once_it_has_left()
    {
        await TurnOnAsync(Rule(Boss.AgentId));
        _ = await SeeAsync("203.0.113.5", "");
        Box.Machine.Advance(ToNextMonday);
        await Reports.RunDueAsync();
        var letter = Assert.Single(await OfKindAsync(LetterKind.WeeklyReport));
        using var stream = new MemoryStream();
        await MailPost.Message(letter, "service@example.com", "客服", Box.Portal.Now).WriteToAsync(stream);
        stream.Position = 0;
        var read = await MimeMessage.LoadAsync(stream);
        var picture = Assert.Single(read.BodyParts.OfType<MimePart>(), part => part.ContentType.MimeType == MediaTypeNames.Image.Png);
        Assert.Equal($"picture.{letter.MessageKey}@example.com", picture.ContentId);
        Assert.Contains($"src=\"cid:{picture.ContentId}\"", read.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("alt=\"周一 03-02 1（前一周 0）；", read.HtmlBody, StringComparison.Ordinal);
        using var content = new MemoryStream();
        await picture.Content!.DecodeToAsync(content);
        Assert.Equal(letter.Picture, content.ToArray());
        Assert.InRange(content.Length, 100, WeekPicture.MostBytes);
        Assert.DoesNotContain("cid:", read.TextBody, StringComparison.Ordinal);
        letter.Leave(LetterState.Sent, Box.Portal.Now);
        Assert.Null(letter.Picture);
    }

    private static ReportRule Rule(params AgentId[] agents) => ReportRule.Off with { IsOn = true, Chosen = AgentChoice.Of(agents) };

    private async Task TurnOnAsync(ReportRule rule) => Assert.Equal(Refusal.None, (await Desk.ReportAsync(Boss, (await StoredAsync()).Report, rule)).Refusal);

    private async Task<IEnumerable<string>> WeeksAsync() => (await OfKindAsync(LetterKind.WeeklyReport)).Select(letter => letter.OnceKey!.Split(':')[2]);

    private async Task<TestVisitor> SeeAsync(string line, string referrer)
    {
        var visitor = new TestVisitor(Box.Portal.Client(line), Box.Company.Code, "p1");
        _ = await visitor.ViewAsync("https://shop.example/oak", "Oak", referrer);
        return visitor;
    }
}
