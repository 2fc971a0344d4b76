using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Widget;

/// <summary>What a page is told of one icon: its state, and what it says then.</summary>
/// <param name="Place">Where a floating one stands; empty for others. Its code says it too, for pages without the function code.</param>
internal readonly record struct ShownIcon(int Number, bool IsOnline, string Words, string Place);

/// <summary>What a page is told of all of a company's icons.</summary>
/// <param name="IsOnline">Whether the whole company answers, whatever an icon of a group says.</param>
internal sealed record ShownIcons(bool IsOnline, IReadOnlyList<ShownIcon> Each)
{
    public bool Equals(ShownIcons? other) => other is not null && IsOnline == other.IsOnline && Each.SequenceEqual(other.Each);

    public override int GetHashCode() => HashCode.Combine(IsOnline, Each.Count);
}

/// <summary>The state of every icon of a company, each in that of whom it is for (3.6, 5).</summary>
internal sealed class IconStates(IconBoard board, SiteDirectory sites)
{
    /// <summary>Most removed icons that are told live; older ones are right at every page load all the same.</summary>
    private const int MostRemoved = 20;

    /// <param name="only">The numbers the page says it has; nothing for all.</param>
    public async ValueTask<ShownIcons> OfAsync(CompanyId company, CultureInfo language, DateTimeOffset now, IReadOnlySet<int>? only = null, CancellationToken cancellation = default)
    {
        var isOnline = await board.IsOnlineAsync(company, now, cancellation);
        if (await sites.FindAsync(company, cancellation) is not { } site) return new ShownIcons(isOnline, []);
        var shown = new List<ShownIcon>();
        var removed = 0;
        for (var number = site.LastIcon; number > 0; number--)
        {
            if (only is not null && !only.Contains(number)) continue;
            if (site.Icon(number) is not { } icon || (icon.Number != number && only is null && ++removed > MostRemoved)) continue;
            var answers = await board.IsOnlineAsync(company, site.TargetOf(icon), now, cancellation);
            shown.Add(new ShownIcon(number, answers, IconPicture.Words(icon, answers, site.Language(language)), icon.Kind == IconKind.Floating ? WidgetCodes.PlaceOf(icon) : ""));
        }

        shown.Reverse();
        return new ShownIcons(isOnline, shown);
    }
}
