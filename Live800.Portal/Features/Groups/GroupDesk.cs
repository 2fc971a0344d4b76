using System.Globalization;
using System.Security.Cryptography;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Groups;

/// <summary>
/// Groups 分组, ways of giving out and limits of a company (4). Only its administrators change them: who asks is looked up again inside every change, and what was done stands in the audit log.
/// </summary>
public sealed class GroupDesk(WriteQueue<PortalDbContext> writes, ConversationDesk conversations, PortalEvents events, TimeProvider time)
{
    private const string CodeLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Makes a group. Refusals: NotAllowed, TooManyGroups, GroupNameInvalid, GroupNameTaken. Agents who are not the company's are left out.</summary>
    public Task<Outcome> CreateAsync(CurrentAgent by, GroupWish wish, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            var groups = await GroupsAsync(context, by.CompanyId, token);
            if (groups.Count >= Group.MostOfCompany) return Refusal.TooManyGroups;
            var made = Group.Create(
                new GroupId(IdSource.Next(now)), by.CompanyId, RandomNumberGenerator.GetString(CodeLetters, 6), groups.Count == 0 ? 1 : groups.Max(group => group.Position) + 1, await OwnAsync(context, by.CompanyId, wish, token));
            if (made.IsRefused) return made.Refusal;
            if (groups.Exists(group => group.NameKey == made.Value.NameKey)) return Refusal.GroupNameTaken;
            _ = context.Groups.Add(made.Value);
            Note(context, by, AuditAction.GroupMade, made.Value.Name, now, new AuditChange("GroupIs", "", await WordsAsync(context, made.Value, token)));
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Changes a group. Refusals: NotAllowed, GroupUnknown (another company's, or removed), ChangedMeanwhile, GroupNameInvalid, GroupNameTaken.</summary>
    /// <param name="seen">The version the administrator saw.</param>
    public Task<Outcome> ChangeAsync(CurrentAgent by, GroupId id, long seen, GroupWish wish, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            var groups = await GroupsAsync(context, by.CompanyId, token);
            if (groups.Find(group => group.Id == id) is not { } group) return Refusal.GroupUnknown;
            var before = await WordsAsync(context, group, token);
            var changed = group.Change(await OwnAsync(context, by.CompanyId, wish, token), seen);
            if (changed.IsRefused) return changed;
            if (groups.Exists(other => other.Id != id && other.NameKey == group.NameKey)) return Refusal.GroupNameTaken;
            Note(context, by, AuditAction.GroupChanged, group.Name, now, new AuditChange("GroupIs", before, await WordsAsync(context, group, token)));
            return Outcome.Done;
        },
        cancellation);

    /// <summary>
    /// Removes a group: who waits for it waits for the whole company, who talks goes on, an open transfer to it is over, and its link leads to the whole company from now on. One that is gone is gone.
    /// Refusals: NotAllowed, GroupUnknown (another company's).
    /// </summary>
    public async Task<Outcome> RemoveAsync(CurrentAgent by, GroupId id, CancellationToken cancellation = default)
    {
        var (moved, transfers) = (new List<Conversation>(), new List<Transfer>());
        var outcome = await ChangeAsync(
            by,
            async (context, now, token) =>
            {
                if (await context.Groups.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == id, token) is not { } group) return Refusal.GroupUnknown;
                if (!group.Remove(now)) return Outcome.Done;
                var running = await context.Conversations
                    .Where(row => row.CompanyId == by.CompanyId && (row.State == ConversationState.Waiting || row.State == ConversationState.Open) && row.GroupId == id).ToListAsync(token);
                foreach (var conversation in running)
                {
                    if (conversation.WaitForCompany(now) is { IsRefused: false } line) _ = context.ChatMessages.Add(line.Value);
                    else _ = conversation.LeaveGroup();
                    moved.Add(conversation);
                }

                transfers.AddRange((await context.Transfers.Where(row => row.CompanyId == by.CompanyId && row.ToGroup == id && row.ClosedAt == null).ToListAsync(token)).Where(transfer => transfer.LoseGroup(now)));
                Note(context, by, AuditAction.GroupRemoved, group.Name, now, new AuditChange("GroupIs", await WordsAsync(context, group, token), ""));
                return Outcome.Done;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        foreach (var conversation in moved) conversations.Tell(conversation);
        foreach (var transfer in transfers) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Transfer, transfer.ConversationId.Value));
        return outcome;
    }

