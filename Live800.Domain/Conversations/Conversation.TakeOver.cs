using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

// Taking over 接管 (rule 4).
public sealed partial class Conversation
{
    /// <summary>
    /// Whether a supervisor could take it over at once. Refusals: NothingToTakeOver (over, or it waits), TransferToSelf, TakenByAnother (somebody else has it by now than he saw).
    /// </summary>
    /// <param name="from">The agent from whom he means to take it.</param>
    public Outcome CanTakeOver(AgentId by, AgentId from) =>
        State != ConversationState.Open ? Refusal.NothingToTakeOver
        : AgentId == by ? Refusal.TransferToSelf
        : AgentId != from ? Refusal.TakenByAnother
        : Outcome.Done;
}
