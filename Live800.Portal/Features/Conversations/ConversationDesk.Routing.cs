using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Groups;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

// Giving requests out 自动应答 (2, 4): the same accept as by an agent's hand.
public sealed partial class ConversationDesk
{
    /// <summary>Reads what tells a person from a robot.</summary>
    internal delegate Task<VisitorSigns> SignsReader(CompanyId company, VisitId visit, CancellationToken cancellation);

    /// <summary>What becomes of one waiting request now.</summary>
    /// <param name="Falls">It leaves its group for the whole company's line.</param>
    /// <param name="To">Who is given it; nothing leaves it in the line.</param>
    private readonly record struct RoutingStep(bool Falls, AgentId? To)
    {
        public bool IsAnything => Falls || To is not null;
    }

    /// <summary>
    /// Gives the longest waiting request out that can be given (4), by the accept that an agent's hand uses: one answer, one ledger line, and a hand that was quicker wins. On the way, requests whose group
    /// nobody is in go to the whole company's line. Says whether one was given; outside working hours, without answers, room or somebody online nothing happens.
    /// </summary>
    internal async Task<bool> GiveNextAsync(CompanyId companyId, SignsReader signs, CancellationToken cancellation = default)
    {
        var steps = new List<(Conversation Waiting, VisitorSigns Signs)>();
        await using (var context = await contexts.CreateDbContextAsync(cancellation))
        {
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            var waiting = await context.Conversations
                .Where(conversation => conversation.CompanyId == companyId && conversation.State == ConversationState.Waiting)
                .OrderBy(conversation => conversation.RequestedAt).ThenBy(conversation => conversation.Id)
                .ToListAsync(cancellation);
            if (waiting.Count == 0) return false;
            var now = time.GetUtcNow();
            var situation = await SituationAsync(context, companyId, now, cancellation);
            foreach (var conversation in waiting)
            {
                // The trail is asked only where it could matter.
                var (line, falls) = situation.LineOf(conversation);
                var isRouted = line.Way != RoutingWay.ByHand && situation.IsOpen(line) && situation.CandidatesOf(line).Any(agent => agent.HasRoom);
                if (!falls && !isRouted) continue;
                var known = isRouted ? await signs(companyId, conversation.VisitId, cancellation) : VisitorSigns.Unknown;
                if ((await DecideAsync(context, situation, conversation, known, now, cancellation)).IsAnything) steps.Add((conversation, known));
            }
        }

        foreach (var (waiting, known) in steps)
        {
            if (await GiveAsync(companyId, waiting.Id, known, cancellation)) return true;
        }

        return false;
    }

    private async Task<bool> GiveAsync(CompanyId companyId, ConversationId id, VisitorSigns signs, CancellationToken cancellation)
    {
        var (changed, isGiven) = await writes.RunAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await context.ConversationAsync(companyId, id, token) is not { } conversation) return (null, false);
                var step = await DecideAsync(context, await SituationAsync(context, companyId, now, token), conversation, signs, now, token);
                if (step.Falls) _ = context.ChatMessages.Add(conversation.WaitForCompany(now).Value);
                if (step.To is not { } agent) return (step.Falls ? conversation : null, false);
                var takesAnswer = !conversation.AnswerTaken;
                var accepted = await AcceptAsync(context, companyId, agent, null, id, token, byHand: false);
                if (!accepted.Outcome.IsRefused) _ = context.AutoAccepts.Add(new AutoAccept(IdSource.Next(now), conversation, agent, signs.Address, takesAnswer, now));
                return (step.Falls || !accepted.Outcome.IsRefused ? conversation : (Conversation?)null, !accepted.Outcome.IsRefused);
            },
            cancellation);
        if (changed is not null) Tell(changed);
        if (isGiven) packages.Tell(companyId);
        return isGiven;
    }

    private async Task<RoutingSituation> SituationAsync(PortalDbContext context, CompanyId companyId, DateTimeOffset now, CancellationToken cancellation) =>
        await RoutingSituation.ReadAsync(context, companyId, await answering.HoursAsync(companyId, cancellation), presence, await packages.EntitlementAsync(context, companyId, now, cancellation), moments, now, cancellation);

    private async Task<RoutingStep> DecideAsync(
        PortalDbContext context, RoutingSituation situation, Conversation waiting, VisitorSigns signs, DateTimeOffset now, CancellationToken cancellation)
    {
        var company = waiting.CompanyId;
        if (waiting.State != ConversationState.Waiting) return default;
        var (line, falls) = situation.LineOf(waiting);
        var stays = new RoutingStep(falls, null);
        if (line.Way == RoutingWay.ByHand || !situation.IsOpen(line) || !(waiting.AnswerTaken || situation.HasAnswers)) return stays;
        if (waiting.CanAccept(visits.LastAlive(company, waiting.VisitorId, now) ?? DateTimeOffset.MinValue, now, moments).IsRefused) return stays;
        // Who was blocked while he waited takes no answer by itself (4).
        if (await blocks.CoversAsync(company, waiting.VisitorId, signs.Address, cancellation)) return stays;
        var zones = (await context.Companies.AsNoTracking().SingleAsync(row => row.Id == company, cancellation)).Zones;
        if ((await context.WhyByHandAsync(waiting, signs, zones, now, cancellation)).Reason != HandReason.None) return stays;
        return new RoutingStep(falls, Routing.Choose(line.Way, situation.CandidatesOf(line), await LastAgentAsync(context, waiting, cancellation)));
    }

    // Who talked to this visitor last, in another conversation.
    private static Task<AgentId?> LastAgentAsync(PortalDbContext context, Conversation waiting, CancellationToken cancellation)
    {
        var (company, visitor, id) = (waiting.CompanyId, waiting.VisitorId, waiting.Id);
        return context.Conversations
            .Where(other => other.CompanyId == company && other.VisitorId == visitor && other.Id != id && other.AgentId != null)
            .OrderByDescending(other => other.Id)
            .Select(other => other.AgentId)
            .FirstOrDefaultAsync(cancellation);
    }
}
