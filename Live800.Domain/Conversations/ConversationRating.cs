using System.Globalization;
using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>How content a visitor was 满意度 (rule 4): once for a conversation, from 1 to 5, with words if he likes.</summary>
public sealed class ConversationRating
{
    /// <summary>The best.</summary>
    public const int Most = 5;

    /// <summary>Longest comment, in characters.</summary>
    public const int CommentLimit = 500;

    private ConversationRating()
    {
    }

    internal ConversationRating(Conversation conversation, int score, string comment, DateTimeOffset now)
    {
        (ConversationId, CompanyId, AgentId, Score, Comment, At) = (conversation.Id, conversation.CompanyId, conversation.AgentId, score, comment, now);
    }

    /// <summary>The conversation; one rating each.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Whose conversation it was then.</summary>
    public AgentId? AgentId { get; private set; }

    /// <summary>1 to 5.</summary>
    public int Score { get; private set; }

    /// <summary>The visitor's words; may be empty.</summary>
    public string Comment { get; private set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The rating as its line holds it: the number, and the comment in a second row if there is one. Refusal: RatingInvalid.</summary>
    public static Outcome<string> Write(int score, string? comment)
    {
        var words = MessageText.Line(comment);
        if (score is < 1 or > Most || words.Length > CommentLimit)
        {
            return Refusal.RatingInvalid;
        }

        var number = score.ToString(CultureInfo.InvariantCulture);
        return words.Length == 0 ? number : $"{number}\n{words}";
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static (int Score, string Comment) Read(string text) => (text.Length > 0 ? text[0] - '0' : 0, text.Length > 2 ? text[2..] : "");
}

/// <summary>A rating and its line, both to be stored.</summary>
public readonly record struct RatingStart(ConversationRating Rating, ChatMessage Line);
