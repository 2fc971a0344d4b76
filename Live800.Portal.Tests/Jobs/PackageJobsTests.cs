using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Jobs;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Features.Packages;

namespace Live800.Portal.Tests.Jobs;

/// <summary>Rule 3.12: the jobs only record; each transition once, in order, whatever happened to the process.</summary>
public class PackageJobsTests
{
    [Fact]
    public async Task Each_companys_own_midnight_is_recorded_once()
    {
        await using var room = await PackageRoom.OpenAsync();
        var shanghai = await room.RegisterAsync("qingfeng", withTrial: false);
        var kathmandu = await room.RegisterAsync("lantian", withTrial: false, zone: "Asia/Kathmandu");
        var job = room.Data.Get<DailyQuotaJob>();

        // From 23:30 in Shanghai five minutes at a time over both midnights of two days.
        var recorded = 0;
        room.Data.Machine.Advance(TimeSpan.FromHours(11.5));
        for (var minute = 0; minute < 27 * 60; minute += 5)
        {
            room.Data.Machine.Advance(TimeSpan.FromMinutes(5));
            recorded += await job.RunAsync(default);
        }

        Assert.Equal(4, recorded);
        Assert.Equal(["2026-03-02T16:00:00", "2026-03-03T16:00:00"], (await room.RecordedAsync(shanghai)).Select(t => $"{t.At:s}"));
        Assert.Equal(["2026-03-02T18:15:00", "2026-03-03T18:15:00"], (await room.RecordedAsync(kathmandu)).Select(t => $"{t.At:s}"));
        Assert.All(await room.RecordedAsync(shanghai), t => Assert.InRange(t.RecordedAt - t.At, TimeSpan.Zero, TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task After_downtime_everything_missed_is_recorded_in_order_and_once_and_the_result_is_the_same_as_without()
    {
        await using var up = await PackageRoom.OpenAsync();
        await using var down = await PackageRoom.OpenAsync();
        var companies = new List<CompanyId>();
        foreach (var room in new[] { up, down })
        {
            var company = await room.RegisterAsync("qingfeng");
            _ = await room.Desk.BuyTermAsync(company, new OrderId(2), 5, 1, TermStart.AfterCurrent);
            _ = await room.Desk.BuyClicksAsync(company, new OrderId(3), 3);
            companies.Add(company);
            await RunAllAsync(room);
        }

        for (var hour = 0; hour < 24 * 60; hour += 8)
        {
            up.Data.Machine.Advance(TimeSpan.FromHours(8));
            await RunAllAsync(up);
        }

        await down.Data.RestartAsync(downtime: TimeSpan.FromHours(24 * 60));
        await RunAllAsync(down);
        await RunAllAsync(down);

        var always = (await up.RecordedAsync(companies[0])).ConvertAll(t => $"{t.Kind} {t.At:s}");
        var caughtUp = (await down.RecordedAsync(companies[1])).ConvertAll(t => $"{t.Kind} {t.At:s}");
        Assert.Equal(always, caughtUp);
        Assert.Equal(60, always.Count(t => t.StartsWith("DailyQuotaReset", StringComparison.Ordinal)));
        Assert.Contains("TrialEnded 2026-03-09T04:00:00", always);
        Assert.Contains("TermStarted 2026-03-09T04:00:00", always);
        Assert.Contains("TermEnded 2026-04-09T04:00:00", always);
        Assert.Contains("EndsIn3Days 2026-04-06T04:00:00", always);
        foreach (var (room, company) in new[] { (up, companies[0]), (down, companies[1]) })
        {
            var entitlement = await room.Desk.EntitlementAsync(company);
            Assert.Equal((PackageKind.Click, 3L), (entitlement.Kind, entitlement.AnswersLeft));
            Assert.Equal(0, (await room.VerifyAsync()).Exit);
        }
    }

    [Fact]
    public async Task Two_sweeps_at_once_record_each_transition_once()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        room.Data.Machine.Advance(TimeSpan.FromDays(10));
        var recorder = room.Data.Get<TransitionRecorder>();
        var all = Enum.GetValues<TransitionKind>();

        var sweeps = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => recorder.RecordAsync(all))));

        var rows = await room.RecordedAsync(company);
        Assert.Equal(rows.Count, sweeps.Sum(s => s.Count));
        Assert.Equal(10, rows.Count(t => t.Kind == TransitionKind.DailyQuotaReset));
        _ = Assert.Single(rows, t => t.Kind == TransitionKind.TrialEnded);
    }

    [Fact]
    public async Task Open_pages_are_told_once_per_transition_and_only_of_their_company()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        var other = await room.RegisterAsync("lantian", withTrial: false);
        var heard = new List<PortalTopic>();
        var heardByOther = new List<PortalTopic>();
        using var us = room.Data.Get<PortalEvents>().Subscribe(company, e => heard.Add(e.Topic));
        using var them = room.Data.Get<PortalEvents>().Subscribe(other, e => heardByOther.Add(e.Topic));
        room.Data.Machine.Advance(TimeSpan.FromDays(7));

        Assert.Equal(1, await room.Data.Get<TrialEndJob>().RunAsync(default));
        Assert.Equal(0, await room.Data.Get<TrialEndJob>().RunAsync(default));

        Assert.Equal([PortalTopic.Entitlement, PortalTopic.Seats], heard);
        Assert.Empty(heardByOther);
    }

    [Fact]
    public async Task The_jobs_decide_nothing_a_company_whose_jobs_never_ran_is_entitled_all_the_same()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        room.Data.Machine.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        Assert.Equal(PackageKind.Monthly, (await room.Desk.EntitlementAsync(company)).Kind);
        room.Data.Machine.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(PackageKind.Free, (await room.Desk.EntitlementAsync(company)).Kind);
        Assert.Empty(await room.RecordedAsync(company));
    }

    [Fact]
    public async Task Fewer_seats_are_announced_a_day_and_an_hour_ahead()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        _ = await room.Desk.BuyTermAsync(company, new OrderId(2), 5, 1, TermStart.Now);
        room.Data.Machine.Advance(TimeSpan.FromDays(31));
        await RunAllAsync(room);
        Assert.Equal(
            [
                "TermStarted 2026-03-02T04:00:00", "EndsIn7Days 2026-03-26T04:00:00", "EndsIn3Days 2026-03-30T04:00:00",
                "EndsIn1Day 2026-04-01T04:00:00", "SeatsShrinkIn24Hours 2026-04-01T04:00:00", "SeatsShrinkIn1Hour 2026-04-02T03:00:00", "TermEnded 2026-04-02T04:00:00",
            ],
            (await room.RecordedAsync(company)).Where(t => t.Kind != TransitionKind.DailyQuotaReset).Select(t => $"{t.Kind} {t.At:s}"));
    }

    private static async Task RunAllAsync(PackageRoom room)
    {
        _ = await room.Data.Get<DailyQuotaJob>().RunAsync(default);
        _ = await room.Data.Get<PackageExpiryJob>().RunAsync(default);
        _ = await room.Data.Get<TrialEndJob>().RunAsync(default);
    }
}
