using Live800.Domain.Shared;
using Live800.Domain.Workspace;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Workspace;

/// <summary>How the agents set up their desks (S2.6, S2.7, S2.9, S2.12): read once per open page, changed in place, told to the agent's other pages.</summary>
public sealed class AgentDesks(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalEvents events)
{
    /// <summary>An agent's settings; the usual ones until he changes something.</summary>
    public async Task<DeskSettings> ReadAsync(CompanyId company, AgentId agent, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return (await context.AgentDesks.AsNoTracking().SingleOrDefaultAsync(desk => desk.CompanyId == company && desk.AgentId == agent, cancellation))?.Settings ?? DeskSettings.Default;
    }

    /// <summary>
    /// Changes what is stored, not what a page remembers, so that two pages of one agent do not undo each other. Refusals: AgentUnknown, and those of the change.
    /// </summary>
    public async Task<Outcome<DeskSettings>> ChangeAsync(CompanyId company, AgentId agent, Func<DeskSettings, Outcome<DeskSettings>> change, CancellationToken cancellation = default)
    {
        var changed = await writes.RunAsync<Outcome<DeskSettings>>(
            async (context, token) =>
            {
                if (!await context.Agents.AnyAsync(row => row.CompanyId == company && row.Id == agent, token)) return Refusal.AgentUnknown;
                var desk = await context.AgentDesks.SingleOrDefaultAsync(row => row.CompanyId == company && row.AgentId == agent, token);
                var wanted = change(desk?.Settings ?? DeskSettings.Default);
                if (wanted.IsRefused) return wanted;
                if (desk is null) _ = context.Add(desk = new AgentDesk(company, agent));
                desk.Set(wanted.Value);
                return wanted;
            },
            cancellation);
        if (!changed.IsRefused) events.Publish(new PortalEvent(company, PortalTopic.Desk, agent.Value));
        return changed;
    }
}
