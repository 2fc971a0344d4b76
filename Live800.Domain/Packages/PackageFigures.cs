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
    public bool IsRight => this is
    {
        FreeAnswersPerDay: >= 0 and <= 100_000,
        FreeSeats: >= 0 and <= PackageAccount.SeatsLimit,
        FreeAgentAccounts: >= 1 and <= 100_000,
        AgentAccountsPerSeat: >= 1 and <= 1_000,
        TrialDays: >= 1 and <= 366,
        TrialSeats: >= 1 and <= PackageAccount.SeatsLimit,
    };
}
