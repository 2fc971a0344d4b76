using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Notes;

/// <summary>Writes notes 内部备注 that only agents see (4). Any agent of the company may, also on a colleague's conversation and on one that is over. They are not changed and not taken away.</summary>
public sealed class NoteDesk(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>The same client id again is the same note (D2). Refusals: ConversationUnknown, NotAllowed, TextEmpty, TextTooLong, SameIdOtherText, TooManyRequests (as many as a conversation can have).</summary>
    public async Task<Outcome> AddAsync(CompanyId companyId, AgentId by, ConversationId id, Guid clientId, string? text, CancellationToken cancellation = default)
    {
        var written = await writes.RunAsync<Outcome<bool>>(
            async (context, token) =>
            {
                if (await context.ConversationAsync(companyId, id, token) is not { } conversation) return Refusal.ConversationUnknown;
                if (!await context.Agents.AnyAsync(agent => agent.CompanyId == companyId && agent.Id == by && !agent.IsDisabled, token)) return Refusal.NotAllowed;
                var now = time.GetUtcNow();
                var note = ConversationNote.Write(new ConversationNoteId(IdSource.Next(now)), conversation, by, clientId, text, now);
                if (note.IsRefused) return note.Refusal;
                if (await context.ConversationNotes.SingleOrDefaultAsync(other => other.ConversationId == id && other.ClientId == clientId, token) is { } twin)
                    return twin.Text == note.Value.Text && twin.AgentId == by ? false : Refusal.SameIdOtherText;
                if (await context.ConversationNotes.CountAsync(other => other.ConversationId == id, token) >= ConversationNote.MostOfConversation) return Refusal.TooManyRequests;
                _ = context.ConversationNotes.Add(note.Value);
                return true;
            },
            cancellation);
        // No visitor's page hears of it.
        if (written is { IsRefused: false, Value: true }) events.Publish(new PortalEvent(companyId, PortalTopic.Notes, id.Value));
        return written.WithoutValue();
    }
}
