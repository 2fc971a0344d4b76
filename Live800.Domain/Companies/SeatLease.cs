using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>One seat 席位 in use: an agent's workspace in one sign-in session, alive as long as it is renewed (rule 3.8).</summary>
public sealed class SeatLease
{
    private SeatLease()
    {
    }

    internal SeatLease(AgentId agent, SessionId session, DateTimeOffset now)
    {
        AgentId = agent;
        SessionId = session;
        TakenAt = now;
        RenewedAt = now;
    }

    /// <summary>The agent; one seat per agent.</summary>
    public AgentId AgentId { get; private set; }

    /// <summary>The sign-in session whose tabs share the seat.</summary>
    public SessionId SessionId { get; internal set; }

    /// <summary>Since when the agent holds it; moving to another browser does not change it.</summary>
    public DateTimeOffset TakenAt { get; private set; }

    /// <summary>The last sign of life.</summary>
    public DateTimeOffset RenewedAt { get; internal set; }

    /// <summary>Since when it is beyond the seats in force, as far as noticed (rule 3.9).</summary>
    public DateTimeOffset? SurplusSince { get; internal set; }

    /// <summary>Whether a conversation was open in it after it became surplus; then it ends with that conversation (rule 3.9).</summary>
    public bool HasTalkedSinceSurplus { get; internal set; }

    /// <summary>Whether the seat is still held: its grace after the last sign of life is not over.</summary>
    public bool IsAliveAt(DateTimeOffset now, Moments moments) => now < RenewedAt + moments.SeatGrace;
}
