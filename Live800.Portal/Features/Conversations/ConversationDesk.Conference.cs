using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

// Conference 会议 (4). Asking somebody into it is a transfer that leaves the conversation where it is.
public sealed partial class ConversationDesk
{
    /// <summary>A colleague leaves the conference, or the conversation's agent takes him out of it; needs no seat (3.8). Refusals: ConversationUnknown, ConversationNotOpen, ConversationOfAnother (also one who is not in it).</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="member">Who leaves.</param>
    public Task<Outcome> LeaveConferenceAsync(CompanyId companyId, AgentId by, ConversationId id, AgentId member, CancellationToken cancellation = default)
    {
        ConferenceMember? leaving = null;
        return ChangeAsync(
            async (context, token) =>
            {
                leaving = await context.MemberAsync(companyId, id, member, token);
                return await context.ConversationAsync(companyId, id, token);
            },
            (conversation, now) => leaving is null ? Refusal.ConversationOfAnother : conversation.Leave(leaving, by, now),
            cancellation);
    }

    /// <summary>
    /// Part of a work that takes an agent's seat away: he leaves every conference, and each of his open conversations goes to the colleague who has been in its conference the longest and still has a seat; without one it goes
    /// back to the waiting line. All of it free of charge (3.8). Tell of them after the commit.
    /// </summary>
    internal static async Task<List<Conversation>> LeaveAllAsync(PortalDbContext context, CompanyId companyId, AgentId agent, DateTimeOffset now, Moments moments, CancellationToken cancellation)
    {
        var changed = new List<Conversation>();
        foreach (var member in await context.ConferenceMembers.Where(member => member.CompanyId == companyId && member.AgentId == agent && member.LeftAt == null).ToListAsync(cancellation))
        {
            if (await context.ConversationAsync(companyId, member.ConversationId, cancellation) is not { } helped) continue;
            if (helped.Leave(member, agent, now) is { IsRefused: false } line)
            {
                _ = context.ChatMessages.Add(line.Value);
                changed.Add(helped);
            }
            else
            {
                _ = member.Part(now);
            }
        }

        var plan = await context.SeatPlans.SingleOrDefaultAsync(plan => plan.CompanyId == companyId, cancellation);
        var open = await context.Conversations
            .Where(conversation => conversation.CompanyId == companyId && conversation.AgentId == agent && conversation.State == ConversationState.Open)
            .ToListAsync(cancellation);
        foreach (var conversation in open)
        {
            var heir = (await context.MembersAsync(companyId, conversation.Id, cancellation))
                .Where(member => member.IsIn(conversation) && plan?.HeldBy(member.AgentId, now, moments) is not null).MinBy(member => member.JoinedAt);
            _ = context.ChatMessages.Add((heir is null ? conversation.ReturnToGroup(now) : conversation.Inherit(heir, now)).Value);
            changed.Add(conversation);
        }

        return changed;
    }
}
