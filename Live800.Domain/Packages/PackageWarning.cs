namespace Live800.Domain.Packages;

/// <summary>What administrators are warned of, as it stands at one instant (rules 3.6 and 3.9).</summary>
public enum PackageWarning
{
    /// <summary>80 % of the clicks after the last credit are used.</summary>
    Clicks80Percent = 0,

    /// <summary>95 % of them are used; the seats will become fewer when they are gone.</summary>
    Clicks95Percent = 1,

    /// <summary>Five clicks or fewer are left.</summary>
    LastClicks = 2,

    /// <summary>Today's last free answer is left.</summary>
    LastFreeAnswer = 3,

    /// <summary>Nothing is left: accept, invite and proactive are blocked (rule 3.6).</summary>
    NoAnswersLeft = 4,

    /// <summary>Monthly ends within 7 days.</summary>
    EndsWithin7Days = 5,

    /// <summary>Monthly ends within 3 days.</summary>
    EndsWithin3Days = 6,

    /// <summary>Monthly ends within 1 day.</summary>
    EndsWithin1Day = 7,
}
