using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Packages;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>Notes requests that came to nothing, with the reason as it is at that moment (4). Always part of the work that ends or refuses the request.</summary>
public sealed class MissedBook(Answering answering, PackageDesk packages, AgentPresence presence, Moments moments)
{
    // An agent's repeated tries to come in are noted every five minutes (3.8).
    private static readonly TimeSpan RecentlyRefused = TimeSpan.FromMinutes(5);

    /// <summary>A waiting request has just been withdrawn; any other conversation is passed over.</summary>
    internal async Task NoteAsync(PortalDbContext context, Conversation conversation, DateTimeOffset now, CancellationToken cancellation)
    {
        if (conversation.State != ConversationState.Withdrawn) return;
        var company = conversation.CompanyId;
        var reason = await WhyAsync(context, company, conversation.GroupId, !conversation.AnswerTaken, conversation.RequestedAt, now, cancellation);
        _ = context.MissedRequests.Add(MissedRequest.GivenUp(conversation, reason, (await answering.HoursAsync(company, cancellation)).Zones.DateAt(now), now));
    }

    /// <summary>
    /// A visitor could not begin. Kept once for a visitor and day, at most <see cref="MissedRequest.MostOfDay"/> for a company and day. Says whether anything changed; what is no missed request (the visitor gone, his
    /// text empty, too many files) changes nothing.
    /// </summary>
    internal async Task<bool> NoteRefusedAsync(PortalDbContext context, CompanyId company, VisitorId visitor, GroupId? group, Refusal refusal, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!IsMissed(refusal)) return false;
        var day = (await answering.HoursAsync(company, cancellation)).Zones.DateAt(now);
        // One that this work has made and not stored yet is found first.
        var known = context.MissedRequests.Local.FirstOrDefault(row => row.CompanyId == company && row.Day == day && row.VisitorId == visitor && !row.HasWaited)
            ?? await context.MissedRequests.AsTracking().SingleOrDefaultAsync(row => row.CompanyId == company && row.Day == day && row.VisitorId == visitor && row.ConversationId == null, cancellation);
        if (known is not null && now - known.At < MissedRequest.SameTry) return false;
        var reason = refusal switch
        {
            Refusal.MembersOnly => MissedReason.MembersOnly,
            Refusal.AnswersMissing => MissedReason.NotAnswered,
            _ => await WhyAsync(context, company, group, true, now - RecentlyRefused, now, cancellation),
        };
        if (known is not null) return known.TryAgain(group, reason, now);
        if (await context.MissedRequests.CountAsync(row => row.CompanyId == company && row.Day == day && row.ConversationId == null, cancellation) >= MissedRequest.MostOfDay) return false;
        _ = context.MissedRequests.Add(MissedRequest.NotStarted(company, visitor, group, reason, day, now));
        return true;
    }

    /// <summary>Whether a refused start is one that was missed.</summary>
    internal static bool IsMissed(Refusal refusal) => refusal is Refusal.NobodyCanAnswer or Refusal.MembersOnly or Refusal.AnswersMissing;

    private async Task<MissedReason> WhyAsync(
        PortalDbContext context, CompanyId company, GroupId? group, bool takesAnswer, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await context.Companies.AnyAsync(row => row.Id == company && row.SuspendedAt != null, cancellation)) return MissedReason.Suspended;
        var hours = await answering.HoursAsync(company, cancellation);
        if (!hours.IsOpen(now) && (group is null || !hours.IsOpen(now, group))) return MissedReason.OutsideHours;
        var entitlement = await packages.EntitlementAsync(context, company, now, cancellation);
        if (takesAnswer && !entitlement.HasAnswers) return MissedReason.AnswersUsedUp;

        var wasRefusedSeat = await context.SeatRefusals.AnyAsync(row => row.CompanyId == company && row.At >= since, cancellation);
        var line = group is { } id && await context.GroupAsync(company, id, cancellation) is { } found ? RequestLine.Of(found) : null;
        var reachable = presence.In(company, now).Where(agent => agent.IsReachable).ToList();
        if (reachable.Count == 0)
        {
            var plan = await context.SeatPlans.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == company, cancellation);
            var isFull = plan is not null && entitlement.Seats is { } seats && plan.Held(now, moments).Count >= seats;
            return isFull || wasRefusedSeat ? MissedReason.SeatsFull : MissedReason.NobodyIn;
        }

        // Of a group nobody is in the whole company's agents could have taken it.
        var own = line is null ? reachable : reachable.FindAll(agent => line.Has(agent.Agent));
        var (routing, talking) = (await context.RoutingAsync(company, cancellation), await context.TalkingAsync(company, cancellation));
        return (own.Count > 0 ? own : reachable).TrueForAll(agent => talking.GetValueOrDefault(agent.Agent) >= routing.MostOf(agent.Agent)) ? MissedReason.AgentsFull
            : wasRefusedSeat ? MissedReason.SeatsFull
            : MissedReason.NotTaken;
    }
}
