using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Domain.Packages;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>The picture says what the account says, and marks what it guesses (rules 3.1 to 3.3).</summary>
public sealed class StoreTimelineTests
{
    private static readonly PackageCatalog Catalog = new() { SeatMonth = 98_00, Packs = [new(100, 100_00), new(500, 450_00)] };

    [Fact]
    public void Monthly_then_frozen_clicks_at_the_pace_of_thirty_days_then_free()
    {
        var shop = new Shop("2026-03-02 12:00").Clicks(300).Monthly(5);
        var timeline = StoreTimeline.Of(shop.Account, shop.Rules, shop.Now, clicksPerDay: 10);
        Assert.Equal([PackageKind.Monthly, PackageKind.Click, PackageKind.Free], timeline.Spans.Select(span => span.Kind));
        Assert.Equal((300L, 5L), (timeline.Spans[0].Frozen, timeline.Spans[0].Seats));
        Assert.Equal((300L, null, true), (timeline.Spans[1].Clicks, timeline.Spans[1].Seats, timeline.Spans[1].EndIsEstimated));
        Assert.Equal(shop.At("2026-05-02 12:00"), timeline.Spans[1].To);
        Assert.Equal((2L, true, null), (timeline.Spans[2].Seats, timeline.Spans[2].StartIsEstimated, timeline.Spans[2].To));
    }

    [Fact]
    public void Without_a_pace_the_end_of_clicks_is_not_guessed()
    {
        var shop = new Shop().Clicks(300);
        var span = Assert.Single(StoreTimeline.Of(shop.Account, shop.Rules, shop.Now, clicksPerDay: null).Spans);
        Assert.Equal((PackageKind.Click, null, false), (span.Kind, span.To, span.EndIsEstimated));
    }

    [Fact]
    public void Clicks_used_between_two_terms_are_fewer_after_them()
    {
        var shop = new Shop("2026-03-01 00:00").Clicks(300).Monthly(1).Monthly(1, start: TermStart.On(new Shop().At("2026-04-11 00:00")));
        var spans = StoreTimeline.Of(shop.Account, shop.Rules, shop.Now, clicksPerDay: 10).Spans;
        Assert.Equal([PackageKind.Monthly, PackageKind.Click, PackageKind.Monthly, PackageKind.Click, PackageKind.Free], spans.Select(span => span.Kind));
        Assert.Equal((300L, 300L, 200L, 200L), (spans[0].Frozen, spans[1].Clicks, spans[2].Frozen, spans[3].Clicks));
    }

    [Fact]
    public void Overlapping_terms_stand_in_lanes_and_renewals_in_one()
    {
        var shop = new Shop("2026-03-02 12:00").Trial().Monthly(5).Monthly(5, start: TermStart.AfterCurrent);
        var timeline = StoreTimeline.Of(shop.Account, shop.Rules, shop.Now, null);
        Assert.Equal([2, 1], timeline.Lanes.Select(lane => lane.Count));
        Assert.Equal([7L, 5L, 5L, 2L], timeline.Spans.Select(span => span.Seats!.Value));
        Assert.True(timeline.To > shop.At("2026-05-02 12:00"));
        Assert.Equal((0d, 100d), (timeline.At(timeline.From), timeline.At(timeline.To)));
    }

    [Fact]
    public void A_term_of_five_years_has_room_for_its_months()
    {
        var shop = new Shop("2028-02-29 00:00").Monthly(1, months: 60);
        var timeline = StoreTimeline.Of(shop.Account, shop.Rules, shop.Now, null);
        Assert.InRange(timeline.Months.Count, 5, 9);
        Assert.True(timeline.At(shop.At("2033-02-28 00:00")) < 100);
    }

    [Theory]
    [InlineData("2026-03-01", Refusal.StartInvalid)]
    [InlineData("0001-01-01", Refusal.StartInvalid)]
    [InlineData("9999-12-31", Refusal.StartInvalid)]
    [InlineData("2026-03-02", Refusal.None)]
    [InlineData("2028-02-29", Refusal.None)]
    public void A_date_is_taken_from_today_to_two_years_ahead(string date, Refusal expected)
    {
        var shop = new Shop("2026-03-02 23:30");
        var wish = CheckoutWish.From(Catalog, "monthly", null, 5, 1, null);
        (wish.Start, wish.Date) = (WishedStart.OnDate, DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(expected, wish.Item(shop.Company.Zones.ZoneAt(shop.Now), shop.Now).Refusal);
    }

    [Fact]
    public void Today_means_at_payment_and_another_day_its_first_instant()
    {
        var shop = new Shop("2026-03-02 23:30");
        var wish = CheckoutWish.From(Catalog, "monthly", null, 5, 1, null);
        (wish.Start, wish.Date) = (WishedStart.OnDate, new DateOnly(2026, 3, 2));
        Assert.Equal(TermStart.Now, wish.Item(shop.Company.Zones.ZoneAt(shop.Now), shop.Now).Value.Start);
        wish.Date = new DateOnly(2026, 3, 5);
        Assert.Equal(shop.At("2026-03-05 00:00"), wish.Item(shop.Company.Zones.ZoneAt(shop.Now), shop.Now).Value.StartsOn);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_number_of_packs_that_cannot_be_is_refused(int? packs)
    {
        var wish = CheckoutWish.From(Catalog, "click", null, null, null, 500);
        wish.Packs = packs;
        Assert.Equal(Refusal.ClicksInvalid, wish.Item(TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch).Refusal);
    }

    [Fact]
    public void An_address_asks_only_for_what_is_on_sale()
    {
        Assert.Equal((PackageKind.Click, 100), (CheckoutWish.From(Catalog, "click", null, null, null, 7).Kind, CheckoutWish.From(Catalog, "click", null, null, null, 7).PackSize));
        Assert.Equal(PackageKind.Monthly, CheckoutWish.From(Catalog with { Packs = [] }, "click", null, null, null, null).Kind);
        Assert.Equal(PackageKind.Click, CheckoutWish.From(Catalog with { SeatMonth = null }, "monthly", null, null, null, null).Kind);
    }
}
