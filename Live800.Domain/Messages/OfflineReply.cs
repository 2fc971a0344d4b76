using Live800.Domain.Shared;

namespace Live800.Domain.Messages;

/// <summary>
/// An agent's answer to an offline message 留言 (rule 5). It goes to the e-mail address that was left, where letters go out, and stands in the visitor's chat when he comes back.
/// </summary>
public sealed class OfflineReply
{
    private OfflineReply()
    {
    }

    internal OfflineReply(OfflineReplyId id, OfflineMessage message, AgentId by, Guid clientId, string text, string? mailedTo, DateTimeOffset now)
    {
        Id = id;
        CompanyId = message.CompanyId;
        MessageId = message.Id;
        VisitorId = message.VisitorId;
        AgentId = by;
        ClientId = clientId;
        Text = text;
        MailedTo = mailedTo;
        At = now;
    }

    /// <summary>Key.</summary>
    public OfflineReplyId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>What it answers.</summary>
    public OfflineMessageId MessageId { get; private set; }

    /// <summary>Whose browser shows it; nothing when the message came from nobody known.</summary>
    public VisitorId? VisitorId { get; private set; }

    /// <summary>Who wrote it.</summary>
    public AgentId AgentId { get; private set; }

    /// <summary>The writing page's own id; a repeat of it is the same reply (D2).</summary>
    public Guid ClientId { get; private set; }

    /// <summary>The words.</summary>
    public string Text { get; private set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The address its letter goes to; nothing where it is only shown.</summary>
    public string? MailedTo { get; private set; }

    /// <summary>When the visitor had it on his screen.</summary>
    public DateTimeOffset? SeenAt { get; private set; }

    /// <summary>The visitor has it on the screen; the first time stays. True when it is news.</summary>
    public bool See(DateTimeOffset now)
    {
        if (SeenAt is not null)
        {
            return false;
        }

        SeenAt = now;
        return true;
    }
}
