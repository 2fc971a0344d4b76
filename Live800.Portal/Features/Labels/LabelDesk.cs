using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Labels;

/// <summary>
/// Topics 话题 and close reasons 结束原因 (4): administrators make the company's lists and choose how conversations go; any agent gives a conversation its labels, running or over.
/// </summary>
public sealed class LabelDesk(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>Adds one at the end of its list. Refusals: NotAllowed, TooManyLabels, LabelNameInvalid, LabelNameTaken.</summary>
    public Task<Outcome> AddAsync(CurrentAgent by, LabelKind kind, string? name, CancellationToken cancellation = default) => ManageAsync(
        by,
        async (context, token) =>
        {
            var all = await InUse(context, by.CompanyId, kind).ToListAsync(token);
            if (all.Count >= ConversationLabel.MostOfKind) return Refusal.TooManyLabels;
            var made = ConversationLabel.Make(new ConversationLabelId(IdSource.Next(time.GetUtcNow())), by.CompanyId, kind, name, all.Count == 0 ? 1 : all.Max(label => label.Position) + 1);
            if (made.IsRefused) return made.Refusal;
            if (all.Exists(label => label.Name == made.Value.Name)) return Refusal.LabelNameTaken;
            _ = context.ConversationLabels.Add(made.Value);
            Note(context, by, AuditAction.LabelAdded, made.Value.Name, time.GetUtcNow());
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Gives another name. Refusals: NotAllowed, LabelUnknown, LabelNameInvalid, LabelNameTaken.</summary>
    public Task<Outcome> RenameAsync(CurrentAgent by, ConversationLabelId id, string? name, CancellationToken cancellation = default) => ManageAsync(
        by,
        async (context, token) =>
        {
            if (await FindAsync(context, by.CompanyId, id, token) is not { IsRetired: false } label) return Refusal.LabelUnknown;
            var before = label.Name;
            var renamed = label.Rename(name);
            if (renamed.IsRefused) return renamed;
            if (before != label.Name) Note(context, by, AuditAction.LabelRenamed, label.Name, time.GetUtcNow(), new AuditChange("LabelName", before, label.Name));
            return await InUse(context, by.CompanyId, label.Kind).AnyAsync(other => other.Id != id && other.Name == label.Name, token) ? Refusal.LabelNameTaken : Outcome.Done;
        },
        cancellation);

    /// <summary>Offers one no more; conversations keep it. One that is retired already is. Refusals: NotAllowed, LabelUnknown.</summary>
    public Task<Outcome> RetireAsync(CurrentAgent by, ConversationLabelId id, CancellationToken cancellation = default) => ManageAsync(
        by,
        async (context, token) =>
        {
            if (await FindAsync(context, by.CompanyId, id, token) is not { } label) return Refusal.LabelUnknown;
            if (label.IsRetired) return Outcome.Done;
            label.Retire();
            Note(context, by, AuditAction.LabelRetired, label.Name, time.GetUtcNow());
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Moves one up or down; the first stays first, the last last. Refusals: NotAllowed, LabelUnknown.</summary>
    public Task<Outcome> MoveAsync(CurrentAgent by, ConversationLabelId id, bool up, CancellationToken cancellation = default) => ManageAsync(
        by,
        async (context, token) =>
        {
            if (await FindAsync(context, by.CompanyId, id, token) is not { IsRetired: false } label) return Refusal.LabelUnknown;
            var all = LabelQueries.InOrder(await InUse(context, by.CompanyId, label.Kind).ToListAsync(token));
            var at = all.FindIndex(other => other.Id == id);
            var to = at + (up ? -1 : 1);
            if (to < 0 || to >= all.Count) return Outcome.Done;
            var (mine, its) = (all[at].Position, all[to].Position);
            all[at].MoveTo(its);
            all[to].MoveTo(mine);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Chooses how conversations go, for agents and visitors. Refusal: NotAllowed.</summary>
    /// <param name="seen">What the page showed: what a colleague has turned since stays as he turned it (S2.17).</param>
    public async Task<Outcome> ConverseAsync(CurrentAgent by, ConversationWays wanted, ConversationWays? seen = null, CancellationToken cancellation = default)
    {
        var outcome = await ManageAsync(
            by,
            async (context, token) =>
            {
                var company = await context.Companies.SingleAsync(company => company.Id == by.CompanyId, token);
                var before = ConversationWays.Of(company);
                var ways = ThreeWay.Merge(seen ?? before, wanted, before).Choice;
                company.Converse(ways.PreviewTyping, ways.AsksRating, ways.WantsReason, ways.PushAsks);
                if (before == ways) return Outcome.Done;
                Note(
                    context, by, AuditAction.ConversationWaysChanged, "", time.GetUtcNow(),
                    new AuditChange(nameof(ways.PreviewTyping), $"{before.PreviewTyping}", $"{ways.PreviewTyping}"), new AuditChange(nameof(ways.AsksRating), $"{before.AsksRating}", $"{ways.AsksRating}"),
                    new AuditChange(nameof(ways.WantsReason), $"{before.WantsReason}", $"{ways.WantsReason}"), new AuditChange(nameof(ways.PushAsks), $"{before.PushAsks}", $"{ways.PushAsks}"));
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }

    /// <summary>
    /// Gives a conversation a label, or takes it away; a reason takes the place of the one before. Twice is once. Refusals: NotAllowed, ConversationUnknown, LabelUnknown (also a retired one that is to be given).
    /// </summary>
    public async Task<Outcome> LabelAsync(CompanyId companyId, AgentId by, ConversationId id, ConversationLabelId labelId, bool has, CancellationToken cancellation = default)
    {
        var outcome = await writes.RunAsync(
            async (context, token) =>
            {
                if (!await context.Agents.AnyAsync(agent => agent.CompanyId == companyId && agent.Id == by && !agent.IsDisabled, token)) return Refusal.NotAllowed;
                if (await context.ConversationAsync(companyId, id, token) is not { } conversation) return Refusal.ConversationUnknown;
                if (await FindAsync(context, companyId, labelId, token) is not { } label) return Refusal.LabelUnknown;
                var given = await context.ConversationLabellings.Where(labelling => labelling.ConversationId == id).ToListAsync(token);
                var own = given.Find(labelling => labelling.LabelId == labelId);
                if (!has)
                {
                    if (own is not null) _ = context.Remove(own);
                    return Outcome.Done;
                }

                if (own is not null) return Outcome.Done;
                if (label.IsRetired) return Refusal.LabelUnknown;
                if (label.Kind == LabelKind.Reason && given.Find(labelling => labelling.Kind == LabelKind.Reason) is { } before)
                {
                    // First out, then in: of reasons the database takes one.
                    _ = context.Remove(before);
                    _ = await context.SaveChangesAsync(token);
                }

                _ = context.Add(new ConversationLabelling(conversation, label, by, time.GetUtcNow()));
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(companyId, PortalTopic.Notes, id.Value));
        return outcome;
    }

    private static IQueryable<ConversationLabel> InUse(PortalDbContext context, CompanyId companyId, LabelKind kind) =>
        context.ConversationLabels.Where(label => label.CompanyId == companyId && label.Kind == kind && !label.IsRetired);

    private static Task<ConversationLabel?> FindAsync(PortalDbContext context, CompanyId companyId, ConversationLabelId id, CancellationToken cancellation) =>
        context.ConversationLabels.SingleOrDefaultAsync(label => label.CompanyId == companyId && label.Id == id, cancellation);

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, string what, DateTimeOffset now, params AuditChange[] changes) =>
        _ = context.Add(AuditEntry.Of(by, action, what.Length == 0 ? by.CompanyCode : $"{by.CompanyCode} · {what}", now, changes.Where(change => change.Before != change.After)));

    private async Task<Outcome> ManageAsync(CurrentAgent by, Func<PortalDbContext, CancellationToken, Task<Outcome>> work, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAsync(by.CompanyId, by.AgentId, Permission.Settings, work, cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Labels, by.CompanyId.Value));
        return outcome;
    }
}

/// <summary>How a company's conversations go.</summary>
public sealed record ConversationWays(bool PreviewTyping, bool AsksRating, bool WantsReason, bool PushAsks)
{
    public static ConversationWays Of(Company company) => new(company.Settings.PreviewTyping, company.Settings.AsksRating, company.Settings.WantsReason, company.Settings.PushAsks);
}
