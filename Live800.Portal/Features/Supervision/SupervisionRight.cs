using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;

namespace Live800.Portal.Features.Supervision;

/// <summary>Who may watch others' conversations, whisper and take over (S2.17): asked here and nowhere else.</summary>
internal static class SupervisionRight
{
    /// <summary>As the sign-in says; whatever writes asks the rows again.</summary>
    public static bool Has(CurrentAgent? agent) => agent?.May(Permission.Supervise) == true;

    /// <summary>As the rows say now.</summary>
    public static Task<bool> MaySuperviseAsync(this PortalDbContext context, CompanyId company, AgentId agent, CancellationToken cancellation) =>
        context.MayAsync(company, agent, Permission.Supervise, cancellation);
}
