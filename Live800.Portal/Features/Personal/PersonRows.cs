using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Cards;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Personal;

/// <summary>How the rows of a person are found, for counting, exporting and erasing alike (1). A person is one visitor and every other one with the same card or member number.</summary>
internal static class PersonRows
{
    // Cards that lead to members that lead to cards: nobody is further away from himself.
    private const int MostRounds = 10;

    public static async Task<Person> PersonAsync(this PortalDbContext context, CompanyId company, VisitorId visitor, CancellationToken cancellation)
    {
        var visitors = new List<VisitorId> { visitor };
        var cards = new HashSet<VisitorCardId>();
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < MostRounds; round++)
        {
            var before = (visitors.Count, cards.Count, numbers.Count);
            var known = visitors.ToArray();
            foreach (var id in await context.CardAssignments.Where(row => row.CompanyId == company && EF.Parameter(known).Contains(row.VisitorId)).Select(row => row.CardId).Distinct().ToListAsync(cancellation))
            {
                if (!cards.Contains(id) && await context.ShownCardAsync(company, id, cancellation) is { } shown) cards.UnionWith(await context.FamilyAsync(company, shown.Id, cancellation));
            }

            var family = cards.ToArray();
            numbers.UnionWith(await context.Memberships.Where(row => row.CompanyId == company && EF.Parameter(known).Contains(row.VisitorId)).Select(row => row.Number).ToListAsync(cancellation));
            numbers.UnionWith(await context.VisitorCards.Where(card => card.CompanyId == company && EF.Parameter(family).Contains(card.Id) && card.MemberNumber != null).Select(card => card.MemberNumber!).ToListAsync(cancellation));
            var said = numbers.ToArray();
            List<VisitorId> more =
            [
                .. await context.CardAssignments.Where(row => row.CompanyId == company && EF.Parameter(family).Contains(row.CardId)).Select(row => row.VisitorId).ToListAsync(cancellation),
                .. await context.Memberships.Where(row => row.CompanyId == company && EF.Parameter(said).Contains(row.Number)).Select(row => row.VisitorId).ToListAsync(cancellation),
            ];
            visitors.AddRange([.. more.Distinct().Except(visitors)]);
            cards.UnionWith(await context.VisitorCards.Where(card => card.CompanyId == company && card.MemberNumber != null && EF.Parameter(said).Contains(card.MemberNumber)).Select(card => card.Id).ToListAsync(cancellation));
            if (before == (visitors.Count, cards.Count, numbers.Count)) break;
        }

        var (all, own) = (visitors.ToArray(), cards.ToArray());
        List<string> contacts =
        [
            .. (await context.VisitorCards.AsNoTracking().Where(card => card.CompanyId == company && EF.Parameter(own).Contains(card.Id)).Select(card => new { card.Email, card.Phone }).ToListAsync(cancellation)).SelectMany(card => new[] { card.Email, card.Phone }),
            .. (await context.GivenAnswers.AsNoTracking().Where(row => row.CompanyId == company && EF.Parameter(all).Contains(row.VisitorId)).Select(row => new { row.Email, row.Phone }).ToListAsync(cancellation)).SelectMany(row => new[] { row.Email, row.Phone }),
        ];
        return new Person(visitors, [.. cards], [.. contacts.Where(contact => contact.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    public static IQueryable<Conversation> ConversationsOf(this PortalDbContext context, CompanyId company, Person person)
    {
        var visitors = person.Visitors.ToArray();
        return context.Conversations.Where(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId));
    }

    /// <summary>His own, and those nobody known left with an address of his.</summary>
    public static IQueryable<OfflineMessage> OfflineMessagesOf(this PortalDbContext context, CompanyId company, Person person)
    {
        var ids = person.Visitors.Select(visitor => (VisitorId?)visitor).ToArray();
        var contacts = person.Contacts.Select(contact => contact.ToLowerInvariant()).ToArray();
#pragma warning disable CA1304, CA1311 // translated to SQL
        return context.OfflineMessages.Where(row => row.CompanyId == company && row.Text != ""
            && (EF.Parameter(ids).Contains(row.VisitorId) || (row.VisitorId == null && EF.Parameter(contacts).Contains(row.Contact.ToLower()))));
#pragma warning restore CA1304, CA1311
    }

    public static IQueryable<Attachment> FilesOf(this PortalDbContext context, CompanyId company, Person person)
    {
        var visitors = person.Visitors.ToArray();
        return context.Attachments.Where(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId));
    }

    public static IQueryable<VisitorCard> CardsOf(this PortalDbContext context, CompanyId company, Person person)
    {
        var cards = person.Cards.ToArray();
        return context.VisitorCards.Where(row => row.CompanyId == company && EF.Parameter(cards).Contains(row.Id));
    }

    public static async Task<bool> IsTalkingAsync(this PortalDbContext context, CompanyId company, Person person, CancellationToken cancellation) =>
        await context.ConversationsOf(company, person).AnyAsync(row => row.State == ConversationState.Waiting || row.State == ConversationState.Open, cancellation);

    /// <summary>How much of each kind is in portal.db.</summary>
    public static async Task<Dictionary<PersonalKind, int>> CountsAsync(this PortalDbContext context, CompanyId company, Person person, CancellationToken cancellation)
    {
        var visitors = person.Visitors.ToArray();
        var talks = context.ConversationsOf(company, person).Select(row => row.Id);
        return new Dictionary<PersonalKind, int>
        {
            [PersonalKind.Conversations] = await talks.CountAsync(cancellation),
            [PersonalKind.Lines] = await context.ChatMessages.CountAsync(line => line.CompanyId == company && talks.Contains(line.ConversationId) && line.Kind == ChatMessageKind.Text && line.Text != "", cancellation),
            [PersonalKind.Files] = await context.FilesOf(company, person).CountAsync(cancellation),
            [PersonalKind.Notes] = await context.ConversationNotes.CountAsync(note => note.CompanyId == company && talks.Contains(note.ConversationId), cancellation)
                + await context.Whispers.CountAsync(whisper => whisper.CompanyId == company && talks.Contains(whisper.ConversationId), cancellation),
            [PersonalKind.Comments] = await context.ConversationRatings.CountAsync(rating => rating.CompanyId == company && talks.Contains(rating.ConversationId) && rating.Comment != "", cancellation),
            [PersonalKind.OfflineMessages] = await context.OfflineMessagesOf(company, person).CountAsync(cancellation),
            [PersonalKind.Cards] = person.Cards.Count,
            [PersonalKind.Answers] = await context.GivenAnswers.CountAsync(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId), cancellation),
            [PersonalKind.Members] = await context.Memberships.CountAsync(row => row.CompanyId == company && EF.Parameter(visitors).Contains(row.VisitorId), cancellation),
        };
    }
}
