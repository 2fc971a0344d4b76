using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>How conversations are found, for the desk, the intake and the queries alike. Whether they are tracked is the context's matter.</summary>
internal static class ConversationRows
{
    public static Task<Conversation?> ConversationAsync(this PortalDbContext context, CompanyId companyId, ConversationId id, CancellationToken cancellation) =>
        context.Conversations.SingleOrDefaultAsync(conversation => conversation.CompanyId == companyId && conversation.Id == id, cancellation);

    /// <summary>The one of a visitor; another visitor's does not exist for him.</summary>
    public static Task<Conversation?> ConversationOfVisitorAsync(
        this PortalDbContext context, CompanyId companyId, VisitorId visitor, ConversationId id, CancellationToken cancellation) =>
        context.Conversations.SingleOrDefaultAsync(
            conversation => conversation.CompanyId == companyId && conversation.VisitorId == visitor && conversation.Id == id, cancellation);

    /// <summary>The visitor's newest conversation; ids grow with time.</summary>
    public static Task<Conversation?> LatestOfVisitorAsync(this PortalDbContext context, CompanyId companyId, VisitorId visitor, CancellationToken cancellation) =>
        context.Conversations
            .Where(conversation => conversation.CompanyId == companyId && conversation.VisitorId == visitor)
            .OrderByDescending(conversation => conversation.Id)
            .FirstOrDefaultAsync(cancellation);

    /// <summary>The visitor's newest invitation, open or over.</summary>
    public static Task<Invitation?> LastInvitationAsync(this PortalDbContext context, CompanyId companyId, VisitorId visitor, CancellationToken cancellation) =>
        context.Invitations
            .Where(invitation => invitation.CompanyId == companyId && invitation.VisitorId == visitor)
            .OrderByDescending(invitation => invitation.Id)
            .FirstOrDefaultAsync(cancellation);

    /// <summary>The visitor's invitation without an outcome, open or expired by the clock; there is one at most.</summary>
    public static Task<Invitation?> UnclosedInvitationAsync(this PortalDbContext context, CompanyId companyId, VisitorId visitor, CancellationToken cancellation) =>
        context.Invitations.SingleOrDefaultAsync(
            invitation => invitation.CompanyId == companyId && invitation.VisitorId == visitor && invitation.ClosedAt == null, cancellation);

    /// <summary>How many files the visitor has sent on this day of the company's calendar.</summary>
    public static async Task<int> FilesOfTodayAsync(this PortalDbContext context, CompanyId companyId, VisitorId visitor, DateTimeOffset now, CancellationToken cancellation)
    {
        var lately = now.AddDays(-2);
        var sent = await context.Attachments
            .Where(attachment => attachment.CompanyId == companyId && attachment.VisitorId == visitor && attachment.At > lately && attachment.Author == ChatAuthor.Visitor)
            .Select(attachment => attachment.At)
            .ToListAsync(cancellation);
        if (sent.Count == 0) return 0;
        var zones = (await context.Companies.AsNoTracking().SingleAsync(company => company.Id == companyId, cancellation)).Zones;
        return sent.Count(at => zones.DateAt(at) == zones.DateAt(now));
    }

    /// <summary>After a conversation began, was taken or ended: the visitor's row of the queue shows it.</summary>
    public static void TellOf(this LiveVisits visits, Conversation conversation, DateTimeOffset now)
    {
        visits.Talks(conversation.CompanyId, conversation.VisitorId, now);
        if (visits.Find(conversation.CompanyId, conversation.VisitorId, now) is { } visit) visits.Tell(visit);
        else visits.Touch(conversation.CompanyId);
    }
}
