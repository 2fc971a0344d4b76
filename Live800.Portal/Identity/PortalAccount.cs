using Microsoft.AspNetCore.Identity;

namespace Live800.Portal.Identity;

/// <summary>What somebody signs in with. Its key is the agent's id; a platform operator without a company has a key of his own.</summary>
public sealed class PortalAccount : IdentityUser<long>
{
    public bool IsPlatformOperator { get; set; }
}
