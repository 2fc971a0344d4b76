using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Workspace;

/// <summary>What an agent can start with a visitor now, as far as it hangs on the visitor (2); the desk asks again when he does.</summary>
/// <param name="Invite">Why he cannot be invited; none when he can.</param>
/// <param name="Proactive">Why no proactive chat can be started with him; none when it can.</param>
/// <param name="Last">His last invitation of this visit, open or over.</param>
/// <param name="Running">The conversation he waits or talks in.</param>
public sealed record StartOffer(Refusal Invite, Refusal Proactive, Invitation? Last, Conversation? Running)
{
    /// <summary>What stands against both whatever the visitor does: no answers, or a seat beyond the number.</summary>
    public StartOffer Under(Refusal always) => always == Refusal.None ? this : this with
    {
        Invite = Invite == Refusal.None ? always : Invite,
        Proactive = Proactive == Refusal.None ? always : Proactive,
    };

    /// <summary>Whether there is anything here for somebody with his rights.</summary>
    public bool IsFor => Invite != Refusal.NotAllowed || Proactive != Refusal.NotAllowed;

    /// <summary>A start that somebody has no right to is none of his, whatever else stands against it (S2.17).</summary>
    public StartOffer For(CurrentAgent agent) => this with
    {
        Invite = agent.May(Permission.Invite) ? Invite : Refusal.NotAllowed,
        Proactive = agent.May(Permission.Proactive) ? Proactive : Refusal.NotAllowed,
    };
}

/// <summary>Reads what can be started.</summary>
public sealed class StartOffers(ConversationQueries conversations, LiveVisits visits, BlockBoard blocks, Moments moments)
{
    /// <summary>When an unacknowledged start counts as not delivered (2.2).</summary>
    public TimeSpan NotDeliveredAfter => moments.NotDeliveredAfter;

    public async Task<StartOffer> ReadAsync(CompanyId company, VisitorId visitor, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var running = await conversations.LatestOfVisitorAsync(company, visitor, cancellation) is { IsRunning: true } latest ? latest : null;
        var last = await conversations.LastInvitationAsync(company, visitor, cancellation);
        var visit = visits.Find(company, visitor, now);
        var alive = visit?.LastAlive(now) ?? DateTimeOffset.MinValue;
        var offer = new StartOffer(
            StartRules.CanInvite(alive, running, last, now, moments).Refusal,
            StartRules.CanApproach(alive, running, last, now, moments).Refusal,
            last is not null && last.VisitId == visit?.Id ? last : null,
            running);
        return await blocks.CoversAsync(company, visitor, visit?.NetworkAddress ?? "", cancellation) ? offer.Under(Refusal.VisitorBlocked) : offer;
    }

    public InvitationState StateOf(Invitation invitation, DateTimeOffset now) => invitation.StateAt(now, moments);

    public DeliveryState DeliveryOf(Invitation invitation, DateTimeOffset now) => invitation.DeliveryAt(now, moments);

    public DateTimeOffset ExpiryOf(Invitation invitation) => invitation.ExpiresAt(moments);
}
