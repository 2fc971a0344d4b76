using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

// Pushed pages 推送页面 (S2.1).
public sealed partial class Conversation
{
    /// <summary>
    /// Its agent pushes a page 推送页面: always a line with the link, and a push that has an outcome (S2.1). Costs nothing. Whether <paramref name="command"/> came before is the caller's question (D7).
    /// Refusals: AddressInvalid, TextTooLong, ConversationNotOpen, ConversationOfAnother.
    /// </summary>
    public Outcome<PagePushStart> Push(AgentId agent, Guid command, string? address, string? title, DateTimeOffset now)
    {
        var words = PagePush.Write(address, title);
        if (words.IsRefused)
        {
            return words.Refusal;
        }

        if (State != ConversationState.Open)
        {
            return Refusal.ConversationNotOpen;
        }

        if (agent != AgentId)
        {
            return Refusal.ConversationOfAnother;
        }

        var line = Add(Speaker.Agent(agent), ChatMessageKind.PagePush, command, words.Value, now);
        SeenBy(ChatAuthor.Agent, LastSequence);
        return new PagePushStart(new PagePush(line), line);
    }
}
