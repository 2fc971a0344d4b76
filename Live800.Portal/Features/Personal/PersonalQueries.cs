using System.Runtime.CompilerServices;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Cards;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Personal;

/// <summary>Finds visitors and says what is kept of them (1). Every question names the company first; whom it has erased it finds no more.</summary>
public sealed class PersonalQueries(IDbContextFactory<PortalDbContext> contexts, IDbContextFactory<TrailDbContext> trails, CardQueries cardNames)
{
    /// <summary>Most visitors found at once.</summary>
    public const int MostFound = 50;

    /// <summary>Longest words.</summary>
    public const int TextLimit = 200;

    /// <summary>Past erasures shown.</summary>
    private const int MostErasures = 50;

    private const int NumberLength = 5;

    /// <summary>The five digits in what somebody typed, with or without the mark before them, in any width; nothing where it is no number.</summary>
    public static string? NumberIn(string? typed)
    {
        var text = MessageText.Line(typed, TextLimit).Normalize(System.Text.NormalizationForm.FormKC).TrimStart('#').Trim();
        return text.Length == NumberLength && text.All(char.IsAsciiDigit) ? text : null;
    }

    /// <summary>Visitors by number, name, e-mail, telephone or member number: those of cards, answers and messages, and names given in a chat.</summary>
    public async Task<IReadOnlyList<PersonalFound>> FindAsync(CompanyId company, string? words, CancellationToken cancellation = default)
    {
        var text = MessageText.Line(words, TextLimit);
        if (text.Length == 0) return [];
        var found = new List<VisitorId>();
        await using var trail = await trails.CreateDbContextAsync(cancellation);
        if (NumberIn(text) is { } number) found.AddRange(await OfNumberAsync(trail, company, number, cancellation).Take(MostFound).ToListAsync(cancellation));
        await using var context = await ReadAsync(cancellation);
        var pattern = "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        var cards = await context.VisitorCards
            .Where(card => card.CompanyId == company
                && (EF.Functions.Like(card.Name, pattern, "\\") || EF.Functions.Like(card.Email, pattern, "\\") || EF.Functions.Like(card.Phone, pattern, "\\")
                    || EF.Functions.Like(card.Qq, pattern, "\\") || EF.Functions.Like(card.WeChat, pattern, "\\") || EF.Functions.Like(card.MemberNumber!, pattern, "\\")))
            .OrderByDescending(card => card.ChangedAt).Select(card => card.Id).Take(MostFound).ToArrayAsync(cancellation);
        found.AddRange(await context.CardAssignments.Where(row => row.CompanyId == company && EF.Parameter(cards).Contains(row.CardId)).OrderByDescending(row => row.At).Select(row => row.VisitorId).Take(MostFound).ToListAsync(cancellation));
        found.AddRange(await context.GivenAnswers
            .Where(row => row.CompanyId == company && (EF.Functions.Like(row.Name, pattern, "\\") || EF.Functions.Like(row.Email, pattern, "\\") || EF.Functions.Like(row.Phone, pattern, "\\")))
            .OrderByDescending(row => row.At).Select(row => row.VisitorId).Take(MostFound).ToListAsync(cancellation));
        found.AddRange(await context.OfflineMessages
            .Where(row => row.CompanyId == company && row.VisitorId != null && row.Text != "" && (EF.Functions.Like(row.Name, pattern, "\\") || EF.Functions.Like(row.Contact, pattern, "\\")))
            .OrderByDescending(row => row.Id).Select(row => row.VisitorId!.Value).Take(MostFound).ToListAsync(cancellation));
        found.AddRange(await context.Memberships.Where(row => row.CompanyId == company && EF.Functions.Like(row.Number, pattern, "\\")).OrderByDescending(row => row.At).Select(row => row.VisitorId).Take(MostFound).ToListAsync(cancellation));
        found.AddRange(await trail.Visitors.AsNoTracking().Where(row => row.CompanyId == company && row.GivenName != null && EF.Functions.Like(row.GivenName, pattern, "\\")).OrderByDescending(row => row.Id).Select(row => row.Id).Take(MostFound).ToListAsync(cancellation));
        return await DescribeAsync(context, trail, company, [.. found.Distinct().Take(MostFound)], cancellation);
    }

    /// <summary>Everything that is kept of one visitor's person; nothing when the company has none of that id, or has erased him.</summary>
    public async Task<PersonalSheet?> ReadAsync(CompanyId company, VisitorId visitor, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        await using var trail = await trails.CreateDbContextAsync(cancellation);
        if (!await IsKnownAsync(context, trail, company, visitor, cancellation) || await ErasureOfAsync(context, company, visitor, cancellation) is not null) return null;
        var person = await context.PersonAsync(company, visitor, cancellation);
        var counts = await context.CountsAsync(company, person, cancellation);
        foreach (var (kind, count) in await TrailCountsAsync(company, person.Visitors, cancellation)) counts[kind] = count;
        var asked = await DescribeAsync(context, trail, company, [visitor], cancellation);
        return new PersonalSheet(asked[0], person.Visitors, counts, await context.IsTalkingAsync(company, person, cancellation));
    }

