using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>Finds conversations of the past (S2.16).</summary>
internal static class HistoryRows
{
    private const int WordsLimit = 200;

    /// <summary>What a filter leaves, in no order; where to go on is not its matter.</summary>
    public static IQueryable<Conversation> History(this PortalDbContext context, CompanyId companyId, HistoryFilter filter)
    {
        var words = MessageText.Line(filter.Text, WordsLimit);
        var match = words.Length == 0 ? null : HistoryWords.Match(companyId, words);
        var found = match is null
            ? context.Conversations
            : context.Conversations.FromSql($"SELECT * FROM \"Conversations\" WHERE \"Id\" IN (SELECT rowid FROM \"HistoryWords\" WHERE \"HistoryWords\" MATCH {match})");
        found = found.Where(conversation => conversation.CompanyId == companyId && conversation.VisitEndedAt != null);
        if (filter.From is { } from) found = found.Where(conversation => conversation.RequestedAt >= from);
        if (filter.Until is { } until) found = found.Where(conversation => conversation.RequestedAt < until);
        if (filter.Agent is { } agent) found = found.Where(conversation => conversation.AgentId == agent);
        if (filter.Group is { } group) found = found.Where(conversation => conversation.GroupId == group);
        if (filter.WithPartOf is { } part)
        {
            var (helped, gave) = (context.HelpedIn(companyId, part), context.GaveAway(companyId, part));
            found = found.Where(conversation => conversation.AgentId == part || helped.Contains(conversation.Id) || gave.Contains(conversation.Id));
        }

        if (words.Length > 0 && match is null)
        {
            // Nothing but marks: those are no words of the index.
            found = found.Where(conversation => context.ChatMessages.Any(
                message => message.ConversationId == conversation.Id && message.CompanyId == companyId && EF.Functions.Like(message.Text, Pattern(words), "\\")));
        }

        return found;
    }

    /// <summary>
    /// Whether an agent may read a conversation of his company (S2.17). Nothing is asked where it is his own, or waits for whoever is free; who supervises reads along while it runs.
    /// </summary>
    public static async Task<bool> MayReadAsync(this PortalDbContext context, Conversation conversation, AgentId agent, CancellationToken cancellation) =>
        conversation.AgentId == agent || conversation.State == ConversationState.Waiting
        || (await context.RightsAsync(conversation.CompanyId, agent, cancellation) is var rights && (rights.Has(Permission.SeeOthers) || (conversation.IsRunning && rights.Has(Permission.Supervise))))
        || await context.HelpedIn(conversation.CompanyId, agent).AnyAsync(id => id == conversation.Id, cancellation)
        || await context.GaveAway(conversation.CompanyId, agent).AnyAsync(id => id == conversation.Id, cancellation);

    // Conferences he was in.
    private static IQueryable<ConversationId> HelpedIn(this PortalDbContext context, CompanyId companyId, AgentId agent) =>
        context.ConferenceMembers.Where(member => member.CompanyId == companyId && member.AgentId == agent).Select(member => member.ConversationId);

    // What he talked in until a colleague took it over.
    private static IQueryable<ConversationId> GaveAway(this PortalDbContext context, CompanyId companyId, AgentId agent) =>
        context.Transfers.Where(transfer => transfer.CompanyId == companyId && transfer.From == agent && transfer.Outcome == TransferState.Accepted).Select(transfer => transfer.ConversationId);

    private static string Pattern(string words) =>
        "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
