using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
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
        if (words.Length > 0 && match is null)
        {
            // Nothing but marks: those are no words of the index.
            found = found.Where(conversation => context.ChatMessages.Any(
                message => message.ConversationId == conversation.Id && message.CompanyId == companyId && EF.Functions.Like(message.Text, Pattern(words), "\\")));
        }

        return found;
    }

    private static string Pattern(string words) =>
        "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