    /// <summary>The last erasures, newest first.</summary>
    public async Task<IReadOnlyList<VisitorErasure>> ErasuresAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.VisitorErasures.Where(erasure => erasure.CompanyId == company).OrderByDescending(erasure => erasure.At).Take(MostErasures).ToListAsync(cancellation);
    }

    /// <summary>Whether the company has, or had, such a visitor.</summary>
    internal async Task<bool> IsKnownAsync(CompanyId company, VisitorId visitor, CancellationToken cancellation)
    {
        await using var context = await ReadAsync(cancellation);
        await using var trail = await trails.CreateDbContextAsync(cancellation);
        return await IsKnownAsync(context, trail, company, visitor, cancellation);
    }

    internal async Task<IReadOnlyDictionary<PersonalKind, int>> TrailCountsAsync(CompanyId company, IReadOnlyList<VisitorId> visitors, CancellationToken cancellation)
    {
        var ids = visitors.ToArray();
        await using var trail = await trails.CreateDbContextAsync(cancellation);
        var visits = trail.Visits.Where(visit => visit.CompanyId == company && EF.Parameter(ids).Contains(visit.VisitorId));
        return new Dictionary<PersonalKind, int>
        {
            [PersonalKind.Visits] = await visits.CountAsync(cancellation),
            [PersonalKind.Pages] = await trail.TrailSteps.CountAsync(step => step.CompanyId == company && visits.Select(visit => visit.Id).Contains(step.VisitId), cancellation),
        };
    }

    internal static async Task<VisitorErasure?> ErasureOfAsync(PortalDbContext context, CompanyId company, VisitorId visitor, CancellationToken cancellation) =>
        await context.VisitorErasures.Where(erasure => erasure.CompanyId == company && erasure.VisitorIds.Contains(visitor.Value)).OrderBy(erasure => erasure.At).FirstOrDefaultAsync(cancellation);

    private static async Task<bool> IsKnownAsync(PortalDbContext context, TrailDbContext trail, CompanyId company, VisitorId visitor, CancellationToken cancellation) =>
        await trail.Visitors.AnyAsync(row => row.Id == visitor && row.CompanyId == company, cancellation)
        || await context.Conversations.AnyAsync(row => row.CompanyId == company && row.VisitorId == visitor, cancellation)
        || await context.OfflineMessages.AnyAsync(row => row.CompanyId == company && row.VisitorId == visitor, cancellation);

    // The number follows from the id and cannot be turned back: every visitor of the company is looked at. Nobody waits for this but the administrator who asked.
    private static async IAsyncEnumerable<VisitorId> OfNumberAsync(TrailDbContext trail, CompanyId company, string number, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var id in trail.Visitors.AsNoTracking().Where(row => row.CompanyId == company).OrderByDescending(row => row.Id).Select(row => row.Id).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (Visitor.NumberOf(id) == number) yield return id;
        }
    }

    private async Task<List<PersonalFound>> DescribeAsync(PortalDbContext context, TrailDbContext trail, CompanyId company, VisitorId[] found, CancellationToken cancellation)
    {
        if (found.Length == 0) return [];
        var erased = (await context.VisitorErasures.Where(erasure => erasure.CompanyId == company).Select(erasure => erasure.VisitorIds).ToListAsync(cancellation)).SelectMany(ids => ids).ToHashSet();
        var visitors = await trail.Visitors.AsNoTracking().Where(row => row.CompanyId == company && EF.Parameter(found).Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellation);
        var names = await cardNames.NamesAsync(company, found, cancellation);
        var answers = await context.GivenAnswers.Where(row => row.CompanyId == company && EF.Parameter(found).Contains(row.VisitorId)).ToDictionaryAsync(row => row.VisitorId, cancellation);
        return
        [
            .. found.Where(id => !erased.Contains(id.Value)).Select(id =>
            {
                var answer = answers.GetValueOrDefault(id);
                var name = names.GetValueOrDefault(id) is { Length: > 0 } card ? card : visitors.GetValueOrDefault(id)?.GivenName is { Length: > 0 } given ? given : answer?.Name;
                return new PersonalFound(id, string.IsNullOrEmpty(name) ? null : name, answer?.Email is { Length: > 0 } email ? email : answer?.Phone, visitors.GetValueOrDefault(id)?.FirstSeenAt);
            }),
        ];
    }

    private async Task<PortalDbContext> ReadAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
