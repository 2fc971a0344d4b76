namespace Live800.Portal.Features.Platform;

/// <summary>What the platform operator has chosen for the whole box. One row; until it exists the defaults hold.</summary>
public sealed class PlatformSettings
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;

    /// <summary>Whether anybody may register a company. Closed unless the operator opens it (rule 1); the demo opens it.</summary>
    public bool RegistrationOpen { get; private set; }

    public long Version { get; private set; }

    public void OpenRegistration(bool open)
    {
        RegistrationOpen = open;
        Version++;
    }
}
