using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Groups;

/// <summary>Why a request waits for a hand; <paramref name="Count"/> is which one of the day it would be.</summary>
public readonly record struct HandNeed(HandReason Reason, int Count);

/// <summary>Counts what was accepted by itself today, from stored facts, so that a restart forgets nothing (2).</summary>
internal static class HandReasons
{
    // A company's day may be two machine days long, when it moves its calendar (3.5).
    private static readonly TimeSpan LongestDay = TimeSpan.FromHours(50);

    public static async Task<HandNeed> WhyByHandAsync(
        this PortalDbContext context, Conversation waiting, VisitorSigns signs, ZoneHistory zones, DateTimeOffset now, CancellationToken cancellation)
    {
        var (company, id, visitor) = (waiting.CompanyId, waiting.Id, waiting.VisitorId);
        var hasTyped = await context.ChatMessages.AnyAsync(
            line => line.CompanyId == company && line.ConversationId == id && line.Author == ChatAuthor.Visitor && line.Kind == ChatMessageKind.Text, cancellation);
        var counted = context.AutoAccepts.AsNoTracking().Where(row => row.CompanyId == company && row.TookAnswer);
        var ofVisitor = await TodayAsync(counted.Where(row => row.VisitorId == visitor), zones, now, cancellation);
        var ofAddress = signs.Address.Length == 0 ? 0 : await TodayAsync(counted.Where(row => row.Address == signs.Address), zones, now, cancellation);
        var reason = AutoAccept.WhyByHand(waiting, hasTyped, signs.IsRobot, ofVisitor, ofAddress);
        return new HandNeed(reason, 1 + (reason == HandReason.AddressDay ? ofAddress : ofVisitor));
    }

    private static async Task<int> TodayAsync(IQueryable<AutoAccept> rows, ZoneHistory zones, DateTimeOffset now, CancellationToken cancellation)
    {
        var (since, today) = (now - LongestDay, zones.DateAt(now));
        var times = await rows.Where(row => row.At > since).Select(row => row.At).ToListAsync(cancellation);
        return times.Count(at => zones.DateAt(at) == today);
    }
}
