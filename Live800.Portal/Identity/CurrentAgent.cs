using System.Globalization;
using System.Security.Claims;
using Live800.Domain.Shared;

namespace Live800.Portal.Identity;

/// <summary>
/// Who is signed in, as the claims say. The claims are made anew from the stored rows with every request and while a page is open, so a
/// right taken away is gone here too; verbs that change something look at the rows again all the same.
/// </summary>
public sealed record CurrentAgent(
    CompanyId CompanyId,
    AgentId AgentId,
    SessionId SessionId,
    string CompanyCode,
    string AgentName,
    string DisplayName,
    bool IsAdministrator,
    bool IsPlatformOperator,
    string? Language = null)
{
    /// <summary>Whether there is a company to work for; a platform operator may have none.</summary>
    public bool IsAgent => CompanyId.Value != 0;

    /// <summary>Nobody when the principal is not signed in here.</summary>
    public static CurrentAgent? From(ClaimsPrincipal? principal)
    {
        if (principal?.Identity?.IsAuthenticated != true
            || !long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var account)
            || !Guid.TryParse(principal.FindFirstValue(PortalClaims.Session), out var session))
        {
            return null;
        }

        _ = long.TryParse(principal.FindFirstValue(PortalClaims.Company), NumberStyles.None, CultureInfo.InvariantCulture, out var company);
        return new CurrentAgent(
            new CompanyId(company),
            new AgentId(account),
            new SessionId(session),
            principal.FindFirstValue(PortalClaims.CompanyCode) ?? "",
            principal.FindFirstValue(PortalClaims.AgentName) ?? "",
            principal.FindFirstValue(PortalClaims.DisplayName) ?? "",
            principal.IsInRole(PortalClaims.Administrator),
            principal.IsInRole(PortalClaims.PlatformOperator),
            principal.FindFirstValue(PortalClaims.Language));
    }

    /// <summary>The principal these facts make.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme, PortalClaims.AgentName, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, AgentId.ToString()));
        identity.AddClaim(new Claim(PortalClaims.Session, SessionId.ToString()));
        identity.AddClaim(new Claim(PortalClaims.AgentName, AgentName));
        identity.AddClaim(new Claim(PortalClaims.DisplayName, DisplayName));
        if (IsAgent)
        {
            identity.AddClaim(new Claim(PortalClaims.Company, CompanyId.ToString()));
            identity.AddClaim(new Claim(PortalClaims.CompanyCode, CompanyCode));
        }

        if (Language is not null) identity.AddClaim(new Claim(PortalClaims.Language, Language));
        if (IsAdministrator) identity.AddClaim(new Claim(ClaimTypes.Role, PortalClaims.Administrator));
        if (IsPlatformOperator) identity.AddClaim(new Claim(ClaimTypes.Role, PortalClaims.PlatformOperator));
        return new ClaimsPrincipal(identity);
    }
}

/// <summary>Names of the claims and roles of a sign-in.</summary>
public static class PortalClaims
{
    public const string Session = "session";

    public const string Company = "company";

    public const string CompanyCode = "company-code";

    public const string AgentName = "agent-name";

    public const string DisplayName = "display-name";

    public const string Language = "language";

    public const string Administrator = "Administrator";

    public const string PlatformOperator = "PlatformOperator";
}

/// <summary>Names of the policies that pages and endpoints ask for.</summary>
public static class PortalPolicies
{
    /// <summary>Signed in, with a company.</summary>
    public const string Agent = "Agent";

    /// <summary>An administrator of the company (S2.17).</summary>
    public const string Administrator = "Administrator";

    /// <summary>Whoever owns the box.</summary>
    public const string PlatformOperator = "PlatformOperator";
}
