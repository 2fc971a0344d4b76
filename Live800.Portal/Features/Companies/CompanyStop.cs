using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Companies;

/// <summary>Whom a stop concerned: everybody is told after the commit.</summary>
internal sealed record StoppedCompany(CompanyId Company, IReadOnlyList<AgentId> Agents, IReadOnlyList<Conversation> Ended);

/// <summary>What goes with a company that stops, whoever stops it (1): sign-ins end, seats are free, what runs ends with a note, icons go offline. Everything stored stays; terms go on running.</summary>
public sealed class CompanyStop(ConversationDesk conversations, AgentPresence presence, PortalEvents events)
{
    /// <summary>Inside the caller's write, in which the company stops.</summary>
    internal static async Task<StoppedCompany> RunAsync(PortalDbContext write, CompanyId company, DateTimeOffset now, CancellationToken cancellation)
    {
        var agents = await write.Agents.Where(agent => agent.CompanyId == company).Select(agent => agent.Id).ToListAsync(cancellation);
        var accounts = agents.ConvertAll(agent => agent.Value);
        _ = await write.Set<SignInSession>().Where(session => accounts.Contains(session.AccountId)).ExecuteDeleteAsync(cancellation);
        if (await write.SeatPlans.SingleOrDefaultAsync(plan => plan.CompanyId == company, cancellation) is { } plan)
        {
            foreach (var agent in agents) _ = plan.Release(agent);
        }

        return new StoppedCompany(company, agents, await ConversationDesk.EndAllAsync(write, company, now, cancellation));
    }

    /// <summary>The company of a platform operator never stops: he would lock himself out.</summary>
    internal static async Task<bool> IsOperatorsAsync(PortalDbContext context, CompanyId company, CancellationToken cancellation)
    {
        var operators = (await context.Users.Where(user => user.IsPlatformOperator).Select(user => user.Id).ToListAsync(cancellation)).ConvertAll(id => new AgentId(id));
        return await context.Agents.AnyAsync(agent => agent.CompanyId == company && operators.Contains(agent.Id), cancellation);
    }

    /// <summary>After the commit: open pages, visitors and icons.</summary>
    internal void Tell(StoppedCompany stopped)
    {
        foreach (var agent in stopped.Agents)
        {
            presence.HasLeft(stopped.Company, agent);
            events.Publish(new PortalEvent(stopped.Company, PortalTopic.Agents, agent.Value));
        }

        foreach (var conversation in stopped.Ended) conversations.Tell(conversation);
        events.Publish(new PortalEvent(stopped.Company, PortalTopic.Company, stopped.Company.Value));
        events.Publish(new PortalEvent(stopped.Company, PortalTopic.Seats, stopped.Company.Value));
    }
}
