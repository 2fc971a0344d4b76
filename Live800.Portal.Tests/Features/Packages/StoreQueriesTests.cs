using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>What the store says of a company is that company's, and trying a purchase out leaves nothing behind (rules 3.1 to 3.3, 3.11).</summary>
public sealed class StoreQueriesTests
{
    [Fact]
    public async Task Nothing_of_another_company_is_counted()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha", clicks: 0, agents: 2), await room.CompanyAsync("beta", clicks: 500, agents: 5));
        _ = await firm.EnterAsync();
        for (var i = 0; i < 5; i++) _ = await room.TalkAsync(other, await other.EnterAsync(i));

        var (own, theirs) = (await Queries(room).ReadAsync(firm.Id), await Queries(room).ReadAsync(other.Id));

        Assert.Equal((PackageKind.Free, 0L, 1, 1, 2, 0), (own.InForce.Kind, own.ClicksLeft, own.SeatsUsed, own.SeatsPeak, own.Agents, own.AnswersThisMonth));
        Assert.Equal((PackageKind.Click, 495L, 5, 5, 5, 5), (theirs.InForce.Kind, theirs.ClicksLeft, theirs.SeatsUsed, theirs.SeatsPeak, theirs.Agents, theirs.AnswersThisMonth));
    }

    [Fact]
    public async Task The_peak_is_that_of_the_last_seven_days_and_none_where_nobody_was_in()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        Assert.Null((await Queries(room).ReadAsync(firm.Id)).SeatsPeak);
        await KeepAsync(room, new SeatSample(firm.Id, room.Now.AddDays(-8), 9), new SeatSample(firm.Id, room.Now.AddDays(-7), 4), new SeatSample(firm.Id, room.Now.AddDays(-1), 3));
        var view = await Queries(room).ReadAsync(firm.Id);
        Assert.Equal((0, 4), (view.SeatsUsed, view.SeatsPeak));
    }

    [Fact]
    public async Task A_purchase_is_tried_out_beside_what_runs_and_leaves_nothing_behind()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 0);
        Assert.False((await room.Packages.BuyTermAsync(firm.Id, new OrderId(1), 5, 1, TermStart.Now)).IsRefused);
        var (more, renewal) = (OrderItem.Term(2, 1, TermStart.Now), OrderItem.Term(5, 1, TermStart.AfterCurrent));

        var beside = (await Queries(room).TryOutAsync(firm.Id, more)).Value;
        var after = (await Queries(room).TryOutAsync(firm.Id, renewal)).Value;
        var view = await Queries(room).ReadAsync(firm.Id);

        Assert.Equal((room.Now, 5L), (beside.Start, beside.SeatsBeside(more)));
        Assert.Equal((view.InForce.Until, 0L), (after.Start, after.SeatsBeside(renewal)));
        Assert.Equal(0, (await Queries(room).TryOutAsync(firm.Id, OrderItem.Click(100, 1))).Value.SeatsBeside(OrderItem.Click(100, 1)));
        Assert.Equal((5L, 5L, 1), (view.InForce.Seats, view.RenewalSeats, (await room.LedgerAsync(firm.Id)).Count));
        Assert.Equal(Refusal.TermInvalid, (await Queries(room).TryOutAsync(firm.Id, OrderItem.Term(0, 1, TermStart.Now))).Refusal);
    }

    [Fact]
    public async Task A_renewal_asks_for_the_seats_of_the_bought_term_without_those_of_the_trial()
    {
        await using var box = await AccountBox.OpenAsync();
        var queries = box.Portal.Get<StoreQueries>();
        Assert.Null((await queries.ReadAsync(box.Company.Id)).RenewalSeats);
        _ = await box.Portal.Get<PackageDesk>().BuyTermAsync(box.Company.Id, new OrderId(1), 5, 1, TermStart.Now);
        var view = await queries.ReadAsync(box.Company.Id);
        Assert.Equal((7L, 5L), (view.InForce.Seats, view.RenewalSeats));
    }

    private static StoreQueries Queries(ChatRoom room) => room.Data.Get<StoreQueries>();

    private static Task KeepAsync(ChatRoom room, params SeatSample[] samples) => room.Data.Writes.RunAsync((write, _) =>
    {
        write.AddRange(samples);
        return Task.CompletedTask;
    });
}
