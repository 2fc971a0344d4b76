using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Packages;

/// <summary>What the platform operator decided about packages and their sale. One row; what was never changed there is what the box started with.</summary>
public sealed class StoreSettings
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;

    /// <summary>The numbers behind "目前" (rule 3); nothing means the start values.</summary>
    public PackageFigures? Figures { get; private set; }

    /// <summary>What is sold, and for how much (rule 3.11); nothing means the start catalogue.</summary>
    public PackageCatalog? Catalog { get; private set; }

    /// <summary>Who sells: the name on receipts.</summary>
    public string Seller { get; private set; } = "";

    /// <summary>Where and how to transfer money, shown with every unpaid order.</summary>
    public string TransferInstructions { get; private set; } = "";

    public long Version { get; private set; }

    /// <summary>Refusal: FiguresInvalid.</summary>
    public Outcome Choose(PackageFigures figures)
    {
        if (!figures.IsRight) return Refusal.FiguresInvalid;
        Figures = figures;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Refusal: CatalogInvalid.</summary>
    public Outcome Choose(PackageCatalog catalog)
    {
        var checkedOne = catalog.Checked();
        if (checkedOne.IsRefused) return checkedOne.Refusal;
        Catalog = checkedOne.Value;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Refusals: SellerInvalid, TextTooLong.</summary>
    public Outcome Sell(string? seller, string? transferInstructions)
    {
        var name = MessageText.Line(seller);
        if (name.Length is 0 or > Company.NameLimit) return Refusal.SellerInvalid;
        var text = MessageText.Clean(transferInstructions);
        if (text.IsRefused && text.Refusal != Refusal.TextEmpty) return text.Refusal;
        (Seller, TransferInstructions) = (name, text.IsRefused ? "" : text.Value);
        Version++;
        return Outcome.Done;
    }
}
