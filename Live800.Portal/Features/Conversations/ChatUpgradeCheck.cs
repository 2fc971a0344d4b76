using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>After an upgrade one chat is held in a company that is there: asked for, taken, said, read again, and rolled back as a whole, so that it never was.</summary>
internal sealed class ChatUpgradeCheck(IDbContextFactory<PortalDbContext> contexts, Moments moments, TimeProvider clock) : IUpgradeCheck
{
    private const string Words = "upgrade 升级";

    public string Name => "a chat";

    public async Task<string?> FaultAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var agent = await context.Agents.AsNoTracking().OrderBy(one => one.Id).FirstOrDefaultAsync(cancellation);
        if (agent is null) return null;
        // Never committed: nobody serves yet, and nobody else writes.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow();
        var (talk, asked) = Conversation.Request(new(IdSource.Next(now)), agent.CompanyId, new(IdSource.Next(now)), new(IdSource.Next(now)), now);
        var taken = talk.Accept(agent.Id, now, now, moments);
        if (taken.IsRefused) return $"a waiting visitor could not be taken ({taken.Refusal})";
        var said = talk.Say(Speaker.Visitor, Guid.NewGuid(), Words, now);
        if (said.IsRefused) return $"a message was refused ({said.Refusal})";
        context.Add(talk);
        context.AddRange(asked, taken.Value, said.Value);
        _ = await context.SaveChangesAsync(cancellation);
        context.ChangeTracker.Clear();
        var read = await context.ChatMessages.AsNoTracking().Where(line => line.ConversationId == talk.Id).OrderBy(line => line.Sequence).ToListAsync(cancellation);
        return read is [_, _, { Text: Words }] ? null : "what was said in a chat could not be read again";
    }
}
