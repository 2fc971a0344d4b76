using System.Collections.Frozen;
using Live800.Domain.Conversations;

namespace Live800.Domain.Visitors;

/// <summary>
/// How a referrer and an address become a source (rule 6). In this order: a campaign, an advert, a known site (assistant, mail, search engine, social network), a link, nothing.
/// Addresses are not read beyond their first signs, so that what a page reports costs little whatever it is.
/// </summary>
internal static class SourceRules
{
    private const int PartLimit = 100;
    private const int AddressLimit = 8192;
    private const int ParameterLimit = 256;

    private static readonly string[] Campaigns = ["utm_source", "utm_medium", "utm_campaign", "utm_term"];

    // Every parameter of the page's address that is worth keeping.
    private static readonly FrozenSet<string> Looked = Campaigns
        .Concat(KnownSources.Adverts.SelectMany(advert => advert.Marks.Concat(advert.Campaign ?? []).Concat(advert.Words ?? []).Append(advert.Named ?? "utm_source")))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, FrozenSet<string>> Words = KnownSources.Sources.Where(source => source.Words is not null)
        .ToFrozenDictionary(source => source.Name, source => source.Words!.ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    public static VisitSource Classify(string? referrer, string? address)
    {
        var from = Parse(referrer);
        var page = Parse(address);
        var host = from is null || (page is not null && page.Value.Host == from.Value.Host) ? "" : from.Value.Host;
        var told = page is null ? null : Parameters(page.Value.Query, Looked);
        var (source, campaign, term) = (Get(told, "utm_source"), Get(told, "utm_campaign"), Get(told, "utm_term"));
        var known = host.Length > 0 ? KnownSources.OfHost(host) : null;
        if (source.Length + campaign.Length + Get(told, "utm_medium").Length > 0)
        {
            var named = source.Length > 0 ? KnownSources.OfWord(source) : null;
            // Assistants name themselves so in the links they give; that is no campaign of the company's.
            var kind = named?.Kind == VisitSourceKind.Assistant && campaign.Length + Get(told, "utm_medium").Length == 0 ? VisitSourceKind.Assistant : VisitSourceKind.Campaign;
            return new(kind, named?.Name ?? source, Cut(host), campaign, term);
        }

        var asked = term.Length > 0 || known is null || from is null || !Words.TryGetValue(known.Name, out var words) ? term : First(Parameters(from.Value.Query, words), known.Words);
        if (told is not null && KnownSources.Adverts.FirstOrDefault(advert => advert.Marks.Any(mark => Get(told, mark).Length > 0)) is { } advert)
        {
            var named = advert.Named is null ? "" : Get(told, advert.Named);
            var keyword = First(told, advert.Words);
            return new(VisitSourceKind.Advert, named.Length == 0 ? advert.Name : KnownSources.OfWord(named)?.Name ?? named, Cut(host), First(told, advert.Campaign), keyword.Length > 0 ? keyword : asked);
        }

        return known is not null ? new(known.Kind, known.Name, Cut(host), "", asked)
            : host.Length > 0 ? new(VisitSourceKind.Link, "", Cut(host), "", term)
            : VisitSource.Direct;
    }

    // The host as everybody writes it, and where the query begins: the text itself may hold credentials and is passed on to nobody.
    private static (string Host, ReadOnlyMemory<char> Query)? Parse(string? text)
    {
        if (text is null || !(text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var end = text.AsSpan().IndexOfAny("?#");
        var head = text.Length > AddressLimit && (end < 0 || end > AddressLimit) ? text[..AddressLimit] : end < 0 ? text : text[..end];
        if (!Uri.TryCreate(head, UriKind.Absolute, out var uri) || HostOf(uri) is not { Length: > 0 } host)
        {
            return null;
        }

        if (end < 0 || end >= AddressLimit || text[end] == '#')
        {
            return (host, default);
        }

        var query = text.AsMemory(end + 1, Math.Min(text.Length, AddressLimit) - end - 1);
        var hash = query.Span.IndexOf('#');
        return (host, hash < 0 ? query : query[..hash]);
    }

    private static string? HostOf(Uri uri)
    {
        try
        {
            var name = uri.IdnHost.ToLowerInvariant().TrimEnd('.');
            return name.StartsWith("www.", StringComparison.Ordinal) ? name[4..] : name;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // Nothing is made when nothing that is looked for is there. Of a parameter that comes twice the first counts.
    private static List<(string Name, string Value)>? Parameters(ReadOnlyMemory<char> query, FrozenSet<string> names)
    {
        List<(string Name, string Value)>? found = null;
        var looked = names.GetAlternateLookup<ReadOnlySpan<char>>();
        var span = query.Span;
        var left = ParameterLimit;
        foreach (var range in span.Split('&'))
        {
            if (left-- == 0)
            {
                break;
            }

            var pair = span[range];
            var equals = pair.IndexOf('=');
            if (equals <= 0)
            {
                continue;
            }

            var name = pair[..equals];
            if (looked.TryGetValue(name.Contains('%') ? Decode(name) : name, out var known))
            {
                (found ??= []).Add((known, Cut(AddressMask.CleanText(Decode(pair[(equals + 1)..])))));
            }
        }

        return found;
    }

    private static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text.ToString().Replace('+', ' '));

    private static string Get(List<(string Name, string Value)>? parameters, string name)
    {
        foreach (var (key, value) in parameters ?? [])
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return "";
    }

    private static string First(List<(string Name, string Value)>? parameters, IReadOnlyList<string>? names) =>
        parameters is null || names is null ? "" : names.Select(name => Get(parameters, name)).FirstOrDefault(value => value.Length > 0) ?? "";

    private static string Cut(string text) => MessageText.Line(text, PartLimit);
}
