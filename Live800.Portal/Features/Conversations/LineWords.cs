using Live800.Domain.Conversations;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Conversations;

/// <summary>What the portal itself notes in a conversation, as a sentence.</summary>
public static class LineWords
{
    /// <summary>A file's line in words: [图片] sofa.png.</summary>
    public static string OfFile(ChatMessage line, IStringLocalizer<Texts> texts) => texts[FileType.Of(line.Text)?.IsPicture == true ? "LinePicture" : "LineFile", line.Text];

    /// <param name="agent">The name of the line's agent; empty where it has none.</param>
    public static string Of(ChatMessage line, Conversation conversation, string agent, IStringLocalizer<Texts> texts) => line.Kind switch
    {
        ChatMessageKind.Requested => texts["LineRequested"],
        ChatMessageKind.Accepted => texts["LineAccepted", agent],
        ChatMessageKind.Ended when agent.Length > 0 => texts["LineEndedByAgent", agent],
        ChatMessageKind.Ended when conversation.EndedBy == EndedBy.Visit && line.Sequence == conversation.LastSequence => texts["LineEndedWithVisit"],
        ChatMessageKind.Ended => texts["LineEndedByVisitor"],
        ChatMessageKind.Reopened => texts["LineReopened"],
        ChatMessageKind.Withdrawn => texts["LineWithdrawn"],
        ChatMessageKind.ProactiveStarted => texts["LineProactive", agent],
        ChatMessageKind.Transferred => texts["LineTransferred", agent],
        ChatMessageKind.ConferenceJoined => texts["LineConferenceJoined", agent],
        ChatMessageKind.ConferenceLeft => texts["LineConferenceLeft", agent],
        ChatMessageKind.Suspended => texts["LineSuspended"],
        ChatMessageKind.WaitsForCompany => texts["LineWaitsForCompany"],
        ChatMessageKind.InvitationAccepted => texts["LineInvitationAccepted"],
        ChatMessageKind.RatingAsked => texts["LineRatingAsked", agent],
        ChatMessageKind.Rated => Rated(line, texts),
        _ => texts["LineReturned"],
    };

    /// <summary>A score as stars, so that it is seen before it is read.</summary>
    public static string Stars(int score) => new string('★', score) + new string('☆', ConversationRating.Most - score);

    private static string Rated(ChatMessage line, IStringLocalizer<Texts> texts)
    {
        var (score, comment) = ConversationRating.Read(line.Text);
        string words = texts["LineRated", Stars(score), texts["Score" + score.ToString(System.Globalization.CultureInfo.InvariantCulture)]];
        return comment.Length == 0 ? words : $"{words} · {comment}";
    }
}
