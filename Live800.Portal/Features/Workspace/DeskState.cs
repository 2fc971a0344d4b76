using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;

namespace Live800.Portal.Features.Workspace;

/// <summary>The pane a phone shows; a wide window shows them all.</summary>
public enum DeskPane
{
    Visitors,
    Conversation,
    Visitor,
}

/// <summary>What this circuit's desk shows. It outlives the page, so that a look into the history loses nothing.</summary>
public sealed class DeskState
{
    private readonly Dictionary<ConversationId, Outbox> _outboxes = [];

    /// <summary>The visitor whose panel is open.</summary>
    public VisitorId? Visitor { get; private set; }

    /// <summary>The conversation in the middle, the agent's own or one that is only read.</summary>
    public ConversationId? Conversation { get; private set; }

    public DeskPane Pane { get; private set; }

    /// <summary>Ended conversations whose tab the agent has not closed yet.</summary>
    public HashSet<ConversationId> KeptTabs { get; } = [];

    public string? Search { get; set; }

    /// <summary>Unread messages in tabs that are not shown.</summary>
    public int Unread { get; set; }

    /// <summary>The desk itself is in front; on other pages nobody counts what is unread.</summary>
    public bool IsShown { get; set; }

    /// <summary>Called when another pane, visitor or conversation is chosen.</summary>
    public event Action? Changed;

    public void Choose(VisitorId visitor, ConversationId? conversation)
    {
        Visitor = visitor;
        Conversation = conversation;
        Pane = DeskPane.Conversation;
        Changed?.Invoke();
    }

    public void Turn(DeskPane pane)
    {
        Pane = pane;
        Changed?.Invoke();
    }

    /// <summary>Back to an empty middle.</summary>
    public void Clear()
    {
        Visitor = null;
        Conversation = null;
        Changed?.Invoke();
    }

    /// <summary>The unsent messages of a conversation; they stay while other tabs are looked at.</summary>
    public Outbox OutboxOf(ConversationId conversation, Func<ConversationId, Outbox> make)
    {
        if (!_outboxes.TryGetValue(conversation, out var outbox)) _outboxes[conversation] = outbox = make(conversation);
        return outbox;
    }
}
