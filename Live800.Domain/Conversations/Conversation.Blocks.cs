using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

// The block list (rule 4).
public sealed partial class Conversation
{
    /// <summary>Its visitor was blocked: it ends whoever has it, and a request is withdrawn. Only while it runs.</summary>
    public ChatMessage EndWithBlock(AgentId by, DateTimeOffset now) =>
        State == ConversationState.Waiting ? Withdraw(now).Value : Close(Conversations.EndedBy.Agent, by, now);
}
