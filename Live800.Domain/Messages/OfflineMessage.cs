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

    /// <summary>Most that is kept of a page's address.</summary>
    public const int PageLimit = 2000;

    /// <summary>Most that is kept of a page's title.</summary>
    public const int TitleLimit = 200;

    /// <summary>Most replies to one message.</summary>
    public const int MostReplies = 50;

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

    /// <summary>The group it was left for; nothing is the whole company.</summary>
    public GroupId? GroupId { get; private set; }

    /// <summary>Who takes care of it; nobody in particular without.</summary>
    public AgentId? AssigneeId { get; private set; }

    /// <summary>The address of the page it was left on; empty where it is not known.</summary>
    public string Page { get; private set; } = "";

    /// <summary>The title of that page; may be empty.</summary>
    public string PageTitle { get; private set; } = "";

    /// <summary>The visitor's language, <c>zh-CN</c> or <c>en</c>; nothing where it is not known.</summary>
    public string? Language { get; private set; }

    /// <summary>Grows with what colleagues must see before they answer: a reply, handled, reopened.</summary>
    public long Version { get; private set; }

    /// <summary>When an agent marked it as handled.</summary>
    public DateTimeOffset? HandledAt { get; private set; }

    /// <summary>Who did.</summary>
    public AgentId? HandledBy { get; private set; }

    /// <summary>Whether nobody has handled it yet.</summary>
    public bool IsNew => HandledAt is null;

    /// <summary>Whether its words were erased (rule 1): it is counted still, and shown nowhere.</summary>
    public bool IsErased => Text.Length == 0;

    /// <summary>Leaves a message. Refusals: TextEmpty, TextTooLong, NameTooLong, ContactTooLong.</summary>
    public static Outcome<OfflineMessage> Leave(
        OfflineMessageId id, CompanyId company, VisitorId? visitor, Guid clientId, string? name, string? contact, string? text, DateTimeOffset now, MessageOrigin? origin = null)
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
            GroupId = origin?.Group,
            Page = MessageText.Line(origin?.Page, PageLimit),
            PageTitle = MessageText.Line(origin?.PageTitle, TitleLimit),
            Language = origin?.Language,
        };
    }

    /// <summary>An agent has dealt with it; the first one stays on record.</summary>
    public void Handle(AgentId agent, DateTimeOffset now)
    {
        if (!IsNew)
        {
            return;
        }

        HandledBy = agent;
        HandledAt = now;
        Version++;
    }

    /// <summary>It is to be dealt with after all. A new one stays as it is.</summary>
    public void Reopen()
    {
        if (IsNew)
        {
            return;
        }

        HandledBy = null;
        HandledAt = null;
        Version++;
    }

    /// <summary>Gives it to an agent, or to nobody; the caller has looked that he is the company's and not disabled.</summary>
    public void Assign(AgentId? agent) => AssigneeId = agent;

    /// <summary>Gives it to a group, or to the whole company; the caller has looked that the group is the company's and not removed.</summary>
    public void Move(GroupId? group) => GroupId = group;

    /// <summary>
    /// An agent answers. Refusals: TextEmpty, TextTooLong, NoWayToReply (no letter goes out and no browser would show it), ChangedMeanwhile (a colleague answered, handled or reopened it since
    /// <paramref name="seen"/>).
    /// </summary>
    /// <param name="mailTo">The address the letter goes to; nothing where none does.</param>
    /// <param name="seen">The version the agent had before his eyes.</param>
    /// <param name="handles">The same command marks the message as handled.</param>
    public Outcome<OfflineReply> Reply(OfflineReplyId id, AgentId by, Guid clientId, string? text, string? mailTo, long seen, bool handles, DateTimeOffset now)
    {
        var clean = MessageText.Clean(text);
        if (clean.IsRefused)
        {
            return clean.Refusal;
        }

        if (mailTo is null && VisitorId is null)
        {
            return Refusal.NoWayToReply;
        }

        if (seen != Version)
        {
            return Refusal.ChangedMeanwhile;
        }

        Version++;
        if (handles)
        {
            Handle(by, now);
        }

        return new OfflineReply(id, this, by, clientId, clean.Value, mailTo, now);
    }
}
