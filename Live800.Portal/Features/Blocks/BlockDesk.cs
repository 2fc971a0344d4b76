using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Blocks;

/// <summary>The block list (4): any agent blocks a visitor or an address and lifts a block; who did it when stays on record.</summary>
public sealed class BlockDesk(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, VisitorQueries visitors, ConversationDesk conversations, PortalEvents events, TimeProvider time)
{
    /// <summary>
    /// Blocks a visitor of the company; a conversation of his ends with it, a request too. Refusals: NotAllowed, VisitorUnknown, TooManyBlocks, TextTooLong, InputInvalid.
    /// </summary>
    /// <param name="length">How long; nothing is until it is lifted.</param>
    public async Task<Outcome> BlockVisitorAsync(CompanyId companyId, AgentId by, VisitorId visitor, string? reason, TimeSpan? length, CancellationToken cancellation = default)
    {
        if (await visitors.VisitorAsync(companyId, visitor, cancellation) is null) return Refusal.VisitorUnknown;
        Conversation? ended = null;
        var outcome = await AddAsync(
            companyId,
            by,
            (id, now) => VisitorBlock.OfVisitor(id, companyId, visitor, by, reason, now, now + length),
            async (context, now, token) =>
            {
                if (await context.LatestOfVisitorAsync(companyId, visitor, token) is not { IsRunning: true } running) return;
                _ = context.ChatMessages.Add(running.EndWithBlock(by, now));
                ended = running;
            },
            cancellation);
        if (!outcome.IsRefused && ended is not null) conversations.Tell(ended);
        return outcome;
    }

    /// <summary>Blocks a network address. Conversations that run go on until they end. Refusals: NotAllowed, NetworkAddressInvalid, TooManyBlocks, TextTooLong, InputInvalid.</summary>
    public Task<Outcome> BlockAddressAsync(CompanyId companyId, AgentId by, string? address, string? reason, TimeSpan? length, CancellationToken cancellation = default) =>
        AddAsync(companyId, by, (id, now) => VisitorBlock.OfAddress(id, companyId, address, by, reason, now, now + length), (_, _, _) => Task.CompletedTask, cancellation);

    /// <summary>Lifts a block. Refusals: NotAllowed, BlockUnknown (another company's, or over).</summary>
    public async Task<Outcome> LiftAsync(CompanyId companyId, AgentId by, VisitorBlockId id, CancellationToken cancellation = default)
    {
        var outcome = await writes.RunAsync(
            async (context, token) =>
            {
                if (!await MayAsync(context, companyId, by, token)) return Refusal.NotAllowed;
                return await context.VisitorBlocks.SingleOrDefaultAsync(block => block.CompanyId == companyId && block.Id == id, token) is { } block
                    ? block.Lift(by, time.GetUtcNow())
                    : Refusal.BlockUnknown;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(companyId, id);
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

    private static Task<bool> MayAsync(PortalDbContext context, CompanyId companyId, AgentId by, CancellationToken cancellation) =>
        context.Agents.AnyAsync(agent => agent.CompanyId == companyId && agent.Id == by && !agent.IsDisabled, cancellation);

    private async Task<Outcome> AddAsync(
        CompanyId companyId,
        AgentId by,
        Func<VisitorBlockId, DateTimeOffset, Outcome<VisitorBlock>> make,
        Func<PortalDbContext, DateTimeOffset, CancellationToken, Task> alsoDo,
        CancellationToken cancellation)
    {
        var added = await writes.RunAsync<Outcome<VisitorBlockId>>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (!await MayAsync(context, companyId, by, token)) return Refusal.NotAllowed;
                var made = make(new VisitorBlockId(IdSource.Next(now)), now);
                if (made.IsRefused) return made.Refusal;
                if (await BlocksOf(context, companyId, now).CountAsync(token) >= VisitorBlock.MostInForce) return Refusal.TooManyBlocks;
                _ = context.VisitorBlocks.Add(made.Value);
                await alsoDo(context, now, token);
                return made.Value.Id;
            },
            cancellation);
        if (!added.IsRefused) Tell(companyId, added.Value);
        return added.WithoutValue();
    }

    private void Tell(CompanyId companyId, VisitorBlockId id) => events.Publish(new PortalEvent(companyId, PortalTopic.Blocks, id.Value));
}
