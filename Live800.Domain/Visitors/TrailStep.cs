using Live800.Domain.Shared;

namespace Live800.Domain.Visitors;

/// <summary>One page of a visit's trail 轨迹 (S2.13).</summary>
public sealed class TrailStep
{
    private TrailStep()
    {
    }

    internal TrailStep(Visit visit, int number, string address, string title, DateTimeOffset at)
    {
        CompanyId = visit.CompanyId;
        VisitId = visit.Id;
        Number = number;
        Address = address;
        Title = title;
        At = at;
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The visit; key together with <see cref="Number"/>.</summary>
    public VisitId VisitId { get; private set; }

    /// <summary>1, 2, 3 …</summary>
    public int Number { get; private set; }

    /// <summary>The page's address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The page's title.</summary>
    public string Title { get; private set; } = "";

    /// <summary>When the page was opened.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>When its tab showed another page or was closed; nothing while it is open. With several tabs a step can outlast the next one.</summary>
    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>How long the page was open, so far or altogether.</summary>
    public TimeSpan StayAt(DateTimeOffset now) => (LeftAt ?? now) - At is var stay && stay > TimeSpan.Zero ? stay : TimeSpan.Zero;

    /// <summary>The page was left; the first time counts, and it is never before it was opened.</summary>
    public void Leave(DateTimeOffset at) => LeftAt ??= at > At ? at : At;
}
