namespace Live800.Domain.Visitors;

/// <summary>What kind of way led to the site (rule 6). Stored by its number.</summary>
public enum VisitSourceKind
{
    /// <summary>Typed, bookmarked, or the browser does not tell.</summary>
    Direct = 0,

    /// <summary>A search engine.</summary>
    Search = 1,

    /// <summary>A link on another site.</summary>
    Link = 2,

    /// <summary>A campaign named in the address (utm parameters).</summary>
    Campaign = 3,

    /// <summary>A social network.</summary>
    Social = 4,

    /// <summary>Mail read in a browser.</summary>
    Mail = 5,

    /// <summary>An assistant that answers questions: 豆包, DeepSeek, ChatGPT.</summary>
    Assistant = 6,

    /// <summary>A paid click: its advertiser left a mark in the address.</summary>
    Advert = 7,
}

/// <summary>Where a visit came from 访客来源 (S4.16, PRODUCT section 6).</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Name">The search engine, network, mail, assistant, advertiser or the campaign's source; empty otherwise.</param>
/// <param name="Host">The referring host; empty when there is none.</param>
/// <param name="Campaign">The campaign's name; empty when there is none.</param>
/// <param name="Keyword">What was searched for, where the engine or an advertising parameter still tells.</param>
public sealed record VisitSource(VisitSourceKind Kind, string Name, string Host, string Campaign, string Keyword)
{
    /// <summary>No way known.</summary>
    public static readonly VisitSource Direct = new(VisitSourceKind.Direct, "", "", "", "");

    /// <summary>Tells the source from the first page's referrer and address. Unreadable input is direct.</summary>
    public static VisitSource Classify(string? referrer, string? address) => SourceRules.Classify(referrer, address);
}
