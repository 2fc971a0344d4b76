using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class ClockCheckTests
{
    [Theory]
    [InlineData(-3 * 24 * 3600, FindingLevel.Wrong, "3 days behind")]
    [InlineData(-61, FindingLevel.Wrong, "61 seconds behind")]
    [InlineData(-30, FindingLevel.Warning, "30 seconds behind")]
    [InlineData(0, FindingLevel.Ok, "Asia/Shanghai")]
    [InlineData(3600, FindingLevel.Ok, "Asia/Shanghai")]
    public async Task A_clock_behind_what_is_stored_is_told(int seconds, FindingLevel level, string words)
    {
        await using var room = await DataRoom.OpenAsync();
        _ = await room.Writes.RunRawAsync(_ => true);
        var stored = await StoredSettings.ReadAsync(room.Get<Live800.Portal.Data.PortalFiles>(), isServed: true);
        var finding = Assert.Single(ClockCheck.Look(stored.Clock, DataRoom.Noon.AddSeconds(seconds), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")));
        Assert.Equal(level, finding.Level);
        Assert.Contains(words, finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_was_turned_forward_is_told_and_is_not_behind()
    {
        await using var room = await DataRoom.OpenAsync();
        room.Clock.ShiftForward(TimeSpan.FromDays(30));
        _ = await room.Writes.RunRawAsync(_ => true);
        var stored = await StoredSettings.ReadAsync(room.Get<Live800.Portal.Data.PortalFiles>(), isServed: true);
        var findings = ClockCheck.Look(stored.Clock, DataRoom.Noon, TimeZoneInfo.Utc);
        Assert.Equal([FindingLevel.Ok, FindingLevel.Warning], findings.Select(finding => finding.Level));
        Assert.Contains("30 days forward", findings[1].Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_portal_only_time_and_zone_are_told() => Assert.Equal(FindingLevel.Ok, Assert.Single(ClockCheck.Look(null, DataRoom.Noon, TimeZoneInfo.Utc)).Level);
}
