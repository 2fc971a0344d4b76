using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>What happens to a company's packages by date alone (rule 3.12).</summary>
public enum TransitionKind
{
    /// <summary>The company's midnight: the free answers are back (rule 3.5).</summary>
    DailyQuotaReset = 0,

    /// <summary>A bought or granted term began.</summary>
    TermStarted = 1,

    /// <summary>A bought or granted term ended (S4.11).</summary>
    TermEnded = 2,

    /// <summary>The trial ended (S4.15).</summary>
    TrialEnded = 3,

    /// <summary>In 7 days an interval ends that nothing follows (rule 3.6).</summary>
    EndsIn7Days = 4,

    /// <summary>In 3 days.</summary>
    EndsIn3Days = 5,

    /// <summary>In 1 day.</summary>
    EndsIn1Day = 6,

    /// <summary>In 24 hours there are fewer seats (rule 3.9).</summary>
    SeatsShrinkIn24Hours = 7,

    /// <summary>In 1 hour there are fewer seats (rule 3.9).</summary>
    SeatsShrinkIn1Hour = 8,

    /// <summary>80 % of the clicks after the last credit are used (rule 3.6). This and the following are dated by what they belong to, so that each comes once for it: the last credit.</summary>
    Clicks80Percent = 9,

    /// <summary>95 % of them are used (rules 3.6 and 3.9).</summary>
    Clicks95Percent = 10,

    /// <summary>Five clicks or fewer are left (rule 3.9).</summary>
    LastClicks = 11,

    /// <summary>All clicks were used; free is in force unless monthly is (S4.12).</summary>
    ClicksUsedUp = 12,

    /// <summary>The last free answer of a day is left (rule 3.6); dated by the day's midnight.</summary>
    LastFreeAnswer = 13,

    /// <summary>The day's free answers are used up (S4.13); dated by the day's midnight.</summary>
    NoAnswersLeft = 14,
}

/// <summary>A transition and its exact instant, computed from the account's dated facts.</summary>
public readonly record struct DueTransition(TransitionKind Kind, DateTimeOffset At);

/// <summary>
/// The record that a transition was noticed: one per company, kind and instant, however often and by however many the jobs run (rule 3.12).
/// Nothing is decided by it; what is in force was computed right all the time.
/// </summary>
public sealed class PackageTransition
{
    private PackageTransition()
    {
    }

    /// <summary>Records a transition.</summary>
    public PackageTransition(CompanyId company, DueTransition due, DateTimeOffset now)
    {
        CompanyId = company;
        Kind = due.Kind;
        At = due.At;
        RecordedAt = now;
    }

    /// <summary>The company; key together with <see cref="Kind"/> and <see cref="At"/>.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>What happened.</summary>
    public TransitionKind Kind { get; private set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>When a job noticed.</summary>
    public DateTimeOffset RecordedAt { get; private set; }
}
