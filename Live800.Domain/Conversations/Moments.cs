namespace Live800.Domain.Conversations;

/// <summary>Every waiting time of the product, in one place; settings with these defaults (rule 2.2).</summary>
public sealed record Moments
{
    /// <summary>The defaults.</summary>
    public static readonly Moments Default = new();

    /// <summary>A visitor's stream counts as dead after this silence; so does the visitor who would be accepted (rule 2.2).</summary>
    public TimeSpan StreamDeadAfter { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a visitor may be without a page while he moves to the next one.</summary>
    public TimeSpan PageChangeGap { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A request without any living page is withdrawn after this.</summary>
    public TimeSpan RequestWithdrawnAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A waiting visitor is offered the offline-message form as well after this.</summary>
    public TimeSpan FormOfferedAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>A command is "not delivered" without an acknowledgement for this long.</summary>
    public TimeSpan NotDeliveredAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A pushed page opens by itself, or asks, for this long; later only its link stands there (S2.1).</summary>
    public TimeSpan PushOfferedFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A visit ends when no page of it lived for this long.</summary>
    public TimeSpan VisitEndsAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A seat is kept this long after its connection was lost (rule 3.8).</summary>
    public TimeSpan SeatGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A seat that was not renewed for this long has lost its connection: nothing comes to its agent by itself (rule 4).</summary>
    public TimeSpan SeatSilentAfter { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>A surplus seat without a conversation ends after this (rule 3.9).</summary>
    public TimeSpan SurplusEndsAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>An invitation nobody answers expires after this.</summary>
    public TimeSpan InvitationExpiresAfter { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>After a refusal the visitor is not invited again for this long.</summary>
    public TimeSpan InvitationRest { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A transfer nobody answers times out after this; the conversation stayed with the giving agent.</summary>
    public TimeSpan TransferTimesOutAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A message re-opens an ended conversation at no cost for this long (rule 2.1).</summary>
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.FromMinutes(10);
}
