using System.Globalization;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Packages;

/// <summary>Which lines of the ledger somebody wants to see. It travels in the page's address and in that of the download.</summary>
/// <param name="From">First day, the company's.</param>
/// <param name="Until">Last day, the company's, itself included.</param>
public sealed record LedgerFilter(LedgerKind? Kind = null, AnswerWay? Way = null, AgentId? Agent = null, DateOnly? From = null, DateOnly? Until = null)
{
    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => this != new LedgerFilter();

    /// <summary>The filter as an address writes it; nothing when one of its parts means nothing.</summary>
    public static LedgerFilter? Parse(string? kind, string? way, string? agent, string? from, string? until)
    {
        var isAgent = long.TryParse(agent, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        var filter = new LedgerFilter(Named<LedgerKind>(kind), Named<AnswerWay>(way), isAgent ? new AgentId(id) : null, Day(from), Day(until));
        var isRead = (filter.Kind is null) == string.IsNullOrEmpty(kind) && (filter.Way is null) == string.IsNullOrEmpty(way)
            && isAgent != string.IsNullOrEmpty(agent) && (filter.From is null) == string.IsNullOrEmpty(from) && (filter.Until is null) == string.IsNullOrEmpty(until);
        return isRead ? filter : null;
    }

    /// <summary>The filter as the part of an address after the question mark; empty when nothing is left out.</summary>
    public string ToQuery() => string.Join(
        '&',
        new (string Name, string? Value)[]
        {
            ("kind", Kind?.ToString()),
            ("way", Way?.ToString()),
            ("agent", Agent?.ToString()),
            ("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("until", Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        }.Where(part => part.Value is not null).Select(part => $"{part.Name}={part.Value}"));

    private static T? Named<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => string.Equals(value.ToString(), name, StringComparison.OrdinalIgnoreCase));

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
