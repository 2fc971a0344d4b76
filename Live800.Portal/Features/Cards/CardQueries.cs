using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Cards;

/// <summary>Cards in the order of their last change.</summary>
/// <param name="Total">How many there are of them, all pages together.</param>
public sealed record CardList(IReadOnlyList<VisitorCard> Cards, int Total);

/// <summary>What the cards of a company can be narrowed by.</summary>
public sealed record CardWords(IReadOnlyList<string> Tags, IReadOnlyList<string> Levels);

/// <summary>What a file of cards is written with.</summary>
internal sealed record CardExtent(int Count, TimeZoneInfo Zone, IReadOnlyDictionary<AgentId, string> AgentNames);

/// <summary>A conversation of a card.</summary>
/// <param name="IsFiled">Somebody filed it under the card; else it is there because its visitor has the card.</param>
public sealed record CardConversation(Conversation Conversation, bool IsFiled);

/// <summary>Reads cards. What is handed out is a copy of what was stored; change it through <see cref="CardDesk"/> only.</summary>
public sealed class CardQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Most tags and levels offered to choose from.</summary>
    private const int MostWords = 200;

    /// <summary>Cards whose tags are gathered for that, those changed last.</summary>
    private const int MostCards = 5_000;

    /// <summary>One card, merged or not; null when this company has none of that id.</summary>
    public async Task<VisitorCard?> FindAsync(CompanyId companyId, VisitorCardId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.CardAsync(companyId, id, cancellation);
    }

    /// <summary>The card itself, or the one it was merged into in the end.</summary>
    public async Task<VisitorCard?> ShownAsync(CompanyId companyId, VisitorCardId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.ShownCardAsync(companyId, id, cancellation);
    }

    /// <summary>The visitor's card (S2.14); null when he has none.</summary>
    public async Task<VisitorCard?> OfVisitorAsync(CompanyId companyId, VisitorId visitor, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.CardOfVisitorAsync(companyId, visitor, cancellation);
    }

    /// <summary>The names on these visitors' cards; who has none is not in it.</summary>
    public async Task<IReadOnlyDictionary<VisitorId, string>> NamesAsync(CompanyId companyId, IReadOnlyCollection<VisitorId> visitors, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var assigned = await context.CardAssignments
            .Where(assignment => assignment.CompanyId == companyId && visitors.Contains(assignment.VisitorId))
            .Join(context.VisitorCards, assignment => assignment.CardId, card => card.Id, (assignment, card) => new { assignment.VisitorId, card.Id, card.Name, card.MergedIntoId })
            .ToListAsync(cancellation);
        var names = new Dictionary<VisitorId, string>(assigned.Count);
        foreach (var row in assigned)
        {
            names[row.VisitorId] = row.MergedIntoId is null ? row.Name : (await context.ShownCardAsync(companyId, row.Id, cancellation))?.Name ?? row.Name;
        }

        return names;
    }

    /// <summary>The cards that fit, the one changed last first. Merged ones are found under the card they went into.</summary>
    public async Task<CardList> ListAsync(CompanyId companyId, CardFilter filter, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var found = Narrow(context.VisitorCards, companyId, filter);
        var cards = await found
            .OrderByDescending(card => card.ChangedAt).ThenByDescending(card => card.Id)
            .Skip(Math.Max(0, filter.Skip)).Take(Math.Clamp(filter.Take, 1, CardFilter.MostAtOnce))
            .ToListAsync(cancellation);
        return new CardList(cards, await found.CountAsync(cancellation));
    }

    /// <summary>Tags and levels in use, in alphabetical order.</summary>
    public async Task<CardWords> WordsAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var cards = context.VisitorCards.Where(card => card.CompanyId == companyId && card.MergedIntoId == null);
        var tagged = await cards.OrderByDescending(card => card.ChangedAt).Select(card => card.Tags).Take(MostCards).ToListAsync(cancellation);
        return new CardWords(
            [.. tagged.SelectMany(tags => tags).Distinct().Order(StringComparer.CurrentCulture).Take(MostWords)],
            await cards.Where(card => card.Level != "").Select(card => card.Level).Distinct().OrderBy(level => level).Take(MostWords).ToListAsync(cancellation));
    }

    /// <summary>The cards that went into this one directly, the last first.</summary>
    public async Task<IReadOnlyList<VisitorCard>> MergedIntoAsync(CompanyId companyId, VisitorCardId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.VisitorCards.Where(card => card.CompanyId == companyId && card.MergedIntoId == id).OrderByDescending(card => card.MergedAt).ToListAsync(cancellation);
    }

    /// <summary>The visitors who have this card or one that went into it.</summary>
    public async Task<IReadOnlyList<VisitorId>> VisitorsAsync(CompanyId companyId, VisitorCardId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var family = await context.FamilyAsync(companyId, id, cancellation);
        return await context.CardAssignments
            .Where(assignment => assignment.CompanyId == companyId && family.Contains(assignment.CardId))
            .OrderByDescending(assignment => assignment.At)
            .Select(assignment => assignment.VisitorId)
            .ToListAsync(cancellation);
    }

    /// <summary>The conversations filed under the card, and those of its visitors that are not filed under another one, newest first.</summary>
    public async Task<IReadOnlyList<CardConversation>> ConversationsAsync(CompanyId companyId, VisitorCardId id, int take = 50, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var family = await context.FamilyAsync(companyId, id, cancellation);
        var visitors = context.CardAssignments.Where(assignment => assignment.CompanyId == companyId && family.Contains(assignment.CardId)).Select(assignment => assignment.VisitorId);
        var filed = context.ConversationFilings.Where(filing => filing.CompanyId == companyId && family.Contains(filing.CardId)).Select(filing => filing.ConversationId);
        var rows = await context.Conversations
            .Where(conversation => conversation.CompanyId == companyId
                && (filed.Contains(conversation.Id)
                    || (visitors.Contains(conversation.VisitorId) && !context.ConversationFilings.Any(filing => filing.ConversationId == conversation.Id && !family.Contains(filing.CardId)))))
            .OrderByDescending(conversation => conversation.Id)
            .Take(Math.Clamp(take, 1, CardFilter.MostAtOnce))
            .Select(conversation => new { Conversation = conversation, IsFiled = filed.Contains(conversation.Id) })
            .ToListAsync(cancellation);
        return [.. rows.Select(row => new CardConversation(row.Conversation, row.IsFiled))];
    }

    /// <summary>The card a conversation is filed under; null when it is under none.</summary>
    public async Task<VisitorCard?> OfConversationAsync(CompanyId companyId, ConversationId id, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.ConversationFilings.SingleOrDefaultAsync(filing => filing.CompanyId == companyId && filing.ConversationId == id, cancellation) is { } filed
            ? await context.ShownCardAsync(companyId, filed.CardId, cancellation)
            : null;
    }

    /// <summary>How many cards fit, and what a file of them is written with.</summary>
    internal async Task<CardExtent> ExtentAsync(CompanyId companyId, CardFilter filter, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var context = await ReadAsync(cancellation);
        var company = await context.Companies.SingleAsync(row => row.Id == companyId, cancellation);
        var agents = await context.Agents.Where(agent => agent.CompanyId == companyId).ToDictionaryAsync(agent => agent.Id, agent => agent.DisplayName, cancellation);
        return new CardExtent(await Narrow(context.VisitorCards, companyId, filter).CountAsync(cancellation), company.Zones.ZoneAt(now), agents);
    }

    /// <summary>Reads the cards that fit one by one, for a file.</summary>
    internal IEnumerable<VisitorCard> Read(CompanyId companyId, CardFilter filter, CancellationToken cancellation)
    {
        using var context = contexts.CreateDbContext();
        foreach (var card in Narrow(context.VisitorCards.AsNoTracking(), companyId, filter).OrderByDescending(card => card.ChangedAt).ThenByDescending(card => card.Id))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return card;
        }
    }

    private static IQueryable<VisitorCard> Narrow(IQueryable<VisitorCard> cards, CompanyId companyId, CardFilter filter)
    {
        var found = cards.Where(card => card.CompanyId == companyId && card.MergedIntoId == null);
        if (filter.Except is { } except) found = found.Where(card => card.Id != except);
        if (filter.Owner is { } owner) found = found.Where(card => card.Owner == owner);
        if (filter.Level.Length > 0) found = found.Where(card => card.Level == filter.Level);
        if (filter.Tag.Length > 0) found = found.Where(card => card.Tags.Contains(filter.Tag));
        if (MessageText.Line(filter.Text) is not { Length: > 0 } words) return found;
        var pattern = Pattern(words);
        // 138 0571 4821 is found by 05714821, however it was written.
        var digits = new string([.. words.Where(char.IsAsciiDigit)]);
        var phone = digits.Length >= 3 && words.All(sign => char.IsAsciiDigit(sign) || " -+()".Contains(sign, StringComparison.Ordinal)) ? $"%{digits}%" : pattern;
        return found.Where(card =>
            EF.Functions.Like(card.Name, pattern, "\\") || EF.Functions.Like(card.Firm, pattern, "\\") || EF.Functions.Like(card.Phone.Replace(" ", "").Replace("-", ""), phone, "\\")
            || EF.Functions.Like(card.Phone, pattern, "\\") || EF.Functions.Like(card.Email, pattern, "\\") || EF.Functions.Like(card.Qq, pattern, "\\") || EF.Functions.Like(card.WeChat, pattern, "\\")
            || EF.Functions.Like(card.Address, pattern, "\\") || EF.Functions.Like(card.Note, pattern, "\\") || card.Tags.Any(tag => EF.Functions.Like(tag, pattern, "\\")));
    }

    private static string Pattern(string words) =>
        "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    private async Task<PortalDbContext> ReadAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
