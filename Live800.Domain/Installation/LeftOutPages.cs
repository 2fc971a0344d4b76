using Live800.Domain.Shared;

namespace Live800.Domain.Installation;

/// <summary>Pages an administrator does not want followed 不跟踪 (S3.2): one page, or with a star at its end everything that begins so. They are never called missing.</summary>
public sealed class LeftOutPages
{
    /// <summary>Most of a company.</summary>
    public const int Most = 100;

    private LeftOutPages()
    {
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Host and path, with a star at the end for all that begins so.</summary>
    public string Pattern { get; private set; } = "";

    /// <summary>Since when.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Which administrator said so.</summary>
    public AgentId By { get; private set; }

    /// <summary>Leaves pages out, given as people write them: an address with or without its scheme. Refusal: PageInvalid.</summary>
    public static Outcome<LeftOutPages> Make(CompanyId company, string? given, AgentId by, DateTimeOffset now) =>
        Read(given) is { } pattern ? new LeftOutPages { CompanyId = company, Pattern = pattern, At = now, By = by } : Refusal.PageInvalid;

    /// <summary>Whether the page is meant.</summary>
    public bool Covers(PageAddress page) => Covers(page.ToString());

    private bool Covers(string page) => Pattern == page || (Pattern[^1] == '*' && page.StartsWith(Pattern[..^1], StringComparison.Ordinal));

    private static string? Read(string? given)
    {
        var text = (given ?? "").Trim();
        var star = text.EndsWith('*');
        if (star) text = text[..^1];
        if (text.Length == 0 || text.Any(sign => char.IsControl(sign) || sign is ' ' or '"' or '<' or '>')) return null;
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        if (PageAddress.Read(text) is not { } page) return null;
        // Stars in the middle are the pages' own.
        var path = page.Path.Replace("%2A", "*", StringComparison.Ordinal);
        return page.Host + path + (star ? "*" : "");
    }
}
