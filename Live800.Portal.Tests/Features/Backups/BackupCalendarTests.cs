using System.Globalization;
using Live800.Portal.Features.Backups;

namespace Live800.Portal.Tests.Features.Backups;

/// <summary>When a backup is due, and which ones stay.</summary>
public sealed class BackupCalendarTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-03-02T19:29:59Z", "2026-03-01T19:30:00Z", "2026-03-02T19:30:00Z")]
    [InlineData("2026-03-02T19:30:00Z", "2026-03-02T19:30:00Z", "2026-03-03T19:30:00Z")]
    [InlineData("2026-03-03T15:59:59Z", "2026-03-02T19:30:00Z", "2026-03-03T19:30:00Z")]
    [InlineData("2026-03-03T16:00:00Z", "2026-03-02T19:30:00Z", "2026-03-03T19:30:00Z")]
    public void It_is_due_at_the_wall_clocks_time(string now, string last, string next)
    {
        Assert.Equal(At(last), BackupCalendar.LastDue(At(now), Shanghai, 210));
        Assert.Equal(At(next), BackupCalendar.NextDue(At(now), Shanghai, 210));
    }

    [Fact]
    public void Where_the_clock_goes_forward_over_it_it_is_due_after_the_gap_and_where_it_goes_back_once()
    {
        // 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC. 25 October: 03:00 becomes 02:00 at 01:00 UTC.
        Assert.Equal(At("2026-03-29T01:00:00Z"), BackupCalendar.LastDue(At("2026-03-29T12:00:00Z"), Berlin, 150));
        var october = BackupCalendar.LastDue(At("2026-10-25T12:00:00Z"), Berlin, 150);
        Assert.Equal(October(), october);
        Assert.Equal(october, BackupCalendar.LastDue(At("2026-10-26T01:29:59Z"), Berlin, 150));

        static DateTimeOffset October() => new(new DateTime(2026, 10, 25, 2, 30, 0), TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(7, 4)]
    [InlineData(1, 0)]
    [InlineData(3, 10)]
    [InlineData(90, 104)]
    public void Over_a_year_of_days_the_last_of_so_many_days_and_weeks_are_there(int daily, int weekly)
    {
        var kept = new List<DateTimeOffset>();
        var start = At("2026-01-01T19:30:05Z");
        for (var day = 0; day < 366; day++)
        {
            var now = start.AddDays(day);
            // Some days have two, as when somebody took one by hand.
            if (day % 5 == 0) kept.Add(now.AddHours(-1));
            kept.Add(now);
            foreach (var old in BackupCalendar.ToDelete(kept, Shanghai, daily, weekly)) Assert.True(kept.Remove(old));

            Assert.Equal(now, kept.Max());
            for (var back = 0; back < Math.Min(daily, day + 1); back++) Assert.Contains(now.AddDays(-back), kept);
            // The week's last is Sunday's, by Shanghai's calendar.
            var local = TimeZoneInfo.ConvertTime(now, Shanghai).Date;
            var sunday = now.AddDays(-(int)local.DayOfWeek);
            var running = local.DayOfWeek == DayOfWeek.Sunday ? 0 : 1;
            for (var back = 0; back < weekly - running && sunday.AddDays(-7 * back) >= start; back++) Assert.Contains(sunday.AddDays(-7 * back), kept);
            Assert.InRange(kept.Count, 1, daily + weekly);
        }
    }

    [Fact]
    public void Of_none_none_goes_and_the_newest_never_does()
    {
        Assert.Empty(BackupCalendar.ToDelete([], Shanghai, 7, 4));
        Assert.Empty(BackupCalendar.ToDelete([At("2020-01-01T00:00:00Z")], Shanghai, 1, 0));
        Assert.Equal([At("2020-01-01T00:00:00Z")], BackupCalendar.ToDelete([At("2020-01-01T00:00:00Z"), At("2026-01-01T00:00:00Z")], Shanghai, 1, 0));
    }

    [Theory]
    [InlineData("live800-portal-20260302T193000Z.zip", "2026-03-02T19:30:00Z")]
    [InlineData("live800-portal-20260302T193000Z.zip.part", null)]
    [InlineData("live800-portal-20261302T193000Z.zip", null)]
    [InlineData("live800-portal-20260302T193000Z (1).zip", null)]
    [InlineData("backup.zip", null)]
    [InlineData("", null)]
    public void A_name_carries_the_instant_or_is_none(string name, string? at)
    {
        Assert.Equal(at is null ? null : At(at), BackupName.Read(name));
        if (at is not null) Assert.Equal(name, BackupName.Of(At(at)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
