using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>One stretch of time in which an agent held a seat; online time 在线时长 is counted from these (rule 3.8). Extended about once a minute while the seat lives.</summary>
public sealed class SeatStay
{
    /// <summary>How long a stay is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    private SeatStay()
    {
    }

    /// <summary>A stay that has just been noticed.</summary>
    public SeatStay(CompanyId company, AgentId agent, DateTimeOffset from, DateTimeOffset until)
    {
        (CompanyId, AgentId, From, Until) = (company, agent, from, until);
    }

    public CompanyId CompanyId { get; private set; }

    public AgentId AgentId { get; private set; }

    /// <summary>When the seat was taken; key together with company and agent.</summary>
    public DateTimeOffset From { get; private set; }

    /// <summary>The last sign of life that was noted.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>Seen again; never shortened.</summary>
    public void Extend(DateTimeOffset until) => Until = until > Until ? until : Until;

    /// <summary>How much of it lies between two instants.</summary>
    public TimeSpan Within(DateTimeOffset from, DateTimeOffset until)
    {
        var (begin, end) = (From > from ? From : from, Until < until ? Until : until);
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
