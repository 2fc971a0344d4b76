using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Messages;

/// <summary>Reads messages 留言 and their replies. What is handed out is a copy; change it through <see cref="OfflineInbox"/> and <see cref="OfflineReplies"/> only.</summary>
public sealed class OfflineQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Most replies a visitor's page is sent, the newest.</summary>
    public const int MostOfVisitor = 20;

    private const int QuoteLength = 80;

    /// <summary>The messages that fit, newest first.</summary>
    public async Task<IReadOnlyList<OfflineRow>> ListAsync(CompanyId companyId, OfflineFilter filter, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var rows = await InBox(Narrow(context, companyId, filter), filter.Box)
            .OrderByDescending(message => message.At).ThenByDescending(message => message.Id)
            .Take(Math.Clamp(filter.Take, 1, OfflineFilter.MostAtOnce))
            .Select(message => new { Message = message, Replies = context.OfflineReplies.Count(reply => reply.MessageId == message.Id) })
            .ToListAsync(cancellation);
        return rows.ConvertAll(row => new OfflineRow(row.Message, row.Replies));
    }

    /// <summary>How many fit, whatever has become of them.</summary>
    public async Task<OfflineCounts> CountAsync(CompanyId companyId, OfflineFilter filter, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var fitting = Narrow(context, companyId, filter);
        return new OfflineCounts(await InBox(fitting, OfflineBox.New).CountAsync(cancellation), await InBox(fitting, OfflineBox.Handled).CountAsync(cancellation));
    }

    /// <summary>One message with its replies, oldest first; null when this company has none of that id.</summary>
    public async Task<OfflineThread?> FindAsync(CompanyId companyId, OfflineMessageId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        if (await context.OfflineMessages.SingleOrDefaultAsync(message => message.CompanyId == companyId && message.Id == id, cancellation) is not { IsErased: false } message) return null;
        var replies = await context.OfflineReplies.Where(reply => reply.CompanyId == companyId && reply.MessageId == id).OrderBy(reply => reply.Id).ToListAsync(cancellation);
        var keys = replies.ConvertAll(reply => OfflineReplies.KeyOf(reply.Id));
        var letters = await context.Set<MailLetter>().Where(letter => letter.CompanyId == companyId && keys.Contains(letter.OnceKey!))
            .Select(letter => new { letter.OnceKey, letter.State, letter.LastError }).ToDictionaryAsync(letter => letter.OnceKey!, cancellation);
        return new OfflineThread(
            message,
            replies.ConvertAll(reply => letters.GetValueOrDefault(OfflineReplies.KeyOf(reply.Id)) is { } letter ? new ReplyRow(reply, letter.State, letter.LastError) : new ReplyRow(reply, null, null)),
            await EmailOfAsync(context, message, cancellation));
    }

    /// <summary>
    /// The replies a visitor's page shows: those he has not had on a screen yet, and those he read since <paramref name="since"/>, when his visit began. Oldest first.
    /// </summary>
    public async Task<IReadOnlyList<VisitorReply>> OfVisitorAsync(CompanyId companyId, VisitorId visitor, DateTimeOffset? since, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var rows = await context.OfflineReplies
            .Where(reply => reply.CompanyId == companyId && reply.VisitorId == visitor && (reply.SeenAt == null || reply.SeenAt >= since))
            .OrderByDescending(reply => reply.Id).Take(MostOfVisitor)
            .Join(context.OfflineMessages, reply => reply.MessageId, message => message.Id, (reply, message) => new { Reply = reply, message.Text })
            .ToListAsync(cancellation);
        return [.. rows.OrderBy(row => row.Reply.Id.Value).Select(row => new VisitorReply(row.Reply.Id, row.Reply.AgentId, row.Reply.Text, row.Reply.At, QuoteOf(row.Text), row.Reply.SeenAt is not null))];
    }

    /// <summary>The address a letter goes to; nothing where the contact is none, or where no letters go out.</summary>
    internal static async Task<string?> EmailOfAsync(PortalDbContext context, OfflineMessage message, CancellationToken cancellation) =>
        Agent.CleanEmail(message.Contact) is { IsRefused: false } email && await MailDesk.IsOnAsync(context, cancellation) ? email.Value : null;

    private static string QuoteOf(string text) => MessageText.Line(text) is { Length: > QuoteLength } line ? MessageText.Line(line, QuoteLength) + "…" : MessageText.Line(text);

    private static IQueryable<OfflineMessage> Narrow(PortalDbContext context, CompanyId companyId, OfflineFilter filter)
    {
        // What was erased is counted in statistics only.
        var found = context.OfflineMessages.Where(message => message.CompanyId == companyId && message.Text != "");
        if (filter.Group is { } group) found = found.Where(message => message.GroupId == group);
        if (filter.IsNobodys) found = found.Where(message => message.AssigneeId == null);
        else if (filter.Assignee is { } assignee) found = found.Where(message => message.AssigneeId == assignee);
        if (MessageText.Line(filter.Text) is not { Length: > 0 } words) return found;
        var pattern = "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        return found.Where(message =>
            EF.Functions.Like(message.Text, pattern, "\\") || EF.Functions.Like(message.Name, pattern, "\\") || EF.Functions.Like(message.Contact, pattern, "\\")
            || EF.Functions.Like(message.Page, pattern, "\\") || EF.Functions.Like(message.PageTitle, pattern, "\\")
            || context.OfflineReplies.Any(reply => reply.MessageId == message.Id && EF.Functions.Like(reply.Text, pattern, "\\")));
    }

    private static IQueryable<OfflineMessage> InBox(IQueryable<OfflineMessage> messages, OfflineBox box) => box switch
    {
        OfflineBox.New => messages.Where(message => message.HandledAt == null),
        OfflineBox.Handled => messages.Where(message => message.HandledAt != null),
        _ => messages,
    };

    private async Task<PortalDbContext> ReadAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
