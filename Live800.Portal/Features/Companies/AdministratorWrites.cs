using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>What only a company's administrators change: who asks is looked up again inside the write (S2.17).</summary>
internal static class AdministratorWrites
{
    /// <summary>Runs a change and stores nothing of it when it is refused. Refusal beside the change's own: NotAllowed.</summary>
    public static Task<Outcome> RunAsAdministratorAsync(
        this WriteQueue<PortalDbContext> writes, CompanyId company, AgentId by, Func<PortalDbContext, CancellationToken, Task<Outcome>> change, CancellationToken cancellation) =>
        writes.RunAsync(
            async (context, token) =>
            {
                var isAllowed = await context.Agents.AnyAsync(agent => agent.CompanyId == company && agent.Id == by && agent.Role == AgentRole.Administrator && !agent.IsDisabled, token);
                if (!isAllowed) return Refusal.NotAllowed;
                var done = await change(context, token);
                // A refused change must not be stored with what the work goes on to save.
                if (done.IsRefused) context.ChangeTracker.Clear();
                return done;
            },
            cancellation);
}
