using System.Globalization;
using Live800.Domain.Shared;
using Live800.Portal.Features.Platform;

namespace Live800.Portal.Features.Audit;

/// <summary>Which entries of the company's audit log somebody wants to see. It travels in the page's address and in that of the download.</summary>
/// <param name="Agent">What one agent of the company did.</param>
/// <param name="ByPlatform">What platform operators did to the company; counts before <paramref name="Agent"/>.</param>
/// <param name="From">First day, the company's.</param>
/// <param name="Until">Last day, the company's, itself included.</param>
/// <param name="Text">Words of who, what, before, after or from where.</param>
public sealed record CompanyAuditFilter(AgentId? Agent = null, bool ByPlatform = false, AuditAction? Act = null, DateOnly? From = null, DateOnly? Until = null, string Text = "")
{
    /// <summary>Most that is looked for.</summary>
    public const int TextLimit = 64;

    private const string Platform = "platform";

    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => this != new CompanyAuditFilter();

    /// <summary>The filter as an address writes it; nothing when one of its parts means nothing, or when it ends before it begins.</summary>
    public static CompanyAuditFilter? Parse(string? by, string? act, string? from, string? until, string? text)
    {
        var isPlatform = by == Platform;
        var isAgent = long.TryParse(by, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0;
        var action = CompanyAudit.Acts.Cast<AuditAction?>().FirstOrDefault(known => string.Equals(known.ToString(), act, StringComparison.Ordinal));
        var filter = new CompanyAuditFilter(isAgent ? new AgentId(id) : null, isPlatform, action, Day(from), Day(until), text ?? "");
        var isRead = (isAgent || isPlatform) != string.IsNullOrEmpty(by) && (action is null) == string.IsNullOrEmpty(act)
            && (filter.From is null) == string.IsNullOrEmpty(from) && (filter.Until is null) == string.IsNullOrEmpty(until);
        return isRead && filter.Text.Length <= TextLimit && !(filter.Until < filter.From) ? filter : null;
    }

    /// <summary>The filter as the part of an address after the question mark; empty when nothing is left out.</summary>
    public string ToQuery() => string.Join(
        '&',
        new (string Name, string? Value)[]
        {
            ("by", ByPlatform ? Platform : Agent?.ToString()),
            ("act", Act?.ToString()),
            ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("until", Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("text", Text.Length > 0 ? Uri.EscapeDataString(Text) : null),
        }.Where(part => part.Value is not null).Select(part => $"{part.Name}={part.Value}"));

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
