using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>Whose line it is.</summary>
public enum ChatAuthor
{
    /// <summary>The visitor.</summary>
    Visitor = 0,

    /// <summary>The agent.</summary>
    Agent = 1,

    /// <summary>The portal itself: accepted, ended and so on.</summary>
    System = 2,
}

/// <summary>What a line is. All but <see cref="Text"/>, <see cref="PagePush"/>, <see cref="File"/> and <see cref="Rated"/> are lines of the portal itself, so that both sides render one sequence without gaps (D3).</summary>
public enum ChatMessageKind
{
    /// <summary>Somebody wrote something.</summary>
    Text = 0,

    /// <summary>The visitor asked for a conversation 要求对话.</summary>
    Requested = 1,

    /// <summary>An agent accepted.</summary>
    Accepted = 2,

    /// <summary>Agent or visitor ended it, or the visit is over.</summary>
    Ended = 3,

    /// <summary>A message opened it again (rule 2.1).</summary>
    Reopened = 4,

    /// <summary>The request was withdrawn (rule 2.2).</summary>
    Withdrawn = 5,

    /// <summary>An agent started it 主动对话.</summary>
    ProactiveStarted = 6,

    /// <summary>The visitor accepted an invitation 邀请对话.</summary>
    InvitationAccepted = 7,

    /// <summary>It went back to the waiting line: the agent's seat was released or he is gone (rules 2 and 3.8).</summary>
    ReturnedToGroup = 8,

    /// <summary>The company was suspended; it ended with this line.</summary>
    Suspended = 9,

    /// <summary>The agent pushed a page 推送页面; the line is the link to it (S2.1). It has words: <see cref="PagePush.Write"/>.</summary>
    PagePush = 20,

    /// <summary>A colleague took it over 转接.</summary>
    Transferred = 21,

    /// <summary>The visitor or the agent sent a file or a picture; the line's words are its name: <see cref="Attachment"/> has the rest (rule 4).</summary>
    File = 30,

    /// <summary>The agent asks the visitor to rate 满意度 (rule 4).</summary>
    RatingAsked = 40,

    /// <summary>The visitor has rated; the words are <see cref="ConversationRating.Write"/>.</summary>
    Rated = 41,

    /// <summary>Nobody of the group it waited for is in, or the group is gone: it waits for the whole company (rule 4).</summary>
    WaitsForCompany = 50,

    /// <summary>A colleague talks beside the agent from now on 会议 (rule 4).</summary>
    ConferenceJoined = 51,

    /// <summary>A colleague left the conference, or was taken out of it.</summary>
    ConferenceLeft = 52,
}

/// <summary>Who speaks: the visitor, a certain agent, or the portal.</summary>
public readonly record struct Speaker(ChatAuthor Author, AgentId? AgentId)
{
    /// <summary>The visitor.</summary>
    public static readonly Speaker Visitor = new(ChatAuthor.Visitor, null);

    /// <summary>The portal itself.</summary>
    public static readonly Speaker System = new(ChatAuthor.System, null);

    /// <summary>An agent.</summary>
    public static Speaker Agent(AgentId agent) => new(ChatAuthor.Agent, agent);
}

/// <summary>
/// One line 消息 of a conversation. Its number has no gaps (D3); the writer's own id is unique in the conversation, so that a repeat stores nothing new (D2).
/// </summary>
public sealed class ChatMessage
{
    private ChatMessage()
    {
    }

    internal ChatMessage(Conversation conversation, int sequence, Speaker by, ChatMessageKind kind, Guid? clientId, string text, DateTimeOffset at)
    {
        CompanyId = conversation.CompanyId;
        ConversationId = conversation.Id;
        Sequence = sequence;
        Author = by.Author;
        AgentId = by.AgentId;
        Kind = kind;
        ClientId = clientId;
        Text = text;
        At = at;
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The conversation; key together with <see cref="Sequence"/>.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>1, 2, 3 … without gaps.</summary>
    public int Sequence { get; private set; }

    /// <summary>The writer's own id; unique in the conversation; nothing for lines of the portal.</summary>
    public Guid? ClientId { get; private set; }

    /// <summary>Whose line.</summary>
    public ChatAuthor Author { get; private set; }

    /// <summary>Which agent wrote, accepted or ended; nothing for the visitor's lines.</summary>
    public AgentId? AgentId { get; private set; }

    /// <summary>What the line is.</summary>
    public ChatMessageKind Kind { get; private set; }

    /// <summary>The words, the pushed page, the name of a file or the rating; empty for lines of the portal.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Server time of storing it (D11).</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Whether its words were erased (rule 1): the line stays, so that numbers and counts hold. Nobody can say nothing, so a line without words is one.</summary>
    public bool IsErased => Text.Length == 0 && Kind is (ChatMessageKind.Text or ChatMessageKind.PagePush or ChatMessageKind.File);

    /// <summary>Whether a repeat with the same client id says the same; otherwise it is refused with SameIdOtherText (D2).</summary>
    public bool Repeats(Speaker by, string? text) => Author == by.Author && MessageText.Clean(text) is { IsRefused: false } clean && clean.Value == Text;
}
