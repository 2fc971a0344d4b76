using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Conversations;

/// <summary>The lines of one conversation as far as they were read: always a piece without gaps, growing at both ends.</summary>
public sealed class Transcript(ConversationQueries queries, CompanyId company, ConversationId conversation)
{
    /// <summary>Lines fetched at a time when looking back.</summary>
    public const int Page = 200;

    private readonly List<ChatMessage> _lines = [];

    public CompanyId Company => company;

    public ConversationId Conversation => conversation;

    public IReadOnlyList<ChatMessage> Lines => _lines;

    /// <summary>Reads what came after the last line held; the first time the newest <see cref="Page"/>.</summary>
    public async Task ReadNewAsync(int lastSequence)
    {
        var after = _lines.Count > 0 ? _lines[^1].Sequence : Math.Max(0, lastSequence - Page);
        while (true)
        {
            var more = await queries.MessagesAsync(company, conversation, after);
            // Two reads may have crossed: what is held already is not added again.
            foreach (var line in more)
            {
                if (_lines.Count == 0 || line.Sequence == _lines[^1].Sequence + 1) _lines.Add(line);
            }

            if (more.Count < ConversationQueries.MostLines) return;
            after = more[^1].Sequence;
        }
    }

    /// <summary>Reads the lines before the first one held.</summary>
    public async Task ReadEarlierAsync()
    {
        if (_lines.Count == 0 || _lines[0].Sequence == 1) return;
        var first = _lines[0].Sequence;
        var after = Math.Max(0, first - 1 - Page);
        var earlier = await queries.MessagesAsync(company, conversation, after, first - 1 - after);
        if (_lines[0].Sequence == first) _lines.InsertRange(0, earlier.Where(line => line.Sequence < first));
    }
}
