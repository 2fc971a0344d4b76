using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Cards;

/// <summary>
/// How cards are found, for the desk and the queries alike. A merged card keeps its visitors and conversations and points to the one it went into: whoever looks follows
/// the way up to the card that is shown, or down to all that went into it, and a merge is undone by taking one pointer away.
/// </summary>
internal static class CardRows
{
    public static Task<VisitorCard?> CardAsync(this PortalDbContext context, CompanyId companyId, VisitorCardId id, CancellationToken cancellation) =>
        context.VisitorCards.SingleOrDefaultAsync(card => card.CompanyId == companyId && card.Id == id, cancellation);

    /// <summary>The card itself, or the one it was merged into in the end.</summary>
    public static async Task<VisitorCard?> ShownCardAsync(this PortalDbContext context, CompanyId companyId, VisitorCardId id, CancellationToken cancellation)
    {
        var card = await context.CardAsync(companyId, id, cancellation);
        while (card?.MergedIntoId is { } into) card = await context.CardAsync(companyId, into, cancellation);
        return card;
    }

    public static Task<CardAssignment?> AssignmentAsync(this PortalDbContext context, CompanyId companyId, VisitorId visitor, CancellationToken cancellation) =>
        context.CardAssignments.SingleOrDefaultAsync(assignment => assignment.CompanyId == companyId && assignment.VisitorId == visitor, cancellation);

    /// <summary>The visitor's card as it is shown; nothing when he has none.</summary>
    public static async Task<VisitorCard?> CardOfVisitorAsync(this PortalDbContext context, CompanyId companyId, VisitorId visitor, CancellationToken cancellation) =>
        await context.AssignmentAsync(companyId, visitor, cancellation) is { } assignment ? await context.ShownCardAsync(companyId, assignment.CardId, cancellation) : null;

    /// <summary>The card and every card that went into it, directly or through another one.</summary>
    public static async Task<IReadOnlyList<VisitorCardId>> FamilyAsync(this PortalDbContext context, CompanyId companyId, VisitorCardId id, CancellationToken cancellation)
    {
        var family = new List<VisitorCardId> { id };
        var last = family.ToList();
        while (last.Count > 0)
        {
            var above = last.Select(card => (VisitorCardId?)card).ToArray();
            last = await context.VisitorCards
                .Where(card => card.CompanyId == companyId && card.MergedIntoId != null && above.Contains(card.MergedIntoId))
                .Select(card => card.Id)
                .ToListAsync(cancellation);
            family.AddRange(last);
        }

        return family;
    }
}
