using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>What the platform operator changes about packages and their sale; each change stands in the audit log (rules 3 and 3.11).</summary>
public sealed class StoreDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, StoreBoard board, PackageDesk packages, TimeProvider clock)
{
    /// <summary>Changes the numbers behind "目前"; what is in force changes with them at once. Refusals: NotAllowed, FiguresInvalid.</summary>
    public Task<Outcome> ChooseFiguresAsync(CurrentAgent by, PackageFigures figures, CancellationToken cancellation = default) =>
        ChangeAsync(by, AuditAction.FiguresChanged, Said(figures), settings => settings.Choose(figures), cancellation);

    /// <summary>Changes what is sold; orders that were placed keep their price. Refusals: NotAllowed, CatalogInvalid.</summary>
    public Task<Outcome> ChooseCatalogAsync(CurrentAgent by, PackageCatalog catalog, CancellationToken cancellation = default) =>
        ChangeAsync(by, AuditAction.CatalogChanged, Said(catalog), settings => settings.Choose(catalog), cancellation);

    /// <summary>Changes the seller's name and how money is transferred. Refusals: NotAllowed, NameTooLong, TextTooLong.</summary>
    public Task<Outcome> SellAsync(CurrentAgent by, string? seller, string? transferInstructions, CancellationToken cancellation = default) =>
        ChangeAsync(by, AuditAction.TransferChanged, "", settings => settings.Sell(seller, transferInstructions), cancellation);

    private async Task<Outcome> ChangeAsync(CurrentAgent by, AuditAction action, string detail, Func<StoreSettings, Outcome> change, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var outcome = await writes.RunAsync<Outcome>(
            async (context, token) =>
            {
                if (!await AuditEntry.TryAddAsync(context, by, action, detail, now, token)) return Refusal.NotAllowed;
                var settings = await context.Set<StoreSettings>().SingleOrDefaultAsync(token);
                if (settings is null) _ = context.Add(settings = new StoreSettings());
                var changed = change(settings);
                if (changed.IsRefused) context.ChangeTracker.Clear();
                return changed;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        _ = board.Read();
        if (action == AuditAction.FiguresChanged)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellation);
            foreach (var company in await context.Companies.Select(company => company.Id).ToListAsync(cancellation)) packages.Tell(company);
        }

        return outcome;
    }

    private static string Said(PackageFigures figures) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{figures.FreeAnswersPerDay} · {figures.FreeSeats} · {figures.FreeAgentAccounts} · ×{figures.AgentAccountsPerSeat} · {figures.TrialDays} · {figures.TrialSeats}");

    private static string Said(PackageCatalog catalog)
    {
        var said = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{catalog.Currency} {catalog.SeatMonth}; {string.Join(", ", catalog.Packs.Select(pack => $"{pack.Clicks}: {pack.Price}"))}");
        return said.Length > AuditEntry.DetailLimit ? said[..AuditEntry.DetailLimit] : said;
    }
}
