using Live800.Domain.Conversations;
using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Features.Widget;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Members;

/// <summary>
/// Decides which visitor somebody is whose page brings a signed identity (5). One browser used by two members is two visitors, so that nobody reads what was written to the one before; a
/// member with a running conversation finds it again, wherever he signs in.
/// </summary>
public sealed class MemberDoor(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, MemberTokens tokens, RejectionLog rejections, VisitorTracker tracker, PortalEvents events, TimeProvider time)
{
    /// <summary>
    /// The visitor as whom the page goes on. Whom the token does not make known stays who he was, unless he is somebody's member: then he is somebody new, because the site says that
    /// another one sits there now. Never refused: a page view is stored in any case, and the administrator reads what was not believed.
    /// </summary>
    /// <param name="known">Who the page's pass names.</param>
    /// <param name="page">The page's own id: it may bring the same token again when an answer was lost.</param>
    public async Task<VisitorId> EnterAsync(Site site, VisitorId? known, string page, string token, string origin, CancellationToken cancellation)
    {
        var company = site.Company;
        var now = time.GetUtcNow();
        var read = await tokens.ReadAsync(site, token, cancellation);
        var number = await NumberAsync(company, known, cancellation);
        // Signed for the member he is already: nothing to do, however often a page says so, and however old it is.
        if (known is { } same && number is not null && read.Claim?.Number == number) return same;
        if (!read.IsBelieved)
        {
            rejections.Note(company, read.Rejection, origin);
            return number is null && known is { } nobody ? nobody : New(now);
        }

        var claim = read.Claim!;
        var entered = await writes.RunAsync((context, queued) => EnterAsync(context, company, known, page, claim, queued), cancellation);
        if (entered is not { } visitor)
        {
            rejections.Note(company, MemberRejectionReason.Replayed, origin);
            return number is null && known is { } nobody ? nobody : New(now);
        }

        if (known is { } before && before != visitor.Id) tracker.Leave(company, before, page, now);
        if (visitor.Card is { } card) events.Publish(new PortalEvent(company, PortalTopic.Cards, card.Value));
        if (claim.Name.Length > 0) await tracker.NameAsync(company, visitor.Id, claim.Name, now);
        return visitor.Id;
    }

    // Nothing when the token was used by somebody else.
    private async Task<(VisitorId Id, VisitorCardId? Card)?> EnterAsync(PortalDbContext context, CompanyId company, VisitorId? known, string page, MemberClaim claim, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await context.SpentNonces.SingleOrDefaultAsync(spent => spent.CompanyId == company && spent.Nonce == claim.Nonce, cancellation) is { } used)
            return used.Page == page || used.VisitorId == known ? (used.VisitorId, null) : null;

        var target = await TargetAsync(context, company, known, claim.Number, cancellation) ?? New(now);
        _ = context.SpentNonces.Add(new SpentNonce(company, claim.Nonce, target, page, claim.ExpiresAt));
        _ = await context.SpentNonces.Where(spent => spent.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        if (!await context.Memberships.AnyAsync(row => row.CompanyId == company && row.VisitorId == target, cancellation))
            _ = context.Memberships.Add(new Membership(company, target, claim.Number, now));
        return (target, await CardAsync(context, company, target, claim, now, cancellation));
    }

    // Who talks goes on talking: as himself, or where the member has a conversation. Somebody unknown becomes the member; somebody else's browser is left to him.
    private static async Task<VisitorId?> TargetAsync(PortalDbContext context, CompanyId company, VisitorId? known, string number, CancellationToken cancellation)
    {
        var isFree = known is { } visitor && !await context.Memberships.AnyAsync(row => row.CompanyId == company && row.VisitorId == visitor, cancellation);
        if (isFree && await IsTalkingAsync(context, company, known!.Value, cancellation)) return known;
        var others = await context.Memberships.Where(row => row.CompanyId == company && row.Number == number).OrderByDescending(row => row.At).Select(row => row.VisitorId).Take(100).ToListAsync(cancellation);
        foreach (var other in others)
        {
            if (await IsTalkingAsync(context, company, other, cancellation)) return other;
        }

        return isFree ? known : null;
    }

    private static Task<bool> IsTalkingAsync(PortalDbContext context, CompanyId company, VisitorId visitor, CancellationToken cancellation) => context.Conversations.AnyAsync(
        row => row.CompanyId == company && row.VisitorId == visitor && (row.State == ConversationState.Waiting || row.State == ConversationState.Open), cancellation);

    private static async Task<VisitorCardId> CardAsync(PortalDbContext context, CompanyId company, VisitorId visitor, MemberClaim claim, DateTimeOffset now, CancellationToken cancellation)
    {
        var has = await context.CardOfVisitorAsync(company, visitor, cancellation);
        VisitorCard card;
        if (await context.VisitorCards.SingleOrDefaultAsync(row => row.CompanyId == company && row.MemberNumber == claim.Number, cancellation) is { } own)
        {
            card = (await context.ShownCardAsync(company, own.Id, cancellation))!;
        }
        else
        {
            // A card that an agent gave this visitor is the member's, unless it is another member's.
            card = has is { MemberNumber: null } ? has : VisitorCard.Create(new VisitorCardId(IdSource.Next(now)), company, claim.Card(), VisitorCard.BySite, now).Value;
            if (card != has) _ = context.VisitorCards.Add(card);
            card.Recognise(claim);
        }

        card.Learn(claim, now);
        if (has?.Id != card.Id)
        {
            if (await context.AssignmentAsync(company, visitor, cancellation) is { } assignment)
            {
                _ = context.CardAssignments.Remove(assignment);
                _ = await context.SaveChangesAsync(cancellation);
            }

            _ = context.CardAssignments.Add(CardAssignment.Of(card, visitor, VisitorCard.BySite, now).Value);
        }

        return card.Id;
    }

    private async ValueTask<string?> NumberAsync(CompanyId company, VisitorId? visitor, CancellationToken cancellation)
    {
        if (visitor is not { } known) return null;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Memberships.Where(row => row.CompanyId == company && row.VisitorId == known).Select(row => row.Number).SingleOrDefaultAsync(cancellation);
    }

    private static VisitorId New(DateTimeOffset now) => new(IdSource.Next(now));
}
