using Live800.Domain.Companies;
using Microsoft.AspNetCore.Authorization;

namespace Live800.Portal.Identity;

/// <summary>A page for agents who have a right, and for nobody else (S2.17).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayAttribute(Permission permission) : AuthorizeAttribute(PortalPolicies.May(permission))
{
    public Permission Permission => permission;
}