    /// <summary>Moves a group up or down; the first stays first, the last last. Refusals: NotAllowed, GroupUnknown.</summary>
    public Task<Outcome> MoveAsync(CurrentAgent by, GroupId id, bool up, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, _, token) =>
        {
            var groups = await GroupsAsync(context, by.CompanyId, token);
            var at = groups.FindIndex(group => group.Id == id);
            if (at < 0) return Refusal.GroupUnknown;
            var to = at + (up ? -1 : 1);
            if (to < 0 || to >= groups.Count) return Outcome.Done;
            var (mine, its) = (groups[at].Position, groups[to].Position);
            groups[at].MoveTo(its);
            groups[to].MoveTo(mine);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Gives the whole company's line out in another way. Refusal: NotAllowed.</summary>
    public Task<Outcome> RouteAsync(CurrentAgent by, RoutingWay way, CancellationToken cancellation = default) => ChangeRoutingAsync(
        by,
        (context, routing, now, _) =>
        {
            Note(context, by, AuditAction.RoutingChanged, "", now, new AuditChange("RoutingWay", $"{routing.Way}", $"{way}"));
            routing.Route(way);
            return Task.FromResult(Outcome.Done);
        },
        cancellation);

    /// <summary>Sets the most conversations of an agent for whom nothing else is set; nothing is no limit. Refusals: NotAllowed, ConversationLimitInvalid.</summary>
    public Task<Outcome> LimitAsync(CurrentAgent by, int? most, CancellationToken cancellation = default) => ChangeRoutingAsync(
        by,
        (context, routing, now, _) =>
        {
            Note(context, by, AuditAction.ConversationLimitChanged, "", now, new AuditChange("MostConversations", Number(routing.Most), Number(most)));
            return Task.FromResult(routing.Limit(most));
        },
        cancellation);

    /// <summary>Sets the most conversations of one agent; nothing is the company's number. Refusals: NotAllowed, AgentUnknown, ConversationLimitInvalid.</summary>
    public Task<Outcome> LimitAsync(CurrentAgent by, AgentId agent, int? most, CancellationToken cancellation = default) => ChangeRoutingAsync(
        by,
        async (context, routing, now, token) =>
        {
            if (await context.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Id == agent, token) is not { } known) return Refusal.AgentUnknown;
            var before = routing.Limits.FirstOrDefault(limit => limit.AgentId == agent)?.Most;
            Note(context, by, AuditAction.ConversationLimitChanged, known.DisplayName, now, new AuditChange("MostConversations", Number(before), Number(most)));
            return routing.Limit(agent, most);
        },
        cancellation);

    private static string Number(int? most) => most?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, string what, DateTimeOffset now, params AuditChange[] changes) => _ = context.Add(AuditEntry.Of(
        by, action, what.Length == 0 ? by.CompanyCode : $"{by.CompanyCode} · {what}", now, changes.Where(change => change.Before != change.After)));

    private static async Task<string> WordsAsync(PortalDbContext context, Group group, CancellationToken cancellation)
    {
        var ids = group.Members.Select(member => member.AgentId).ToList();
        var names = await context.Agents.Where(agent => agent.CompanyId == group.CompanyId && ids.Contains(agent.Id)).OrderBy(agent => agent.Name).Select(agent => agent.Name).ToListAsync(cancellation);
        return $"{group.Name} · {group.Way} · {string.Join(", ", names)}{(group.IsOffered ? " · *" : "")}";
    }

    private static Task<List<Group>> GroupsAsync(PortalDbContext context, CompanyId company, CancellationToken cancellation) =>
        context.Groups.Where(group => group.CompanyId == company && group.RemovedAt == null).OrderBy(group => group.Position).ThenBy(group => group.Id).ToListAsync(cancellation);

    private static async Task<GroupWish> OwnAsync(PortalDbContext context, CompanyId company, GroupWish wish, CancellationToken cancellation)
    {
        var wanted = wish.Agents.ToList();
        return wish with { Agents = await context.Agents.Where(agent => agent.CompanyId == company && wanted.Contains(agent.Id)).Select(agent => agent.Id).ToListAsync(cancellation) };
    }

    private Task<Outcome> ChangeRoutingAsync(CurrentAgent by, Func<PortalDbContext, CompanyRouting, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            var routing = await context.RoutingAsync(by.CompanyId, token);
            if (routing.Version == 0) _ = context.CompanyRoutings.Add(routing);
            return await change(context, routing, now, token);
        },
        cancellation);

    private async Task<Outcome> ChangeAsync(CurrentAgent by, Func<PortalDbContext, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAsync(by.CompanyId, by.AgentId, Permission.Settings, (context, token) => change(context, time.GetUtcNow(), token), cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }
}
