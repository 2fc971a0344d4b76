namespace Live800.Portal.Features.Companies;

/// <summary>What somebody types who registers a company or sets the box up.</summary>
public sealed record RegistrationForm
{
    /// <summary>Only asked for at the set-up.</summary>
    public string? Token { get; set; }

    public string? CompanyName { get; set; }

    public string? ZoneId { get; set; }

    public string? DisplayName { get; set; }

    public string? AgentName { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }
}
