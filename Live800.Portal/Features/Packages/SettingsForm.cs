using Live800.Domain.Shared;
using Live800.Portal.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Packages;

/// <summary>
/// One form of the operator's catalogue page: what was typed stays until it is saved. When another operator was faster it says so, takes over what he changed
/// where nothing was typed here, shows what is stored beside what was typed, and saves over it when asked once more.
/// </summary>
public abstract class SettingsForm : ComponentBase
{
    [Parameter, EditorRequired] public CurrentAgent Current { get; set; } = default!;

    [Inject] protected StoreDesk Desk { get; set; } = default!;
    [Inject] protected StoreBoard Board { get; set; } = default!;
    [Inject] protected IStringLocalizer<CatalogTexts> T { get; set; } = default!;

    /// <summary>What this form was filled from.</summary>
    protected StoreTerms Seen { get; private set; } = default!;

    /// <summary>What another operator saved meanwhile; nothing when nobody did.</summary>
    protected StoreTerms? Stored { get; private set; }

    protected Refusal Refusal { get; private set; }

    /// <summary>Faults are named from the first try on.</summary>
    protected bool Tried { get; private set; }

    protected bool Busy { get; private set; }

    protected string? Said { get; private set; }

    /// <summary>Whether everything typed can be saved.</summary>
    protected abstract bool IsRight { get; }

    protected override void OnInitialized() => Fill(Seen = Board.Terms);

    /// <summary>Fills the fields with what is stored.</summary>
    protected abstract void Fill(StoreTerms terms);

    /// <summary>Another operator saved: what nobody touched follows, what was typed stays.</summary>
    protected abstract void Follow(StoreTerms stored);

    protected abstract Task<Outcome> KeepAsync(StoreTerms seen);

    protected async Task SaveAsync()
    {
        if (Busy) return;
        (Tried, Said, Refusal, Stored) = (true, null, Refusal.None, null);
        if (!IsRight)
        {
            Said = T["CheckMarked"];
            return;
        }

        Busy = true;
        try
        {
            Refusal = (await KeepAsync(Seen)).Refusal;
            if (Refusal == Refusal.ChangedMeanwhile) Follow(Seen = Stored = Board.Terms);
            if (Refusal != Refusal.None) return;
            Take();
            Said = T["Saved"];
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>Throws away what was typed and shows what is stored.</summary>
    protected void Take()
    {
        (Tried, Said, Refusal, Stored) = (false, null, Refusal.None, null);
        Fill(Seen = Board.Terms);
    }
}
