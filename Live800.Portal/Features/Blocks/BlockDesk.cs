using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Blocks;

/// <summary>The block list (4): an agent with the right blocks a visitor or an address and lifts a block; who did it when stays on record.</summary>
public sealed class BlockDesk(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, VisitorQueries visitors, ConversationDesk conversations, PortalEvents events, TimeProvider time)
{
    /// <summary>
    /// Blocks a visitor of the company; a conversation of his ends with it, a request too. Refusals: NotAllowed, VisitorUnknown, TooManyBlocks, TextTooLong, InputInvalid.
    /// </summary>
    /// <param name="length">How long; nothing is until it is lifted.</param>
    public async Task<Outcome> BlockVisitorAsync(CurrentAgent by, VisitorId visitor, string? reason, TimeSpan? length, CancellationToken cancellation = default)
    {
        if (await visitors.VisitorAsync(by.CompanyId, visitor, cancellation) is null) return Refusal.VisitorUnknown;
        Conversation? ended = null;
        var outcome = await AddAsync(
            by,
            (id, now) => VisitorBlock.OfVisitor(id, by.CompanyId, visitor, by.AgentId, reason, now, now + length),
            async (context, now, token) =>
            {
                if (await context.LatestOfVisitorAsync(by.CompanyId, visitor, token) is not { IsRunning: true } running) return;
                _ = context.ChatMessages.Add(running.EndWithBlock(by.AgentId, now));
                ended = running;
                if (running.State != ConversationState.Withdrawn) return;
                var zones = (await context.Companies.AsNoTracking().SingleAsync(company => company.Id == by.CompanyId, token)).Zones;
                _ = context.MissedRequests.Add(MissedRequest.GivenUp(running, MissedReason.Rejected, zones.DateAt(now), now));
            },
            cancellation);
        if (!outcome.IsRefused && ended is not null) conversations.Tell(ended);
        return outcome;
    }

    /// <summary>Blocks a network address. Conversations that run go on until they end. Refusals: NotAllowed, NetworkAddressInvalid, TooManyBlocks, TextTooLong, InputInvalid.</summary>
    public Task<Outcome> BlockAddressAsync(CurrentAgent by, string? address, string? reason, TimeSpan? length, CancellationToken cancellation = default) =>
        AddAsync(by, (id, now) => VisitorBlock.OfAddress(id, by.CompanyId, address, by.AgentId, reason, now, now + length), (_, _, _) => Task.CompletedTask, cancellation);

    /// <summary>Lifts a block. Refusals: NotAllowed, BlockUnknown (another company's, or over).</summary>
    public async Task<Outcome> LiftAsync(CurrentAgent by, VisitorBlockId id, CancellationToken cancellation = default)
    {
        var outcome = await writes.RunAsync(
            async (context, token) =>
            {
                if (!await MayAsync(context, by.CompanyId, by.AgentId, token)) return Refusal.NotAllowed;
                if (await context.VisitorBlocks.SingleOrDefaultAsync(block => block.CompanyId == by.CompanyId && block.Id == id, token) is not { } block) return Refusal.BlockUnknown;
                var now = time.GetUtcNow();
                var lifted = block.Lift(by.AgentId, now);
                if (!lifted.IsRefused) Note(context, by, AuditAction.BlockLifted, block, now);
                return lifted;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(by.CompanyId, id);
        return outcome;
    }

    /// <summary>What is in force, newest first.</summary>
    public async Task<IReadOnlyList<VisitorBlock>> InForceAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await BlocksOf(context, companyId, now).AsNoTracking().OrderByDescending(block => block.At).ToListAsync(cancellation);
    }

    /// <summary>What is in force against a visitor or his address.</summary>
    public async Task<IReadOnlyList<VisitorBlock>> OfAsync(CompanyId companyId, VisitorId visitor, string? address, CancellationToken cancellation = default)
    {
        var (now, key) = (time.GetUtcNow(), CustomerLine.Of(address));
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await BlocksOf(context, companyId, now).AsNoTracking()
            .Where(block => block.VisitorId == visitor || (key != null && block.Address == key))
            .OrderByDescending(block => block.At)
            .ToListAsync(cancellation);
    }

    private static IQueryable<VisitorBlock> BlocksOf(PortalDbContext context, CompanyId companyId, DateTimeOffset now) =>
        context.VisitorBlocks.Where(block => block.CompanyId == companyId && block.LiftedAt == null && (block.Until == null || block.Until > now));

    private static async Task<bool> MayAsync(PortalDbContext context, CompanyId companyId, AgentId by, CancellationToken cancellation) =>
        await context.RightsAsync(companyId, by, cancellation) is var rights && (rights.Has(Permission.Block) || rights.Has(Permission.Settings));

    // A number says whose it was; an address, a name or a reason would be the visitor's in a log that forgets nothing.
    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, VisitorBlock block, DateTimeOffset now) =>
        _ = context.Add(AuditEntry.Of(by, action, block.VisitorId is { } visitor ? $"{by.CompanyCode} · #{Visitor.NumberOf(visitor)}" : by.CompanyCode, now));

    private async Task<Outcome> AddAsync(
        CurrentAgent by,
        Func<VisitorBlockId, DateTimeOffset, Outcome<VisitorBlock>> make,
        Func<PortalDbContext, DateTimeOffset, CancellationToken, Task> alsoDo,
        CancellationToken cancellation)
    {
        var added = await writes.RunAsync<Outcome<VisitorBlockId>>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (!await MayAsync(context, by.CompanyId, by.AgentId, token)) return Refusal.NotAllowed;
                var made = make(new VisitorBlockId(IdSource.Next(now)), now);
                if (made.IsRefused) return made.Refusal;
                if (await BlocksOf(context, by.CompanyId, now).CountAsync(token) >= VisitorBlock.MostInForce) return Refusal.TooManyBlocks;
                _ = context.VisitorBlocks.Add(made.Value);
                Note(context, by, AuditAction.VisitorBlocked, made.Value, now);
                await alsoDo(context, now, token);
                return made.Value.Id;
            },
            cancellation);
        if (!added.IsRefused) Tell(by.CompanyId, added.Value);
        return added.WithoutValue();
    }

    private void Tell(CompanyId companyId, VisitorBlockId id) => events.Publish(new PortalEvent(companyId, PortalTopic.Blocks, id.Value));
}
