namespace Live800.Domain.Statistics;

/// <summary>What is counted of the visits to a company's site 流量 (rule 6). Robots are in none of it but their own number.</summary>
/// <param name="Views">Page views 页面浏览; a view counts in its own hour.</param>
/// <param name="Visits">Visits 访问; a visit counts in the hour in which it began.</param>
/// <param name="Visitors">Distinct visitors 访客 of these visits.</param>
/// <param name="NewVisitors">Those of them who had never been there before.</param>
/// <param name="Lines">Distinct network addresses 地址 of these visits, each one customer's line.</param>
/// <param name="Bounces">Visits of one page, so far.</param>
/// <param name="Ended">Visits that are over.</param>
/// <param name="Seconds">How long those lasted, together.</param>
/// <param name="Talks">Visits in which an agent talked to the visitor.</param>
/// <param name="Robots">Visits of robots, left out of everything else.</param>
public readonly record struct TrafficSums(long Views, long Visits, long Visitors, long NewVisitors, long Lines, long Bounces, long Ended, long Seconds, long Talks, long Robots)
{
    /// <summary>Pages of a visit, on average; nothing without visits.</summary>
    public double? PagesPerVisit => Share.Of(Views, Visits);

    /// <summary>Share of visits that saw one page 跳出率.</summary>
    public double? BounceRate => Share.Of(Bounces, Visits);

    /// <summary>Share of visits in which an agent talked to the visitor 对话率.</summary>
    public double? TalkRate => Share.Of(Talks, Visits);

    /// <summary>How long a visit that is over lasted, on average.</summary>
    public TimeSpan? MeanLength => Ended == 0 ? null : TimeSpan.FromSeconds((double)Seconds / Ended);
}

/// <summary>Shares of a whole.</summary>
public static class Share
{
    /// <summary>The quotient; nothing where there is no whole.</summary>
    public static double? Of(long part, long whole) => whole == 0 ? null : (double)part / whole;

    /// <summary>How much more or less something has become, as a share of what it was; nothing where it was nothing.</summary>
    public static double? Change(double now, double before) => before == 0 ? null : (now - before) / before;
}

/// <summary>One step of a period.</summary>
/// <param name="Day">Its first date.</param>
/// <param name="Hour">The instant the hour began, where the step is an hour.</param>
public sealed record TrafficStep(DateOnly Day, DateTimeOffset? Hour, TrafficSums Sums);

/// <summary>The traffic of a period.</summary>
/// <param name="Whole">Of the whole period; distinct visitors are fewer than those of the steps together.</param>
/// <param name="Steps">Every step, also those without anything.</param>
public sealed record Traffic(TrafficSums Whole, IReadOnlyList<TrafficStep> Steps);

/// <summary>What is counted of visits that have something in common: source, place, device, search word.</summary>
public readonly record struct SliceSums(long Visits, long Bounces, long Ended, long Seconds, long Talks)
{
    /// <summary>Share of visits that saw one page.</summary>
    public double? BounceRate => Share.Of(Bounces, Visits);

    /// <summary>Share of visits in which an agent talked to the visitor.</summary>
    public double? TalkRate => Share.Of(Talks, Visits);

    /// <summary>How long a visit that is over lasted, on average.</summary>
    public TimeSpan? MeanLength => Ended == 0 ? null : TimeSpan.FromSeconds((double)Seconds / Ended);

    /// <summary>Both together.</summary>
    public static SliceSums operator +(SliceSums one, SliceSums other) =>
        new(one.Visits + other.Visits, one.Bounces + other.Bounces, one.Ended + other.Ended, one.Seconds + other.Seconds, one.Talks + other.Talks);
}

/// <summary>A page and what is counted of it.</summary>
/// <param name="Id">Its number among the company's names.</param>
/// <param name="Address">Host, path and the parameters that name it.</param>
/// <param name="Title">What it called itself last.</param>
/// <param name="Views">Views.</param>
/// <param name="Entries">Visits that began here.</param>
/// <param name="Exits">Visits whose last page, so far, it is.</param>
/// <param name="Stays">Views after which the page was left, as far as known.</param>
/// <param name="StaySeconds">How long those were open, each half an hour at most.</param>
public sealed record PageFigures(long Id, string Address, string Title, long Views, long Entries, long Exits, long Stays, long StaySeconds)
{
    /// <summary>How long the page was open, on average.</summary>
    public TimeSpan? MeanStay => Stays == 0 ? null : TimeSpan.FromSeconds((double)StaySeconds / Stays);

    /// <summary>Share of views after which the visit was over.</summary>
    public double? ExitRate => Share.Of(Exits, Views);
}
