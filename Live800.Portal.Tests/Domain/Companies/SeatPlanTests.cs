using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Tests.Domain.Packages;

namespace Live800.Portal.Tests.Domain.Companies;

/// <summary>Seats: S1.1, S4.5 to S4.7, rules 3.8 and 3.9.</summary>
public class SeatPlanTests
{
    private static readonly SessionId AtHome = new(Guid.NewGuid());

    [Fact]
    public void Further_tabs_of_the_same_browser_share_the_seat()
    {
        var shop = new Shop();
        Assert.Equal(Refusal.None, shop.Enter(1));
        Assert.Equal(Refusal.None, shop.Enter(1));
        Assert.Single(shop.Seats.Leases);
    }

    [Fact]
    public void Another_browser_is_asked_and_moving_ends_the_first_one_but_not_the_time_the_seat_is_held()
    {
        var shop = new Shop();
        _ = shop.Enter(1);
        var taken = shop.Now;
        shop.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(Refusal.SeatHeldElsewhere, shop.Enter(1, session: AtHome.Value));
        Assert.Equal(Refusal.None, shop.Enter(1, moveHere: true, session: AtHome.Value));
        Assert.Equal(Refusal.SeatMoved, shop.Seats.Renew(new(1), new(Shop.Session(1)), shop.Now, shop.Moments).Refusal);
        Assert.False(shop.Seats.Leave(new(1), new(Shop.Session(1))));
        Assert.False(shop.Seats.Renew(new(1), AtHome, shop.Now, shop.Moments).IsRefused);
        Assert.Equal(taken, Assert.Single(shop.Seats.Held(shop.Now, shop.Moments)).TakenAt);
    }

    [Fact]
    public void Moving_needs_no_free_seat()
    {
        var shop = new Shop();
        _ = shop.Enter(1);
        _ = shop.Enter(2);
        Assert.Equal(Refusal.None, shop.Enter(1, moveHere: true, session: AtHome.Value));
    }

    [Fact]
    public void A_lost_connection_keeps_the_seat_for_sixty_seconds()
    {
        var shop = new Shop();
        _ = shop.Enter(1);
        _ = shop.Enter(2);
        shop.Now += TimeSpan.FromSeconds(59.999);
        Assert.Equal(Refusal.SeatsFull, shop.Enter(3));
        Assert.False(shop.Seats.Renew(new(1), new(Shop.Session(1)), shop.Now, shop.Moments).IsRefused);
        shop.Now += TimeSpan.FromSeconds(0.001);
        Assert.Equal(Refusal.None, shop.Enter(3));
        Assert.Equal(Refusal.SeatLost, shop.Seats.Renew(new(2), new(Shop.Session(2)), shop.Now, shop.Moments).Refusal);
        Assert.Equal(Refusal.SeatsFull, shop.Enter(2));
    }

    [Fact]
    public void A_renewal_that_comes_late_never_shortens_the_lease()
    {
        var shop = new Shop();
        _ = shop.Enter(1);
        _ = shop.Seats.Renew(new(1), new(Shop.Session(1)), shop.Now - TimeSpan.FromSeconds(30), shop.Moments);
        Assert.Equal(shop.Now, Assert.Single(shop.Seats.Leases).RenewedAt);
    }

    [Fact]
    public void Released_by_an_administrator_the_seat_is_free_at_once()
    {
        var shop = new Shop();
        _ = shop.Enter(1);
        _ = shop.Enter(2);
        Assert.True(shop.Seats.Release(new(1)));
        Assert.False(shop.Seats.Release(new(1)));
        Assert.Equal(Refusal.SeatLost, shop.Seats.Renew(new(1), new(Shop.Session(1)), shop.Now, shop.Moments).Refusal);
        Assert.Equal(Refusal.None, shop.Enter(3));
    }

    [Fact]
    public void Time_in_which_the_server_was_down_does_not_count()
    {
        var shop = new Shop();
        _ = shop.Enter(1);
        shop.Now += TimeSpan.FromSeconds(50);
        _ = shop.Enter(2);
        var lastStored = shop.Now + TimeSpan.FromSeconds(20);
        var start = lastStored + TimeSpan.FromHours(3);
        shop.Seats.Resume(lastStored, start, shop.Moments);
        Assert.Equal([2L], shop.Seats.Held(start, shop.Moments).Select(l => l.AgentId.Value));
        Assert.Empty(shop.Seats.Held(start + TimeSpan.FromSeconds(60), shop.Moments));
    }

    [Fact]
    public void Nobody_is_surplus_while_there_are_seats_and_whoever_was_is_no_longer_when_seats_are_bought()
    {
        var shop = new Shop().Monthly(3, order: 1);
        foreach (var agent in new[] { 1, 2, 3 })
        {
            shop.Now += TimeSpan.FromSeconds(1);
            _ = shop.Enter(agent);
        }

        Assert.Empty(shop.Seats.Surplus(shop.Entitlement, shop.Now, shop.Moments));
        _ = shop.Refund(1).Value;
        _ = shop.Seats.Shrink(shop.Entitlement, new HashSet<AgentId>(), shop.Now, shop.Moments);
        Assert.NotNull(shop.Seats.HeldBy(new(3), shop.Now, shop.Moments)!.SurplusSince);
        shop.Clicks(1);
        _ = shop.Seats.Shrink(shop.Entitlement, new HashSet<AgentId>(), shop.Now, shop.Moments);
        Assert.Null(shop.Seats.HeldBy(new(3), shop.Now, shop.Moments)!.SurplusSince);
    }

    [Fact]
    public void A_look_at_the_seats_that_changes_nothing_leaves_the_version()
    {
        var shop = new Shop();
        _ = shop.Enter(1);
        var version = shop.Seats.Version;
        _ = shop.Seats.Shrink(shop.Entitlement, new HashSet<AgentId>(), shop.Now, shop.Moments);
        shop.Seats.Resume(shop.Now, shop.Now, shop.Moments);
        Assert.Equal(version, shop.Seats.Version);
        Assert.Equal(Refusal.None, shop.Enter(2));
        Assert.NotEqual(version, shop.Seats.Version);
    }

    [Fact]
    public void The_grace_is_a_setting()
    {
        var shop = new Shop();
        var quick = Moments.Default with { SeatGrace = TimeSpan.FromSeconds(5) };
        _ = shop.Enter(1);
        Assert.Empty(shop.Seats.Held(shop.Now + TimeSpan.FromSeconds(5), quick));
    }
}
