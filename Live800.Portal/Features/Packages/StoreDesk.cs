using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>
/// What the platform operator changes about packages and their sale (rules 3 and 3.11); each change stands in the audit log with before and after.
/// Whoever changes says what he saw: was that part changed meanwhile, nothing is saved, and the second of two hears of the first.
/// </summary>
public sealed class StoreDesk(IDbContextFactory<PortalDbContext> contexts, PlatformDesk platform, StoreBoard board, PackageDesk packages)
{
    /// <summary>Changes the numbers behind "目前"; what is in force changes with them at once. Refusals: NotAllowed, FiguresInvalid, ChangedMeanwhile.</summary>
    public Task<Outcome> ChooseFiguresAsync(CurrentAgent by, PackageFigures figures, StoreTerms seen, CancellationToken cancellation = default) =>
        ChangeAsync(by, AuditAction.FiguresChanged, terms => terms.Figures == seen.Figures, settings => settings.Choose(figures), cancellation);

    /// <summary>Changes what is sold; orders that were placed keep their price. Refusals: NotAllowed, CatalogInvalid, ChangedMeanwhile.</summary>
    public Task<Outcome> ChooseCatalogAsync(CurrentAgent by, PackageCatalog catalog, StoreTerms seen, CancellationToken cancellation = default) =>
        ChangeAsync(by, AuditAction.CatalogChanged, terms => terms.Catalog.Equals(seen.Catalog), settings => settings.Choose(catalog), cancellation);

    /// <summary>Changes the seller's name and how money is transferred. Refusals: NotAllowed, SellerInvalid, TextTooLong, ChangedMeanwhile.</summary>
    public Task<Outcome> SellAsync(CurrentAgent by, string? seller, string? transferInstructions, StoreTerms seen, CancellationToken cancellation = default) => ChangeAsync(
        by,
        AuditAction.TransferChanged,
        terms => (terms.Seller, terms.TransferInstructions) == (seen.Seller, seen.TransferInstructions),
        settings => settings.Sell(seller, transferInstructions),
        cancellation);

    /// <summary>How many orders wait for money at the price they were placed at.</summary>
    public async Task<int> UnpaidOrdersAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<Order>().CountAsync(order => order.PaidAt == null && order.CancelledAt == null, cancellation);
    }

    private async Task<Outcome> ChangeAsync(CurrentAgent by, AuditAction action, Func<StoreTerms, bool> wasSeen, Func<StoreSettings, Outcome> change, CancellationToken cancellation)
    {
        var outcome = await platform.ChangeAsync(
            by,
            action,
            async (context, _, token) =>
            {
                var settings = await context.Set<StoreSettings>().SingleOrDefaultAsync(token);
                var before = board.Of(settings);
                if (!wasSeen(before)) return Refusal.ChangedMeanwhile;
                if (settings is null) context.Add(settings = new StoreSettings());
                var changed = change(settings);
                var changes = changed.IsRefused ? [] : Changes(before, board.Of(settings)).ToList();
                if (changes.Count == 0) context.ChangeTracker.Clear();
                return changed.IsRefused ? changed.Refusal : changes.Count == 0 ? default(AuditNote) : new AuditNote("", changes);
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        _ = board.Read();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        foreach (var company in await context.Companies.Select(company => company.Id).ToListAsync(cancellation)) packages.Tell(company);
        return outcome;
    }

    private static IEnumerable<AuditChange> Changes(StoreTerms before, StoreTerms after) =>
        PackageFigure.All.Select(figure => new AuditChange(figure.Name, Words.Count(figure.Of(before.Figures)), Words.Count(figure.Of(after.Figures))))
            .Append(new AuditChange(nameof(PackageCatalog.Currency), before.Catalog.Currency, after.Catalog.Currency))
            .Append(new AuditChange(nameof(PackageCatalog.SeatMonth), Price(before.Catalog, before.Catalog.SeatMonth), Price(after.Catalog, after.Catalog.SeatMonth)))
            .Concat(before.Catalog.Packs.Concat(after.Catalog.Packs).Select(pack => pack.Clicks).Distinct().Order()
                .Select(clicks => new AuditChange($"Pack:{Words.Count(clicks)}", PackPrice(before.Catalog, clicks), PackPrice(after.Catalog, clicks))))
            .Append(new AuditChange(nameof(StoreTerms.Seller), before.Seller, after.Seller))
            .Append(new AuditChange(nameof(StoreTerms.TransferInstructions), before.TransferInstructions, after.TransferInstructions))
            .Where(change => change.Before != change.After);

    private static string PackPrice(PackageCatalog catalog, int clicks) => Price(catalog, catalog.Packs.FirstOrDefault(pack => pack.Clicks == clicks)?.Price);

    private static string Price(PackageCatalog catalog, long? price) => price is { } amount ? Words.Money(amount, catalog.Currency) : "";
}
