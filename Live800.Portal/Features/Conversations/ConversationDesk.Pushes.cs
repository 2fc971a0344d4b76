using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

// Pushed pages 推送页面 (S2.1).
public sealed partial class ConversationDesk
{
    /// <summary>
    /// The conversation's agent pushes a page; the link stands in the conversation whatever becomes of it, and nothing is counted. The same command again is the same push (D7). Refusals: NotAllowed (S2.17), AddressInvalid,
    /// TextTooLong (the title), ConversationUnknown, SameIdOtherText, SeatLost, SeatMoved, ConversationNotOpen, ConversationOfAnother.
    /// </summary>
    public async Task<Outcome<PagePush>> PushAsync(
        CompanyId companyId, AgentId agent, SessionId session, ConversationId id, Guid command, string? address, string? title, CancellationToken cancellation = default)
    {
        var words = PagePush.Write(address, title);
        if (words.IsRefused) return words.Refusal;
        var (pushed, changed) = await writes.RunAsync<(Outcome<PagePush>, Conversation?)>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (!await context.MayAsync(companyId, agent, Permission.PushPage, token)) return (Refusal.NotAllowed, null);
                if (await context.ConversationAsync(companyId, id, token) is not { } conversation) return (Refusal.ConversationUnknown, null);
                if (await context.ChatMessages.SingleOrDefaultAsync(line => line.ConversationId == id && line.ClientId == command, token) is { } repeated)
                {
                    if (repeated.Kind != ChatMessageKind.PagePush || repeated.Text != words.Value) return (Refusal.SameIdOtherText, null);
                    return (await context.PagePushes.SingleAsync(push => push.ConversationId == id && push.Sequence == repeated.Sequence, token), null);
                }

                // A running conversation goes on, on a surplus seat too (3.6, 3.9).
                var plan = await context.SeatPlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.CompanyId == companyId, token);
                var seated = Seating.Of(plan, agent, session, now, moments);
                if (seated.IsRefused) return (seated.Refusal, null);
                var started = conversation.Push(agent, command, address, title, now);
                if (started.IsRefused) return (started.Refusal, null);
                _ = context.PagePushes.Add(started.Value.Push);
                _ = context.ChatMessages.Add(started.Value.Line);
                return (started.Value.Push, conversation);
            },
            cancellation);
        if (changed is not null) events.Publish(new PortalEvent(companyId, PortalTopic.Conversation, id.Value, changed.VisitorId));
        return pushed;
    }

    /// <summary>A page of the visitor has the push. A repeat changes nothing. Refusal: ConversationUnknown (none of his).</summary>
    public async Task<Outcome> PushReachedAsync(CompanyId companyId, VisitorId visitor, ConversationId id, int sequence, CancellationToken cancellation = default) =>
        (await ChangeAsync(companyId, visitor, id, sequence, (push, now) => push.Reached(now), cancellation)).WithoutValue();

    /// <summary>
    /// What the visitor did with it. Gives whether this report was the first: of several pages that would open it by themselves one may (S2.1). Refusal: ConversationUnknown (none of his).
    /// </summary>
    /// <param name="byItself">A page asks whether it may open it unasked; too late for that is not a report.</param>
    public Task<Outcome<bool>> PushReportAsync(
        CompanyId companyId, VisitorId visitor, ConversationId id, int sequence, PushOutcome outcome, bool byItself, CancellationToken cancellation = default) =>
        ChangeAsync(companyId, visitor, id, sequence, (push, now) => (!byItself || push.IsOffered(now, moments)) && push.Report(outcome, now), cancellation);

    private async Task<Outcome<bool>> ChangeAsync(
        CompanyId companyId, VisitorId visitor, ConversationId id, int sequence, Func<PagePush, DateTimeOffset, bool> change, CancellationToken cancellation)
    {
        var changed = await writes.RunAsync<Outcome<bool>>(
            async (context, token) =>
            {
                if (await context.ConversationOfVisitorAsync(companyId, visitor, id, token) is null) return Refusal.ConversationUnknown;
                if (await context.PagePushes.SingleOrDefaultAsync(push => push.CompanyId == companyId && push.ConversationId == id && push.Sequence == sequence, token) is not { } push)
                    return Refusal.ConversationUnknown;
                return change(push, time.GetUtcNow());
            },
            cancellation);
        // For the agent's card; the visitor's pages have nothing new to read.
        if (changed is { IsRefused: false, Value: true }) events.Publish(new PortalEvent(companyId, PortalTopic.Conversation, id.Value));
        return changed;
    }
}
