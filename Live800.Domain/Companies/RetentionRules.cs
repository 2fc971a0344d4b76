using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>What a company may keep for a while only (rule 1).</summary>
public enum RetentionKind
{
    /// <summary>What was said and noted in conversations, and what was answered before them.</summary>
    Conversations = 0,

    /// <summary>Files and pictures sent in conversations.</summary>
    Files = 1,

    /// <summary>Offline messages and their replies.</summary>
    OfflineMessages = 2,

    /// <summary>Trails, and what is known of a visit: address, page, browser.</summary>
    Visits = 3,
}

/// <summary>How many months each kind is kept; nothing is for ever.</summary>
public sealed record RetentionMonths(int? Conversations = null, int? Files = null, int? OfflineMessages = null, int? Visits = null)
{
    /// <summary>Longest that can be chosen.</summary>
    public const int Most = 120;

    /// <summary>Everything is kept for ever.</summary>
    public static readonly RetentionMonths ForEver = new();

    /// <summary>Whether anything is ever erased by its age.</summary>
    public bool IsForEver => this == ForEver;

    /// <summary>The months of one kind.</summary>
    public int? Of(RetentionKind kind) => kind switch
    {
        RetentionKind.Conversations => Conversations,
        RetentionKind.Files => Files,
        RetentionKind.OfflineMessages => OfflineMessages,
        _ => Visits,
    };

    /// <summary>Other months for one kind.</summary>
    public RetentionMonths With(RetentionKind kind, int? months) => kind switch
    {
        RetentionKind.Conversations => this with { Conversations = months },
        RetentionKind.Files => this with { Files = months },
        RetentionKind.OfflineMessages => this with { OfflineMessages = months },
        _ => this with { Visits = months },
    };

    /// <summary>What is older than this instant goes: so many calendar months before today's beginning in the company's zone; nothing goes where it is kept for ever.</summary>
    public DateTimeOffset? EdgeOf(RetentionKind kind, DateTimeOffset now, TimeZoneInfo zone) => Of(kind) is { } months
        ? LocalCalendar.StartOfDay(LocalCalendar.DateOf(now, zone).AddMonths(-months), zone)
        : null;
}

/// <summary>How long a company keeps what it knows of visitors (rule 1), and how far that was carried out.</summary>
public sealed class RetentionRules
{
    private RetentionRules()
    {
    }

    /// <summary>Everything is kept for ever, until the company chooses otherwise.</summary>
    public RetentionRules(CompanyId company) => CompanyId = company;

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>How long.</summary>
    public RetentionMonths Months { get; private set; } = RetentionMonths.ForEver;

    /// <summary>The last of the company's days on which it was carried out.</summary>
    public DateOnly? AppliedOn { get; private set; }

    /// <summary>Up to which visit trails are gone, so that nobody looks at the same ones every night.</summary>
    public long VisitsUntil { get; private set; }

    /// <summary>Grows with every choice, so that of two people the second hears of the first.</summary>
    public long Version { get; private set; }

    /// <summary>Chooses. Refusal: RetentionInvalid.</summary>
    public Outcome Choose(RetentionMonths months)
    {
        if (Enum.GetValues<RetentionKind>().Any(kind => months.Of(kind) is < 1 or > RetentionMonths.Most))
        {
            return Refusal.RetentionInvalid;
        }

        // What was carried out today is carried out again with the new choice.
        (Months, AppliedOn) = (months, null);
        Version++;
        return Outcome.Done;
    }

    /// <summary>It was carried out on a day of the company's.</summary>
    public void Apply(DateOnly day) => AppliedOn = day;

    /// <summary>Trails up to this visit are gone.</summary>
    public void PassVisits(long until) => VisitsUntil = Math.Max(VisitsUntil, until);
}
