using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Supervision;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

// Taking over 接管 (4): a transfer nobody is asked about.
public sealed partial class ConversationDesk
{
    /// <summary>
    /// A supervisor with a seat becomes the agent of a running conversation at once: transfer, conversation, the line both sides read and the audit entry in one transaction (D8); no answer is taken. What is offered of it
    /// otherwise is over; a conference goes on without him in it. The same command again is the same take-over (D7). Refusals: NotAllowed, ConversationUnknown, SeatNeeded (he holds none), SeatMoved, SeatSurplus,
    /// NothingToTakeOver, TransferToSelf, TakenByAnother, InputInvalid (the command of something else).
    /// </summary>
    /// <param name="from">The agent from whom he means to take it: of two supervisors at once the second hears of the first.</param>
    public async Task<Outcome<Conversation>> TakeOverAsync(CurrentAgent by, ConversationId id, AgentId from, Guid command, CancellationToken cancellation = default)
    {
        var (companyId, me) = (by.CompanyId, by.AgentId);
        var told = new List<Transfer>();
        var taken = await writes.RunAsync<Outcome<Conversation>>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (!await context.MaySuperviseAsync(companyId, me, token)) return Refusal.NotAllowed;
                if (await context.ConversationAsync(companyId, id, token) is not { } conversation) return Refusal.ConversationUnknown;
                if (await context.Transfers.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == companyId && row.CommandId == command, token) is { } repeated)
                    return repeated.IsTakeOver && repeated.ConversationId == id && repeated.To == me ? conversation : Refusal.InputInvalid;
                var possible = conversation.CanTakeOver(me, from);
                if (possible.IsRefused) return possible.Refusal;
                var seated = await SeatedAsync(context, companyId, me, by.SessionId, now, token);
                if (seated.IsRefused) return seated.Refusal == Refusal.SeatLost ? Refusal.SeatNeeded : seated.Refusal;

                var last = await LastTransferAsync(context, companyId, id, token);
                var (transfer, line) = Transfer.TakeOver(new TransferId(IdSource.Next(now)), conversation, me, from, command, now).Value;
                // What was under way is over with it, and is stored as that.
                if (last?.Close(conversation, now, moments) == true) told.Add(last);
                _ = context.Transfers.Add(transfer);
                _ = context.ChatMessages.Add(line);
                // Whoever only helped has it himself now.
                _ = (await context.MemberAsync(companyId, id, me, token))?.Part(now);
                var giver = await context.Agents.Where(agent => agent.CompanyId == companyId && agent.Id == from).Select(agent => agent.Name).SingleOrDefaultAsync(token);
                _ = context.Add(AuditEntry.Of(by, AuditAction.ConversationTakenOver, $"{by.CompanyCode} · {giver} · #{id}", now));
                told.Add(transfer);
                return conversation;
            },
            cancellation);
        foreach (var transfer in told) Tell(transfer);
        if (told.Count > 0) Tell(taken.Value);
        return taken;
    }
}
