using System.Text;
using System.Text.RegularExpressions;

namespace Live800.Portal.Features.Help;

/// <summary>What was found.</summary>
/// <param name="IsNear">Nothing has all the words; these have most of them.</param>
public sealed record HelpFound(IReadOnlyList<HelpEntry> Entries, bool IsNear);

/// <summary>
/// Finds entries that hold every word looked for, in the question first. Two Chinese signs are a word. Where nothing holds them all, what holds most of them, a Chinese
/// sentence taken two signs at a time, is offered instead.
/// </summary>
public static partial class HelpSearch
{
    /// <summary>What is longer is cut.</summary>
    public const int Longest = 100;

    private const int NearMost = 5;

    // Every other pair of neighbours in a Chinese sentence is no word.
    private const int NearShare = 5;

    public static HelpFound Find(IEnumerable<HelpEntry> entries, string query)
    {
        var words = Words(query);
        if (words.Count == 0) return new HelpFound([], IsNear: false);
        var pages = entries.Select(entry => (Entry: entry, Title: Plain(entry.Title), All: Plain(entry.Text + "\n" + entry.SearchWords))).ToList();

        var exact = pages.Where(page => words.All(page.All.Contains)).OrderByDescending(page => words.Count(page.Title.Contains)).Select(page => page.Entry).ToList();
        if (exact.Count > 0) return new HelpFound(exact, IsNear: false);

        var pieces = words.SelectMany(Pieces).Where(piece => piece.Length > 1).Distinct().ToList();
        var near = pages.Select(page => (page.Entry, Held: pieces.Count(page.All.Contains), InTitle: pieces.Count(page.Title.Contains)))
            .Where(page => page.Held > 0 && page.Held * NearShare >= pieces.Count)
            .OrderByDescending(page => page.Held + page.InTitle).Take(NearMost).ToList();
        near.RemoveAll(page => page.Held * 2 < near[0].Held);
        return new HelpFound([.. near.Select(page => page.Entry)], IsNear: near.Count > 0);
    }

    private static List<string> Words(string query) =>
        [.. Parting().Split(Plain(query.Length > Longest ? query[..Longest] : query)).Where(word => word.Length > 0).Distinct()];

    // A run of Chinese signs is every two neighbours of it.
    private static IEnumerable<string> Pieces(string word) =>
        Run().Matches(word).SelectMany(run => run.Value[0] < 0x2e80 || run.Length < 3 ? [run.Value] : Enumerable.Range(0, run.Length - 1).Select(at => run.Value.Substring(at, 2)));

    // Full-width letters are letters, capitals are small, half a sign is none.
    private static string Plain(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(NormalizationForm.FormKC).ToLowerInvariant().Replace('’', '\'');

    [GeneratedRegex(@"[\s\p{P}\p{S}-['+]]+")]
    private static partial Regex Parting();

    [GeneratedRegex(@"[\u2e80-\uffff]+|[^\u2e80-\uffff]+")]
    private static partial Regex Run();
}
