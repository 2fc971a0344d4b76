using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Messages;

/// <summary>A message 留言 left when nobody could answer (S4.4, S4.16, rule 3.6).</summary>
public sealed class OfflineMessage
{
    /// <summary>Longest contact.</summary>
    public const int ContactLimit = 200;

    /// <summary>Longest name.</summary>
    public const int NameLimit = 64;

    private OfflineMessage()
    {
    }

    /// <summary>Key.</summary>
    public OfflineMessageId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The visitor; nothing when it came from the plain form of somebody unknown.</summary>
    public VisitorId? VisitorId { get; private set; }

    /// <summary>The form's own id, unique in the company: sent twice, stored once.</summary>
    public Guid ClientId { get; private set; }

    /// <summary>The name as given; may be empty.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Where an answer can go; may be empty.</summary>
    public string Contact { get; private set; } = "";

    /// <summary>The words.</summary>
    public string Text { get; private set; } = "";

    /// <summary>When it was stored.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>When an agent marked it as handled.</summary>
    public DateTimeOffset? HandledAt { get; private set; }

    /// <summary>Who did.</summary>
    public AgentId? HandledBy { get; private set; }

    /// <summary>Whether nobody has handled it yet.</summary>
    public bool IsNew => HandledAt is null;

    /// <summary>Leaves a message. Refusals: TextEmpty, TextTooLong, NameTooLong, ContactTooLong.</summary>
    public static Outcome<OfflineMessage> Leave(
        OfflineMessageId id, CompanyId company, VisitorId? visitor, Guid clientId, string? name, string? contact, string? text, DateTimeOffset now)
    {
        var clean = MessageText.Clean(text);
        if (clean.IsRefused)
        {
            return clean.Refusal;
        }

        if (name?.Length > NameLimit * 4 || MessageText.Line(name) is not { Length: <= NameLimit } cleanName)
        {
            return Refusal.NameTooLong;
        }

        if (contact?.Length > ContactLimit * 4 || MessageText.Line(contact) is not { Length: <= ContactLimit } cleanContact)
        {
            return Refusal.ContactTooLong;
        }

        return new OfflineMessage
        {
            Id = id,
            CompanyId = company,
            VisitorId = visitor,
            ClientId = clientId,
            Name = cleanName,
            Contact = cleanContact,
            Text = clean.Value,
            At = now,
        };
    }

    /// <summary>An agent has dealt with it; the first one stays on record.</summary>
    public void Handle(AgentId agent, DateTimeOffset now)
    {
        HandledBy ??= agent;
        HandledAt ??= now;
    }
}
