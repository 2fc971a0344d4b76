using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Tests.Domain.Packages;

namespace Live800.Portal.Tests.Domain.Companies;

/// <summary>The company's day and its time zones (rule 3.5).</summary>
public class ZoneHistoryTests
{
    [Fact]
    public void An_unknown_zone_is_refused_and_changes_nothing()
    {
        var shop = new Shop();
        Assert.Equal(Refusal.TimeZoneUnknown, shop.Company.ChangeZone("Mars/Olympus", shop.Now).Refusal);
        Assert.Equal(Refusal.TimeZoneUnknown, shop.Company.ChangeZone("", shop.Now).Refusal);
        Assert.Single(shop.Company.ZoneChanges);
        Assert.Equal(Refusal.TimeZoneUnknown, Company.Register(new(1), "qingfeng", "清风", "../etc/passwd", shop.Now).Refusal);
    }

    [Fact]
    public void A_new_zone_counts_from_the_next_midnight_of_the_old_one()
    {
        var shop = new Shop("2026-03-02 12:00");
        _ = shop.Company.ChangeZone("Europe/Berlin", shop.Now);
        Assert.Equal(shop.At("2026-03-03 00:00"), shop.Company.ZoneChanges[1].From);
        Assert.Equal("Asia/Shanghai", shop.Company.Zones.ZoneAt(shop.At("2026-03-02 23:59:59")).Id);
        Assert.Equal("Europe/Berlin", shop.Company.Zones.ZoneAt(shop.At("2026-03-03 00:00")).Id);
    }

    [Fact]
    public void Moving_west_gives_no_second_set_of_free_answers()
    {
        // Shanghai's midnight is five in the afternoon of the same day in Berlin: the day goes on until Berlin's midnight.
        var shop = new Shop("2026-03-02 12:00").Accepts(5);
        _ = shop.Company.ChangeZone("Europe/Berlin", shop.Now);
        Assert.Equal(shop.At("2026-03-03 07:00"), shop.Entitlement.NextMidnight);
        Assert.Equal(Refusal.NoAnswersLeft, shop.On("2026-03-03 00:00").Accept());
        Assert.Equal(Refusal.NoAnswersLeft, shop.On("2026-03-03 06:59").Accept());
        Assert.Equal(Refusal.None, shop.On("2026-03-03 07:00").Accept());
    }

    [Fact]
    public void Moving_east_starts_the_new_day_at_the_change()
    {
        var shop = new Shop("2026-03-02 12:00", "America/New_York").Accepts(5);
        _ = shop.Company.ChangeZone("Asia/Shanghai", shop.Now);
        Assert.Equal(shop.At("2026-03-03 00:00"), shop.Entitlement.NextMidnight);
        Assert.Equal(Refusal.None, shop.On("2026-03-03 00:00").Accept());
        Assert.Equal(new DateOnly(2026, 3, 3), shop.Company.Zones.DateAt(shop.Now));
    }

    [Fact]
    public void The_next_change_comes_24_hours_after_the_last_one_counted_at_the_earliest()
    {
        var shop = new Shop("2026-03-02 12:00");
        _ = shop.Company.ChangeZone("Europe/Berlin", shop.Now);
        shop.On("2026-03-03 01:00");
        _ = shop.Company.ChangeZone("Asia/Tokyo", shop.Now);
        // 24 hours later is 17:00 on the 3rd in Berlin; its next midnight is the 4th, 07:00 in Shanghai.
        Assert.Equal(shop.At("2026-03-04 07:00"), shop.Company.ZoneChanges[2].From);
    }

    [Fact]
    public void A_change_that_lies_ahead_is_replaced_and_the_zone_in_force_takes_it_back()
    {
        var shop = new Shop("2026-03-02 12:00");
        _ = shop.Company.ChangeZone("Europe/Berlin", shop.Now);
        _ = shop.Company.ChangeZone("Asia/Tokyo", shop.Now);
        Assert.Equal(["Asia/Shanghai", "Asia/Tokyo"], shop.Company.ZoneChanges.Select(c => c.ZoneId));
        _ = shop.Company.ChangeZone("Asia/Shanghai", shop.Now);
        Assert.Single(shop.Company.ZoneChanges);
    }

    [Fact]
    public void Ends_already_bought_do_not_move_with_the_zone()
    {
        var shop = new Shop("2026-01-31 09:00").Monthly(2);
        var end = shop.Entitlement.Until;
        _ = shop.Company.ChangeZone("America/New_York", shop.Now);
        shop.On("2026-02-10 00:00");
        Assert.Equal(end, shop.Entitlement.Until);
    }

    [Theory]
    [InlineData("America/Santiago", "2026-09-06 12:00", "2026-09-07T03:00:00")]
    [InlineData("America/Santiago", "2026-09-05 12:00", "2026-09-06T04:00:00")]
    [InlineData("America/Havana", "2026-11-01 12:00", "2026-11-02T05:00:00")]
    [InlineData("Asia/Kathmandu", "2026-03-02 12:00", "2026-03-02T18:15:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-05 12:00", "2026-04-05T13:30:00")]
    public void Midnight_is_the_first_instant_of_the_next_date_where_clocks_change_too(string zone, string now, string midnight)
    {
        var shop = new Shop(now, zone);
        Assert.Equal(midnight, $"{shop.Entitlement.NextMidnight.UtcDateTime:s}");
    }

    [Fact]
    public void A_skipped_time_becomes_the_next_valid_instant_and_a_doubled_one_the_first()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Assert.Equal("2026-03-29T01:00:00", $"{LocalCalendar.InstantOf(new DateTime(2026, 3, 29, 2, 30, 0), berlin).UtcDateTime:s}");
        Assert.Equal("2026-10-25T00:30:00", $"{LocalCalendar.InstantOf(new DateTime(2026, 10, 25, 2, 30, 0), berlin).UtcDateTime:s}");
        // Chile turns its clocks back at midnight: the last instant before it comes twice as well, to the tick.
        var lastBefore = new DateTime(2028, 4, 2).AddTicks(-1);
        Assert.Equal(
            new DateTime(2028, 4, 2, 3, 0, 0).AddTicks(-1),
            LocalCalendar.InstantOf(lastBefore, TimeZoneInfo.FindSystemTimeZoneById("America/Santiago")).UtcDateTime);
        var santiago = TimeZoneInfo.FindSystemTimeZoneById("America/Santiago");
        Assert.Equal("2026-09-06T04:00:00", $"{LocalCalendar.StartOfDay(new DateOnly(2026, 9, 6), santiago).UtcDateTime:s}");
    }
}
