namespace Live800.Domain.Packages;

/// <summary>One past day of a company as its own records tell it (S4.4).</summary>
/// <param name="Day">The company's calendar day.</param>
/// <param name="Answers">Answers taken on it, whatever they were charged to.</param>
/// <param name="Missed">Requests nobody could accept because no answer was left.</param>
/// <param name="Workspaces">Most workspaces open at once, those that were refused included.</param>
public readonly record struct PastDay(DateOnly Day, int Answers, int Missed, int Workspaces)
{
    /// <summary>Conversations that wanted an answer.</summary>
    public int Wanted => Answers + Missed;
}

/// <summary>The last days of a company, at most 30, the oldest first; days before its registration are not among them (S4.4).</summary>
/// <param name="Visits">Visits of all days.</param>
public sealed record PastDays(IReadOnlyList<PastDay> Days, int Visits)
{
    /// <summary>How many days are looked at.</summary>
    public const int Longest = 30;

    /// <summary>Conversations of all days that wanted an answer.</summary>
    public int Wanted => Days.Sum(day => day.Wanted);

    /// <summary>Requests of all days that no answer was left for.</summary>
    public int Missed => Days.Sum(day => day.Missed);

    /// <summary>Most workspaces wanted at once on any day.</summary>
    public int MostWorkspaces => Days.Select(day => day.Workspaces).DefaultIfEmpty().Max();

    /// <summary>Whether anything happened that a package could be measured on.</summary>
    public bool HasData => Wanted > 0 || MostWorkspaces > 0;
}
