using System.Globalization;
using System.Security.Claims;
using Live800.Domain.Companies;
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
    /// <summary>What he may do (S2.17).</summary>
    public PermissionSet Rights { get; init; } = IsAdministrator ? PermissionSet.All : PermissionSet.None;

    /// <summary>How the template of rights he holds is called, where his company made it itself.</summary>
    public string? TemplateName { get; init; }

    /// <summary>Which template of rights he holds.</summary>
    public AgentRole Role { get; init; } = IsAdministrator ? AgentRole.Administrator : AgentRole.Agent;

    /// <summary>The company that asks for two steps of somebody who has not set them up: until he has, he works for nobody and operates nothing (rule 1).</summary>
    public CompanyId WaitsIn { get; init; }

    /// <summary>The network address the request, or the open page's line, came from; what he does is entered into the audit log with it.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whether the only thing he can do is to set up signing in in two steps.</summary>
    public bool MustSetUp => WaitsIn.Value != 0;

    /// <summary>Whether the agent has the right in his company; the verbs ask the rows again.</summary>
    public bool May(Permission permission) => IsAgent && Rights.Has(permission);

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
        _ = long.TryParse(principal.FindFirstValue(PortalClaims.Rights), NumberStyles.None, CultureInfo.InvariantCulture, out var rights);
        _ = int.TryParse(principal.FindFirstValue(PortalClaims.Role), NumberStyles.None, CultureInfo.InvariantCulture, out var role);
        _ = long.TryParse(principal.FindFirstValue(PortalClaims.WaitsIn), NumberStyles.None, CultureInfo.InvariantCulture, out var waitsIn);
        return new CurrentAgent(
            new CompanyId(company),
            new AgentId(account),
            new SessionId(session),
            principal.FindFirstValue(PortalClaims.CompanyCode) ?? "",
            principal.FindFirstValue(PortalClaims.AgentName) ?? "",
            principal.FindFirstValue(PortalClaims.DisplayName) ?? "",
            principal.IsInRole(PortalClaims.Administrator),
            principal.IsInRole(PortalClaims.PlatformOperator),
            principal.FindFirstValue(PortalClaims.Language))
        {
            WaitsIn = new CompanyId(waitsIn),
            Rights = new PermissionSet(rights),
            Role = new AgentRole(role),
            TemplateName = principal.FindFirstValue(PortalClaims.TemplateName),
            Address = principal.FindFirstValue(PortalClaims.Address) ?? "",
        };
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
            identity.AddClaim(new Claim(PortalClaims.Rights, Rights.Bits.ToString(CultureInfo.InvariantCulture)));
            identity.AddClaim(new Claim(PortalClaims.Role, Role.ToString()));
            if (TemplateName is not null) identity.AddClaim(new Claim(PortalClaims.TemplateName, TemplateName));
        }

        if (MustSetUp) identity.AddClaim(new Claim(PortalClaims.WaitsIn, WaitsIn.ToString()));
        if (Language is not null) identity.AddClaim(new Claim(PortalClaims.Language, Language));
        if (Address.Length > 0) identity.AddClaim(new Claim(PortalClaims.Address, Address));
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

    public const string WaitsIn = "waits-in";

    public const string CompanyCode = "company-code";

    public const string AgentName = "agent-name";

    public const string DisplayName = "display-name";

    public const string Language = "language";

    public const string Rights = "rights";

    public const string Role = "template";

    public const string TemplateName = "template-name";

    public const string Address = "address";

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

    /// <summary>An agent with the right (S2.17).</summary>
    public static string May(Permission permission) => "May" + permission;
}
