using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Conversations;

/// <summary>Whether an agent works from a seat of his own just now (3.8).</summary>
internal static class Seating
{
    /// <summary>Refusals: SeatLost (grace over, released or never taken), SeatMoved (another browser of the agent has it).</summary>
    public static Outcome Of(SeatPlan? plan, AgentId agent, SessionId? session, DateTimeOffset now, Moments moments)
    {
        if (plan?.HeldBy(agent, now, moments) is not { } lease) return Refusal.SeatLost;
        return session is null || lease.SessionId == session ? Outcome.Done : Refusal.SeatMoved;
    }
}
