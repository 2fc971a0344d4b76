namespace Live800.Domain.Packages;

/// <summary>
/// What a company enjoys 当前享有 at one instant, computed from dated facts, never stored (rule 3.1). Nothing (null) means unlimited.
/// </summary>
public sealed record Entitlement
{
    /// <summary>The one kind in force (rule 3.1).</summary>
    public required PackageKind Kind { get; init; }

    /// <summary>Seats in force: overlapping intervals add up (rule 3.3).</summary>
    public required long? Seats { get; init; }

    /// <summary>Agent accounts allowed (S1.3, S4.8 to S4.10).</summary>
    public required long? AgentAccounts { get; init; }

    /// <summary>Answers that can still be taken now, from the kind in force.</summary>
    public required long? AnswersLeft { get; init; }

    /// <summary>When the kind in force ends by date: the end of monthly without a gap; nothing under click and free.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>Clicks that lie untouched while monthly runs (S4.14, rule 3.2); 0 under click, where they are <see cref="AnswersLeft"/>.</summary>
    public required long FrozenClicks { get; init; }

    /// <summary>When they can be used again (rule 3.2).</summary>
    public required DateTimeOffset? ThawsAt { get; init; }

    /// <summary>Whether nothing but the trial is in force (S4.15).</summary>
    public required bool IsTrial { get; init; }

    /// <summary>Answers charged to free on the company's day (rule 3.5).</summary>
    public required int FreeUsed { get; init; }

    /// <summary>Free answers of a day.</summary>
    public required int FreePerDay { get; init; }

    /// <summary>When the free answers come back: the company's next midnight (rule 3.5).</summary>
    public required DateTimeOffset NextMidnight { get; init; }

    /// <summary>When seats or kind change next because of a date already known.</summary>
    public required DateTimeOffset? NextChangeAt { get; init; }

    /// <summary>Whether answers are unlimited.</summary>
    public bool IsUnlimited => AnswersLeft is null;

    /// <summary>Whether a conversation can be started: accept, invite, proactive (rule 3.6).</summary>
    public bool HasAnswers => AnswersLeft is null or > 0;

    /// <summary>Whether one more agent may be created or enabled beside those enabled (rule 3.10).</summary>
    public bool HasRoomForAgent(int enabledAgents) => AgentAccounts is null || enabledAgents < AgentAccounts;
}
