using Live800.Domain.Packages;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>What holds for the store now: the operator's choice, or what the box started with.</summary>
public sealed record StoreTerms(PackageFigures Figures, PackageCatalog Catalog, string Seller, string TransferInstructions)
{
    /// <summary>The currency of the catalogue.</summary>
    public Currency Currency => Currency.Find(Catalog.Currency) ?? Currency.Default;
}

/// <summary>The store's settings in memory, for everybody who calculates with them; read again after whoever changed them has committed.</summary>
public sealed class StoreBoard(IDbContextFactory<PortalDbContext> contexts, PackageFigures startFigures)
{
    private readonly Lock _gate = new();
    private volatile StoreTerms? _terms;

    /// <summary>The settings in force.</summary>
    public StoreTerms Terms => _terms ?? Read();

    /// <summary>The figures in force (rule 3).</summary>
    public PackageFigures Figures => Terms.Figures;

    /// <summary>Reads the settings again. After a commit only.</summary>
    internal StoreTerms Read()
    {
        lock (_gate)
        {
            using var context = contexts.CreateDbContext();
            var stored = context.Set<StoreSettings>().AsNoTracking().SingleOrDefault();
            return _terms = Of(stored);
        }
    }

    /// <summary>What a stored row means; where it says nothing, what the box started with.</summary>
    internal StoreTerms Of(StoreSettings? stored) =>
        new(stored?.Figures ?? startFigures, stored?.Catalog ?? PackageCatalog.Default, stored?.Seller ?? "", stored?.TransferInstructions ?? "");
}
