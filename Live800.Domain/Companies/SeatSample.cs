using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>The most seats a company had in use at once within one hour; kept for the recommendation and for the peak of a week (S4.4, rule 3.8). One row an hour at most.</summary>
public sealed class SeatSample
{
    /// <summary>How long a sample is kept: a year for the statistics and a month beside it to compare; the recommendation and the store read less.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    private SeatSample()
    {
    }

    /// <summary>The first sample of an hour.</summary>
    public SeatSample(CompanyId company, DateTimeOffset at, int used)
    {
        CompanyId = company;
        Hour = HourOf(at);
        Used = used;
    }

    /// <summary>The company; key together with <see cref="Hour"/>.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The beginning of the hour, UTC.</summary>
    public DateTimeOffset Hour { get; private set; }

    /// <summary>Most seats in use at once.</summary>
    public int Used { get; private set; }

    /// <summary>Seen again within the hour.</summary>
    public void See(int used) => Used = Math.Max(Used, used);

    /// <summary>The beginning of the hour an instant lies in, UTC.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
