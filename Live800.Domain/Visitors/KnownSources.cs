using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Live800.Domain.Visitors;

/// <summary>A site that is known by name (rule 6).</summary>
/// <param name="Kind">Search, Social, Mail or Assistant.</param>
/// <param name="Name">The name under which it is stored and shown.</param>
/// <param name="Hosts">Its hosts; each stands for everything below it too. One with a dot at its end stands for that name in every country.</param>
/// <param name="Called">What campaigns call it in <c>utm_source</c>.</param>
/// <param name="Words">Parameters of its addresses that hold what was searched for.</param>
public sealed record KnownSource(VisitSourceKind Kind, string Name, IReadOnlyList<string> Hosts, IReadOnlyList<string>? Called = null, IReadOnlyList<string>? Words = null);

/// <summary>An advertiser whose clicks leave a parameter in the address (rule 6).</summary>
/// <param name="Name">The name under which it is stored and shown.</param>
/// <param name="Marks">Parameters that only its clicks bring.</param>
/// <param name="Named">A parameter that names the advertiser more exactly.</param>
/// <param name="Campaign">Parameters that name the campaign, the best first.</param>
/// <param name="Words">Parameters that hold the keyword, the best first.</param>
public sealed record KnownAdvert(string Name, IReadOnlyList<string> Marks, string? Named = null, IReadOnlyList<string>? Campaign = null, IReadOnlyList<string>? Words = null);

/// <summary>The dated list <c>Known/sources.json</c>: search engines, social networks, mail, assistants, and the marks of adverts (rule 6). The longest host wins.</summary>
public static class KnownSources
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Book Read = Load();

    // A host that stands for nothing (a plain link below a known site) has no source.
    private static readonly FrozenDictionary<string, KnownSource?> Exact = Read.Plain.Select(host => (host, (KnownSource?)null))
        .Concat(Read.Sources.SelectMany(source => source.Hosts.Select(host => (host, (KnownSource?)source)))).Where(pair => !pair.host.EndsWith('.')).ToFrozenDictionary(pair => pair.host, pair => pair.Item2);

    private static readonly FrozenDictionary<string, KnownSource?> Anywhere = Read.Plain.Select(host => (host, (KnownSource?)null))
        .Concat(Read.Sources.SelectMany(source => source.Hosts.Select(host => (host, (KnownSource?)source)))).Where(pair => pair.host.EndsWith('.')).ToFrozenDictionary(pair => pair.host[..^1], pair => pair.Item2);

    private static readonly FrozenDictionary<string, KnownSource> ByWord =
        Read.Sources.SelectMany(source => (source.Called ?? []).Select(called => (called, source))).ToFrozenDictionary(pair => pair.called, pair => pair.source, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the list says of its age.</summary>
    public static string Dated => Read.Dated;

    /// <summary>Every known site.</summary>
    public static IReadOnlyList<KnownSource> Sources => Read.Sources;

    /// <summary>Hosts below a known site that are a link as any other.</summary>
    public static IReadOnlyList<string> Plain => Read.Plain;

    /// <summary>Every known advertiser; of two whose marks are there the first counts.</summary>
    public static IReadOnlyList<KnownAdvert> Adverts => Read.Adverts;

    /// <summary>The known site a host belongs to; the longest of its endings that is known decides.</summary>
    /// <param name="host">In lower case.</param>
    public static KnownSource? OfHost(ReadOnlySpan<char> host)
    {
        var (exact, anywhere) = (Exact.GetAlternateLookup<ReadOnlySpan<char>>(), Anywhere.GetAlternateLookup<ReadOnlySpan<char>>());
        while (host.Length > 0)
        {
            if (exact.TryGetValue(host, out var found) || anywhere.TryGetValue(WithoutCountry(host, 2), out found) || anywhere.TryGetValue(WithoutCountry(host, 1), out found))
            {
                return found;
            }

            var dot = host.IndexOf('.');
            host = dot < 0 ? [] : host[(dot + 1)..];
        }

        return null;
    }

    /// <summary>The known site a campaign names in <c>utm_source</c>: by a word for it, or by its host.</summary>
    public static KnownSource? OfWord(string word) => ByWord.GetValueOrDefault(word) ?? (word.Contains('.', StringComparison.Ordinal) ? OfHost(word.ToLowerInvariant()) : null);

    // "google." is google.<country>, never google.example.com: at most two short labels may follow.
    private static ReadOnlySpan<char> WithoutCountry(ReadOnlySpan<char> host, int labels)
    {
        for (; labels > 0; labels--)
        {
            var dot = host.LastIndexOf('.');
            if (dot < 0 || host.Length - dot - 1 is not (2 or 3))
            {
                return [];
            }

            host = host[..dot];
        }

        return host;
    }

    private static Book Load()
    {
        using var stream = typeof(KnownSources).Assembly.GetManifestResourceStream("Live800.Domain.Visitors.Known.sources.json")!;
        return JsonSerializer.Deserialize<Book>(stream, Strict)!;
    }

    private sealed record Book(string Dated, IReadOnlyList<KnownSource> Sources, IReadOnlyList<string> Plain, IReadOnlyList<KnownAdvert> Adverts);
}
