using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Replies;

/// <summary>Changes canned replies 常用语 (4). An agent's own are his; the company's are changed by who has the right, and the stored rows are asked (S2.17).</summary>
public sealed class ReplyDesk(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>Adds one at the end of its topic. Refusals: NotAllowed, TooManyReplies, ReplyShortcutTaken, and those of <see cref="CannedReply.Write"/>.</summary>
    /// <param name="forCompany">One of the company's; otherwise the agent's own.</param>
    public Task<Outcome> AddAsync(CurrentAgent by, bool forCompany, ReplyWords words, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            AgentId? owner = forCompany ? null : by.AgentId;
            if (!await MayAsync(context, by.CompanyId, by.AgentId, owner, token)) return Refusal.NotAllowed;
            var all = await context.CannedReplies.Where(reply => reply.CompanyId == by.CompanyId && reply.OwnerId == owner).ToListAsync(token);
            if (all.Count >= CannedReply.MostOfOwner) return Refusal.TooManyReplies;
            var written = CannedReply.Write(new CannedReplyId(IdSource.Next(time.GetUtcNow())), by.CompanyId, owner, all.Count == 0 ? 1 : all.Max(reply => reply.Position) + 1, words);
            if (written.IsRefused) return written.Refusal;
            if (IsTaken(all, written.Value)) return Refusal.ReplyShortcutTaken;
            _ = context.CannedReplies.Add(written.Value);
            Note(context, by, AuditAction.ReplyAdded, written.Value, time.GetUtcNow(), new AuditChange("ReplyText", "", written.Value.Text));
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Changes one. Refusals: ReplyUnknown (also another agent's or company's), NotAllowed, ChangedMeanwhile, ReplyShortcutTaken, and those of <see cref="CannedReply.Write"/>.</summary>
    public Task<Outcome> ChangeAsync(CurrentAgent by, CannedReplyId id, long seen, ReplyWords words, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            var found = await FindAsync(context, by.CompanyId, by.AgentId, id, token);
            if (found.IsRefused) return found.Refusal;
            var (title, text) = (found.Value.Title, found.Value.Text);
            var changed = found.Value.Change(words, seen);
            if (changed.IsRefused) return changed;
            Note(context, by, AuditAction.ReplyChanged, found.Value, time.GetUtcNow(), new AuditChange("ReplyTitle", title, found.Value.Title), new AuditChange("ReplyText", text, found.Value.Text));
            var others = await context.CannedReplies.AsNoTracking()
                .Where(reply => reply.CompanyId == by.CompanyId && reply.OwnerId == found.Value.OwnerId && reply.Id != id)
                .ToListAsync(token);
            return IsTaken(others, found.Value) ? Refusal.ReplyShortcutTaken : Outcome.Done;
        },
        cancellation);

    /// <summary>Deletes one, if it is still as it was seen. One that is gone already is gone. Refusals: NotAllowed, ChangedMeanwhile, ReplyUnknown (another agent's).</summary>
    public Task<Outcome> DeleteAsync(CurrentAgent by, CannedReplyId id, long seen, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            if (!await context.CannedReplies.AnyAsync(reply => reply.CompanyId == by.CompanyId && reply.Id == id, token)) return Outcome.Done;
            var found = await FindAsync(context, by.CompanyId, by.AgentId, id, token);
            if (found.IsRefused) return found.Refusal;
            if (found.Value.Version != seen) return Refusal.ChangedMeanwhile;
            _ = context.CannedReplies.Remove(found.Value);
            Note(context, by, AuditAction.ReplyDeleted, found.Value, time.GetUtcNow(), new AuditChange("ReplyText", found.Value.Text, ""));
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Moves one up or down within its topic; the first stays first, the last last. Refusals: ReplyUnknown, NotAllowed.</summary>
    public Task<Outcome> MoveAsync(CurrentAgent by, CannedReplyId id, bool up, CancellationToken cancellation = default) => DoAsync(
        by,
        async (context, token) =>
        {
            var found = await FindAsync(context, by.CompanyId, by.AgentId, id, token);
            if (found.IsRefused) return found.Refusal;
            var topic = ReplyQueries.InOrder(await context.CannedReplies
                .Where(reply => reply.CompanyId == by.CompanyId && reply.OwnerId == found.Value.OwnerId && reply.Topic == found.Value.Topic)
                .ToListAsync(token)).ToList();
            var at = topic.FindIndex(reply => reply.Id == id);
            var to = at + (up ? -1 : 1);
            if (to < 0 || to >= topic.Count) return Outcome.Done;
            var (mine, its) = (topic[at].Position, topic[to].Position);
            topic[at].MoveTo(its);
            topic[to].MoveTo(mine);
            return Outcome.Done;
        },
        cancellation);

    private static bool IsTaken(IEnumerable<CannedReply> others, CannedReply reply) => reply.Shortcut.Length > 0 && others.Any(other => other.Shortcut == reply.Shortcut);

    private static async Task<Outcome<CannedReply>> FindAsync(PortalDbContext context, CompanyId companyId, AgentId by, CannedReplyId id, CancellationToken cancellation)
    {
        if (await context.CannedReplies.SingleOrDefaultAsync(reply => reply.CompanyId == companyId && reply.Id == id, cancellation) is not { } reply) return Refusal.ReplyUnknown;
        if (reply.OwnerId is { } owner && owner != by) return Refusal.ReplyUnknown;
        return await MayAsync(context, companyId, by, reply.OwnerId, cancellation) ? reply : Refusal.NotAllowed;
    }

    private static async Task<bool> MayAsync(PortalDbContext context, CompanyId companyId, AgentId by, AgentId? owner, CancellationToken cancellation) =>
        owner is null
            ? await context.MayAsync(companyId, by, Permission.Settings, cancellation)
            : await context.Agents.AnyAsync(agent => agent.CompanyId == companyId && agent.Id == by && !agent.IsDisabled, cancellation);

    // The company's only: what an agent keeps for himself is nobody else's matter.
    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, CannedReply reply, DateTimeOffset now, params AuditChange[] changes)
    {
        if (reply.OwnerId is null) _ = context.Add(AuditEntry.Of(by, action, $"{by.CompanyCode} · {reply.Title}", now, changes.Where(change => change.Before != change.After)));
    }

    private async Task<Outcome> DoAsync(CurrentAgent by, Func<PortalDbContext, CancellationToken, Task<Outcome>> work, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsync(
            async (context, token) =>
            {
                var done = await work(context, token);
                // A refused change must not be stored with what the work goes on to save.
                if (done.IsRefused) context.ChangeTracker.Clear();
                return done;
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Replies, by.CompanyId.Value));
        return outcome;
    }
}
