namespace Live800.Domain.Packages;

/// <summary>The figures of the packages, the platform operator's settings (S1.3, S4.7, S4.10, S4.15, S4.16).</summary>
public sealed record PackageFigures
{
    /// <summary>The defaults.</summary>
    public static readonly PackageFigures Default = new();

    /// <summary>Free answers a day (S4.16).</summary>
    public int FreeAnswersPerDay { get; init; } = 5;

    /// <summary>Seats of the free package (S4.7).</summary>
    public int FreeSeats { get; init; } = 2;

    /// <summary>Agent accounts of the free package (S4.10).</summary>
    public int FreeAgentAccounts { get; init; } = 10;

    /// <summary>Agent accounts per bought seat (S1.3, S4.8).</summary>
    public int AgentAccountsPerSeat { get; init; } = 5;

    /// <summary>Length of the trial in days (S4.15).</summary>
    public int TrialDays { get; init; } = 7;

    /// <summary>Seats of the trial (S4.15).</summary>
    public int TrialSeats { get; init; } = 2;

    /// <summary>Whether every figure is in range: free answers and seats may be 0, all others are 1 or more.</summary>
    public bool IsRight => PackageFigure.All.All(figure => figure.Allows(figure.Of(this)));
}

/// <summary>One of the figures behind "目前": its name, its range, how it is read and replaced.</summary>
public sealed record PackageFigure(string Name, int Lowest, int Highest, Func<PackageFigures, int> Of, Func<PackageFigures, int, PackageFigures> With)
{
    /// <summary>All of them, in the order people read them.</summary>
    public static readonly IReadOnlyList<PackageFigure> All =
    [
        new(nameof(PackageFigures.FreeAnswersPerDay), 0, 100_000, figures => figures.FreeAnswersPerDay, (figures, value) => figures with { FreeAnswersPerDay = value }),
        new(nameof(PackageFigures.FreeSeats), 0, PackageAccount.SeatsLimit, figures => figures.FreeSeats, (figures, value) => figures with { FreeSeats = value }),
        new(nameof(PackageFigures.FreeAgentAccounts), 1, 100_000, figures => figures.FreeAgentAccounts, (figures, value) => figures with { FreeAgentAccounts = value }),
        new(nameof(PackageFigures.AgentAccountsPerSeat), 1, 1_000, figures => figures.AgentAccountsPerSeat, (figures, value) => figures with { AgentAccountsPerSeat = value }),
        new(nameof(PackageFigures.TrialDays), 1, 366, figures => figures.TrialDays, (figures, value) => figures with { TrialDays = value }),
        new(nameof(PackageFigures.TrialSeats), 1, PackageAccount.SeatsLimit, figures => figures.TrialSeats, (figures, value) => figures with { TrialSeats = value }),
    ];

    /// <summary>Whether the figure may have this value.</summary>
    public bool Allows(long value) => value >= Lowest && value <= Highest;
}
