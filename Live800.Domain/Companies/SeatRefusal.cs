using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>A workspace that was refused because all seats were taken; kept for statistics and the recommendation (rule 3.8).</summary>
public sealed class SeatRefusal
{
    private SeatRefusal()
    {
    }

    /// <summary>Records a refusal.</summary>
    public SeatRefusal(long id, CompanyId company, AgentId agent, int used, long seats, DateTimeOffset at)
    {
        Id = id;
        CompanyId = company;
        AgentId = agent;
        Used = used;
        Seats = seats;
        At = at;
    }

    /// <summary>Key.</summary>
    public long Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Who was refused.</summary>
    public AgentId AgentId { get; private set; }

    /// <summary>Seats in use then.</summary>
    public int Used { get; private set; }

    /// <summary>Seats in force then.</summary>
    public long Seats { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }
}
