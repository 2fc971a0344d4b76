using System.Globalization;
using Live800.Domain.Conversations;
using Live800.Portal.Features.Conversations;

namespace Live800.Portal.Features.Widget;

/// <summary>Lines of the portal that are seldom: their words come with them and not with every frame. The others the frame words itself.</summary>
internal static class LineForVisitor
{
    /// <summary>Nothing for a line that needs none.</summary>
    public static string? Words(ChatMessage line, string? agent, CultureInfo language) => line.Kind switch
    {
        ChatMessageKind.Transferred or ChatMessageKind.Suspended or ChatMessageKind.ReturnedToGroup or ChatMessageKind.RatingAsked or ChatMessageKind.WaitsForCompany
            or ChatMessageKind.ConferenceJoined or ChatMessageKind.ConferenceLeft => Of(line.Kind, language, agent ?? ""),
        ChatMessageKind.Rated => Rated(line, language),
        _ => null,
    };

    private static string Rated(ChatMessage line, CultureInfo language)
    {
        var (score, comment) = ConversationRating.Read(line.Text);
        var thanks = Of(line.Kind, language, LineWords.Stars(score));
        return comment.Length == 0 ? thanks : $"{thanks} · {comment}";
    }

    private static string Of(ChatMessageKind kind, CultureInfo language, string fact) => string.Format(language, FrameTexts.Of("Line_" + kind, language), fact);
}
