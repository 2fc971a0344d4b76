using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Supervision;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Whispers;

/// <summary>
/// Writes whispers 悄悄话 (4): a supervisor to the agents of a running conversation, and they back. No seat is needed, no answer taken, and no page of the visitor hears of it.
/// </summary>
public sealed class WhisperDesk(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>
    /// The same client id again is the same whisper (D2), also when the conversation is over meanwhile. Refusals: ConversationUnknown, ConversationOfAnother (neither a supervisor nor one who talks in it), TextEmpty,
    /// TextTooLong, ConversationNotOpen, SameIdOtherText, TooManyRequests (as many as a conversation can have).
    /// </summary>
    public async Task<Outcome> SayAsync(CompanyId companyId, AgentId by, ConversationId id, Guid clientId, string? text, CancellationToken cancellation = default)
    {
        var said = await writes.RunAsync<Outcome<bool>>(
            async (context, token) =>
            {
                if (await context.ConversationAsync(companyId, id, token) is not { } conversation) return Refusal.ConversationUnknown;
                if (!await context.TalksInAsync(conversation, by, token) && !await context.MaySuperviseAsync(companyId, by, token)) return Refusal.ConversationOfAnother;
                if (await context.Whispers.AsNoTracking().SingleOrDefaultAsync(other => other.CompanyId == companyId && other.ConversationId == id && other.ClientId == clientId, token) is { } twin)
                    return MessageText.Clean(text) is { IsRefused: false } clean && clean.Value == twin.Text && twin.AgentId == by ? false : Refusal.SameIdOtherText;
                var now = time.GetUtcNow();
                var whisper = Whisper.Write(new WhisperId(IdSource.Next(now)), conversation, by, clientId, text, now);
                if (whisper.IsRefused) return whisper.Refusal;
                if (await context.Whispers.CountAsync(other => other.ConversationId == id, token) >= Whisper.MostOfConversation) return Refusal.TooManyRequests;
                _ = context.Whispers.Add(whisper.Value);
                return true;
            },
            cancellation);
        // Without the visitor: no page of his is told.
        if (said is { IsRefused: false, Value: true }) events.Publish(new PortalEvent(companyId, PortalTopic.Whispers, id.Value));
        return said.WithoutValue();
    }
}
