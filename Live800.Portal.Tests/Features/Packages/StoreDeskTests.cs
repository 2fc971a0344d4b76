using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>Rules 3 and 3.11: the operator's figures, catalogue and seller.</summary>
public sealed class StoreDeskTests
{
    [Fact]
    public async Task Only_the_operator_changes_the_store_and_what_makes_no_sense_leaves_no_trace()
    {
        await using var box = await AccountBox.OpenAsync();
        _ = await box.AgentAsync("zhoumin", administrator: true);
        var forged = await box.SignInAsync("zhoumin") with { IsPlatformOperator = true };
        var (store, before) = (box.Portal.Get<StoreDesk>(), box.Portal.Get<StoreBoard>().Terms);
        Assert.Equal(Refusal.NotAllowed, (await store.ChooseFiguresAsync(forged, new PackageFigures { FreeSeats = 3 }, before)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await store.ChooseCatalogAsync(forged, new PackageCatalog { SeatMonth = 1 }, before)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await store.SellAsync(forged, "我", "给我", before)).Refusal);

        foreach (var figures in new PackageFigures[] { new() { FreeAnswersPerDay = -1 }, new() { FreeSeats = int.MaxValue }, new() { FreeAgentAccounts = 0 }, new() { AgentAccountsPerSeat = 0 }, new() { TrialDays = 0 }, new() { TrialDays = 367 }, new() { TrialSeats = 0 } })
            Assert.Equal(Refusal.FiguresInvalid, (await store.ChooseFiguresAsync(box.Administrator, figures, before)).Refusal);
        foreach (var catalog in new PackageCatalog[] { new() { SeatMonth = 0 }, new() { SeatMonth = long.MaxValue }, new() { Currency = "" }, new() { Packs = [new(100, 0)] }, new() { Packs = [new(100, 1), new(100, 2)] } })
            Assert.Equal(Refusal.CatalogInvalid, (await store.ChooseCatalogAsync(box.Administrator, catalog, before)).Refusal);
        foreach (var seller in new[] { null, "", " ", "\u200b", new string('长', 65) })
            Assert.Equal(Refusal.SellerInvalid, (await store.SellAsync(box.Administrator, seller, "户名", before)).Refusal);
        Assert.Equal(Refusal.TextTooLong, (await store.SellAsync(box.Administrator, "青木", new string('长', 4_001), before)).Refusal);

        Assert.Equal(before, box.Portal.Get<StoreBoard>().Read());
        Assert.Equal([AuditAction.SetUp], (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit.Select(entry => entry.Action));
    }

    [Fact]
    public async Task A_change_holds_at_once_is_told_to_every_company_and_stands_in_the_audit_log_with_before_and_after()
    {
        await using var box = await AccountBox.OpenAsync();
        var (other, _) = await box.AnotherCompanyAsync();
        var heard = 0;
        using var listening = box.Portal.Get<PortalEvents>().Subscribe(other.Id, portalEvent => { if (portalEvent.Topic == PortalTopic.Entitlement) heard++; });
        var (store, board) = (box.Portal.Get<StoreDesk>(), box.Portal.Get<StoreBoard>());

        Assert.False((await store.ChooseFiguresAsync(box.Administrator, board.Figures with { FreeSeats = 3 }, board.Terms)).IsRefused);
        Assert.False((await store.ChooseCatalogAsync(box.Administrator, board.Terms.Catalog with { SeatMonth = 99_50, Packs = [new(100, 120_00), new(1_000, 800_00)] }, board.Terms)).IsRefused);
        Assert.False((await store.SellAsync(box.Administrator, "青木客服", "户名：青木", board.Terms)).IsRefused);
        Assert.Equal((3, 99_50L, "青木客服"), (board.Figures.FreeSeats, board.Terms.Catalog.SeatMonth!.Value, board.Terms.Seller));
        Assert.Equal(3, heard);

        var audit = (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit;
        Assert.Equal([new AuditChange("Seller", "", "青木客服"), new AuditChange("TransferInstructions", "", "户名：青木")], audit[0].Changes);
        Assert.Equal(
            [new AuditChange("SeatMonth", "¥98", "¥99.50"), new AuditChange("Pack:100", "¥100", "¥120"), new AuditChange("Pack:500", "¥450", ""), new AuditChange("Pack:5,000", "¥3,500", "")],
            audit[1].Changes);
        Assert.Equal([new AuditChange("FreeSeats", "2", "3")], audit[2].Changes);
    }

    [Fact]
    public async Task The_second_of_two_operators_is_told_and_the_first_ones_change_stays()
    {
        await using var box = await AccountBox.OpenAsync();
        var (store, board) = (box.Portal.Get<StoreDesk>(), box.Portal.Get<StoreBoard>());
        var seen = board.Terms;
        var outcomes = await Task.WhenAll(
            store.ChooseFiguresAsync(box.Administrator, seen.Figures with { FreeAnswersPerDay = 8 }, seen),
            store.ChooseFiguresAsync(box.Administrator, seen.Figures with { FreeAnswersPerDay = 9 }, seen));
        Assert.Equal([Refusal.None, Refusal.ChangedMeanwhile], outcomes.Select(outcome => outcome.Refusal).Order());
        Assert.Equal(outcomes[0].IsRefused ? 9 : 8, board.Figures.FreeAnswersPerDay);

        // Another part of the page is another matter; what was seen anew may be changed.
        Assert.False((await store.SellAsync(box.Administrator, "青木", "", seen)).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await store.SellAsync(box.Administrator, "赤木", "", seen)).Refusal);
        Assert.False((await store.SellAsync(box.Administrator, "赤木", "", board.Terms)).IsRefused);
    }

    [Fact]
    public async Task Saving_what_is_there_already_is_no_change()
    {
        await using var box = await AccountBox.OpenAsync();
        var (store, board) = (box.Portal.Get<StoreDesk>(), box.Portal.Get<StoreBoard>());
        Assert.False((await store.ChooseFiguresAsync(box.Administrator, new PackageFigures(), board.Terms)).IsRefused);
        Assert.False((await store.ChooseCatalogAsync(box.Administrator, new PackageCatalog(), board.Terms)).IsRefused);
        Assert.Equal([AuditAction.SetUp], (await box.Portal.Get<PlatformDesk>().ReadAsync()).Audit.Select(entry => entry.Action));
    }
}
