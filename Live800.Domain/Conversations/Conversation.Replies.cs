using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

// When its visitor was first answered (rule 6).
public sealed partial class Conversation
{
    /// <summary>The visitor's first own line, words or a file; nothing while he has said nothing.</summary>
    public DateTimeOffset? VisitorWroteAt { get; private set; }

    /// <summary>
    /// The first own line of an agent (words, a file, a pushed page) after the visitor asked: by his request, by accepting an invitation, in a proactive chat by his first line, because what the agent
    /// says of himself answers nobody. Whoever of the company wrote it, its agent or a colleague in its conference; never changed afterwards (rule 6).
    /// </summary>
    public DateTimeOffset? FirstReplyAt { get; private set; }

    /// <summary>Who wrote that line.</summary>
    public AgentId? FirstReplyBy { get; private set; }

    /// <summary>How long the visitor waited for the first reply: from the acceptance, since the waiting before it is counted by itself; in a proactive chat from his first line (rule 6).</summary>
    public TimeSpan? FirstReplyAfter => FirstReplyAt - (Way == AnswerWay.Proactive ? VisitorWroteAt : AcceptedAt);

    private void NoteWords(Speaker by, ChatMessageKind kind, DateTimeOffset now)
    {
        if (kind is not (ChatMessageKind.Text or ChatMessageKind.File or ChatMessageKind.PagePush))
        {
            return;
        }

        if (by.Author == ChatAuthor.Visitor)
        {
            VisitorWroteAt ??= now;
        }
        else if (by.Author == ChatAuthor.Agent && FirstReplyAt is null && (Way != AnswerWay.Proactive || VisitorWroteAt is not null))
        {
            (FirstReplyAt, FirstReplyBy) = (now, by.AgentId);
        }
    }
}
