using System.Globalization;
using System.Text;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>
/// The full-text index of the history (S2.16). Chinese has no blanks, so of Han, kana and Hangul every two neighbours are a word and the last one is one alone: what is looked for is found whether it has one sign,
/// two, or twenty. Other words are found from their beginning. Written when a conversation becomes history, in the same transaction; it holds no text, only where words stand.
/// </summary>
internal static class HistoryWords
{
    /// <summary>Most words of one question; what is longer is cut.</summary>
    private const int MostParts = 8;

    /// <summary>Conversations put into the index in one work when an older data folder is taken up.</summary>
    private const int AtOnce = 200;

    private static readonly ChatMessageKind[] Said = [ChatMessageKind.Text, ChatMessageKind.PagePush, ChatMessageKind.File];

    /// <summary>A text as the index has it: words in small letters, neighbours of two.</summary>
    public static string Of(string text)
    {
        var words = new StringBuilder(text.Length * 2);
        foreach (var (run, isCjk) in Runs(text))
        {
            if (!isCjk)
            {
                _ = words.Append(run).Append(' ');
                continue;
            }

            var signs = Signs(run);
            for (var i = 0; i < signs.Count; i++) _ = words.Append(signs[i]).Append(i + 1 < signs.Count ? signs[i + 1] : "").Append(' ');
        }

        return words.ToString();
    }

    /// <summary>The question to the index: every part must be there. Nothing where nothing can be looked for.</summary>
    public static string? Match(CompanyId company, string question)
    {
        var parts = new List<string>();
        foreach (var word in question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var (run, isCjk) in Runs(word))
            {
                if (parts.Count == MostParts) break;
                var signs = isCjk ? Signs(run) : [];
                // The last word may go on; of neighbours the last one must not be the sign alone, which only stands at an end.
                parts.Add(isCjk && signs.Count > 1 ? $"\"{string.Join(' ', Enumerable.Range(0, signs.Count - 1).Select(i => signs[i] + signs[i + 1]))}\"" : $"\"{run}\"*");
            }
        }

        return parts.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"Company:c{company.Value} AND {string.Join(" AND ", parts.Select(part => "Words:" + part))}");
    }

    /// <summary>Inside the write that makes conversations history: puts them into the index.</summary>
    public static async Task AddAsync(PortalDbContext write, IReadOnlyCollection<Conversation> ended, CancellationToken cancellation)
    {
        if (ended.Count == 0) return;
        var ids = ended.Select(conversation => conversation.Id).ToArray();
        var lines = await write.ChatMessages.AsNoTracking()
            .Where(line => EF.Parameter(ids).Contains(line.ConversationId) && EF.Parameter(Said).Contains(line.Kind))
            .OrderBy(line => line.ConversationId).ThenBy(line => line.Sequence)
            .Select(line => new { line.ConversationId, line.Text })
            .ToListAsync(cancellation);
        var texts = lines.ToLookup(line => line.ConversationId, line => line.Text);
        foreach (var conversation in ended)
        {
            var words = Of(string.Join('\n', texts[conversation.Id]));
            _ = await write.Database.ExecuteSqlAsync(
                $"INSERT OR REPLACE INTO \"HistoryWords\" (rowid, \"Company\", \"Words\") VALUES ({conversation.Id.Value}, {"c" + conversation.CompanyId}, {words})", cancellation);
        }
    }

    /// <summary>Takes up what became history before there was an index: some conversations at a time; says how many. None is left when it says 0.</summary>
    public static async Task<int> CatchUpAsync(PortalDbContext write, CancellationToken cancellation)
    {
        var missing = await write.Conversations
            .FromSql($"SELECT * FROM \"Conversations\" AS c WHERE c.\"VisitEndedAt\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"HistoryWords\" AS w WHERE w.rowid = c.\"Id\")")
            .AsNoTracking().OrderBy(conversation => conversation.Id).Take(AtOnce).ToListAsync(cancellation);
        await AddAsync(write, missing, cancellation);
        return missing.Count;
    }

    // Runs of letters and digits, Chinese and other apart; everything else divides.
    private static IEnumerable<(string Run, bool IsCjk)> Runs(string text)
    {
        var run = new StringBuilder();
        var wasCjk = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = Rune.IsLetterOrDigit(rune);
            var isCjk = isWord && IsCjk(rune.Value);
            if (run.Length > 0 && (!isWord || isCjk != wasCjk))
            {
                yield return (run.ToString(), wasCjk);
                _ = run.Clear();
            }

            if (isWord) _ = run.Append(Rune.ToLowerInvariant(rune).ToString());
            wasCjk = isCjk;
        }

        if (run.Length > 0) yield return (run.ToString(), wasCjk);
    }

    private static List<string> Signs(string run) => [.. run.EnumerateRunes().Select(rune => rune.ToString())];

    private static bool IsCjk(int code) => code is (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
