using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Hours;

public sealed class HoursDeskTests
{
    [Fact]
    public async Task Only_the_companys_own_administrators_set_hours_and_another_companys_group_is_unknown()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var (sales, gone) = (await firm.GroupAsync("Sales", RoutingWay.ByHand, 0), await firm.GroupAsync("Gone", RoutingWay.ByHand, 0));
        _ = await room.Groups().RemoveAsync(firm.Boss(), gone.Id);
        var times = Openings.Until(18);

        Assert.Equal(Refusal.NotAllowed, (await room.Hours().SetAsync(Team.Signed(firm, 1), null, 0, times)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await room.Hours().ChangeZoneAsync(Team.Signed(firm, 1), "Asia/Shanghai", "Europe/Berlin")).Refusal);
        // A forged signature of the other company's administrator meets the stored rows.
        Assert.Equal(Refusal.NotAllowed, (await room.Hours().SetAsync(other.Boss() with { CompanyId = firm.Id }, null, 0, times)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await room.Hours().SetAsync(other.Boss(), sales.Id, 0, times)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await room.Hours().SetAsync(firm.Boss(), gone.Id, 0, times)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await room.Hours().SetAsync(firm.Boss(), new GroupId(5), 0, times)).Refusal);
        Assert.Equal(Refusal.ChangedMeanwhile, (await room.Hours().SetAsync(firm.Boss(), null, 1, times)).Refusal);
        await using var context = room.Data.Read();
        Assert.Empty(await context.WorkingHours.ToListAsync());
        Assert.DoesNotContain(await context.Set<AuditEntry>().ToListAsync(), entry => entry.Action == AuditAction.HoursChanged);
    }

    [Fact]
    public async Task Of_two_administrators_at_once_the_second_is_refused_and_nothing_of_the_first_is_lost_also_after_a_restart()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 0);
        var holiday = Timetable.Create(Openings.Until(17).Week, [new Holiday(new(2026, 10, 1), "<b>国庆\"", []), new Holiday(new(2026, 10, 2), "", [new(600, 660), new(720, 1440)])]).Value;

        var both = await Task.WhenAll(room.Hours().SetAsync(firm.Boss(), null, 0, Openings.Until(18)), room.Hours().SetAsync(firm.Boss(), null, 0, holiday));
        Assert.Single(both, done => !done.IsRefused);
        Assert.Single(both, done => done.Refusal == Refusal.ChangedMeanwhile);
        Assert.False((await room.Hours().SetAsync(firm.Boss(), null, 1, holiday)).IsRefused);
        Assert.False((await room.Hours().SetAsync(firm.Boss(), sales.Id, 0, Openings.Until(20))).IsRefused);
        Assert.False((await room.Hours().SetAsync(firm.Boss(), sales.Id, 1, null)).IsRefused);

        await room.Data.RestartAsync();
        var sheet = await room.SheetAsync(firm.Id);
        Assert.Equal([(true, 2L), (false, 2L)], sheet.Lines.Select(line => (line.IsOwn, line.Version)));
        Assert.Equal([("<b>国庆\"", ""), ("", "10:00-11:00, 12:00-24:00")], sheet.Lines[0].Times.Holidays.Select(one => (one.Name, DaySpan.Text(one.Spans))));
        Assert.Equal("09:00-20:00", DaySpan.Text(sheet.Of(sales.Id).Times.Week[6]));
        Assert.Equal("09:00-17:00", DaySpan.Text(sheet.Hours.Of(sales.Id).SpansOf(new(2026, 3, 2))));
        var strange = await room.SheetAsync(other.Id);
        Assert.True(Assert.Single(strange.Lines).Times.IsAlways);
        Assert.True(strange.Hours.Of(sales.Id).IsAlways);
    }

    [Fact]
    public async Task What_was_changed_stands_in_the_audit_log_day_by_day()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        IReadOnlyList<DaySpan> whole = [DaySpan.WholeDay];
        await firm.OpensAsync(Timetable.Create([[], whole, whole, whole, whole, whole, whole], [new Holiday(new(2026, 10, 1), "National day", [])]).Value);
        await firm.OpensAsync(Timetable.Create([[], whole, whole, whole, whole, whole, whole], []).Value);

        await using var context = room.Data.Read();
        var entries = await context.Set<AuditEntry>().Where(entry => entry.Action == AuditAction.HoursChanged).OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal(
            [new AuditChange("HoursOwn", "-", "+"), new AuditChange("Hours1", "00:00-24:00", "-"), new AuditChange("Holiday:2026-10-01", "", "- (National day)")],
            entries[0].Changes);
        Assert.Equal([new AuditChange("Holiday:2026-10-01", "- (National day)", "")], entries[1].Changes);
    }

    [Fact]
    public async Task A_zone_counts_from_the_next_midnight_can_be_taken_back_and_is_refused_when_another_was_chosen_meanwhile()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var midnight = new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal(Refusal.TimeZoneUnknown, (await room.Hours().ChangeZoneAsync(firm.Boss(), "Asia/Shanghai", "Mars/Olympus")).Refusal);
        Assert.Equal(("Asia/Shanghai", "Asia/Shanghai", null, midnight), Facts((await room.SheetAsync(firm.Id)).Zone));

        Assert.False((await room.Hours().ChangeZoneAsync(firm.Boss(), "Asia/Shanghai", "Europe/Berlin")).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await room.Hours().ChangeZoneAsync(firm.Boss(), "Asia/Shanghai", "Asia/Tokyo")).Refusal);
        Assert.Equal(("Asia/Shanghai", "Europe/Berlin", (DateTimeOffset?)midnight, midnight), Facts((await room.SheetAsync(firm.Id)).Zone));
        Assert.False((await room.Hours().ChangeZoneAsync(firm.Boss(), "Europe/Berlin", "Asia/Shanghai")).IsRefused);
        Assert.Equal(("Asia/Shanghai", "Asia/Shanghai", null, midnight), Facts((await room.SheetAsync(firm.Id)).Zone));

        // In force, it moves the hours: 09:00 in Berlin is 08:00 UTC.
        Assert.False((await room.Hours().ChangeZoneAsync(firm.Boss(), "Asia/Shanghai", "Europe/Berlin")).IsRefused);
        await firm.OpensAsync(Openings.Until(18));
        room.Pass(TimeSpan.FromDays(1));
        var sheet = await room.SheetAsync(firm.Id);
        Assert.Equal(("Europe/Berlin", false), (sheet.Zone.InForce, sheet.Hours.IsOpen(room.Now)));
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero), sheet.Hours.NextChange(room.Now));
        // A day and more between two changes.
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 23, 0, 0, TimeSpan.Zero), sheet.Zone.NextFrom);

        static (string, string, DateTimeOffset?, DateTimeOffset) Facts(Live800.Portal.Features.Hours.ZoneFacts zone) => (zone.InForce, zone.Last, zone.LastFrom, zone.NextFrom);
    }
}
