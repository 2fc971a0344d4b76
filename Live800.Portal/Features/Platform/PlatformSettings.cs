namespace Live800.Portal.Features.Platform;

/// <summary>What the platform operator has chosen for the whole box. One row; until it exists the defaults hold.</summary>
public sealed class PlatformSettings
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;

    /// <summary>Whether anybody may register a company. Closed unless the operator opens it (rule 1); the demo opens it.</summary>
    public bool RegistrationOpen { get; private set; }

    /// <summary>Whether a company that registers by itself gets its trial (rule 1); a registration link says it for its own company.</summary>
    public bool OffersTrial { get; private set; } = true;

    /// <summary>The folder was filled by <c>--demo</c> and holds nobody's real company.</summary>
    public bool IsDemo { get; private set; }

    public long Version { get; private set; }

    internal void MarkDemo() => IsDemo = true;

    public void OpenRegistration(bool open)
    {
        RegistrationOpen = open;
        Version++;
    }

    public void OfferTrial(bool offer)
    {
        OffersTrial = offer;
        Version++;
    }
}
