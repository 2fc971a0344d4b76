using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>An agent who could be written.</summary>
/// <param name="IsReached">He has an e-mail that is not still to be confirmed.</param>
/// <param name="Rights">What he may: a letter tells him no more.</param>
public sealed record MailAgent(AgentId Id, string Name, bool IsReached, PermissionSet Rights);

/// <summary>Where answers go, and where they are to go once its owner agrees.</summary>
public sealed record ReplyToState(string? InForce, string? Asked);

/// <summary>A company's mail as its page shows it.</summary>
/// <param name="Company">The company's name.</param>
/// <param name="BoxAddress">The address letters come from; nothing where no letter goes out.</param>
/// <param name="Operators">Who runs the box.</param>
/// <param name="Agents">The enabled ones, by name.</param>
public sealed record CompanyMailSheet(
    string Company, string? BoxAddress, IReadOnlyList<string> Operators, CompanyLetters Letters, ReplyToState ReplyTo, IReadOnlyList<MailAgent> Agents, TimeZoneInfo Zone)
{
    /// <summary>What he is called; nothing where he is none of the enabled.</summary>
    public string NameOf(AgentId agent) => Agents.FirstOrDefault(other => other.Id == agent)?.Name ?? "";
}

/// <summary>What a link would confirm.</summary>
public sealed record ReplyToAsk(string Email, string Company);

/// <summary>
/// A company's own mail 公司邮件 (rule 1). Who asks is looked up again inside every change; whoever changes a part says what he saw of it, so that of two the second hears of the first, and only where they touched the same.
/// </summary>
public sealed class CompanyMailDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, ReplyToLetters letters, MailDesk mail, PortalEvents events, TimeProvider clock)
{
    public async Task<CompanyMailSheet> ReadAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var company = await context.Companies.SingleAsync(row => row.Id == companyId, cancellation);
        var chosen = await context.CompanyLetters.SingleOrDefaultAsync(row => row.CompanyId == companyId, cancellation) ?? new CompanyLetters(companyId);
        var agents = await context.Agents.Where(agent => agent.CompanyId == companyId && !agent.IsDisabled).ToListAsync(cancellation);
        var templates = await context.PermissionTemplates.Where(template => template.CompanyId == companyId).ToDictionaryAsync(template => template.Role, template => template.Bits, cancellation);
        return new CompanyMailSheet(
            company.Name,
            await mail.FromAsync(cancellation),
            (await LetterReceivers.OperatorsAsync(context, cancellation)).ConvertAll(one => one.Name),
            chosen,
            new ReplyToState(chosen.ReplyTo, await AskedAsync(context, companyId, now, cancellation)),
            [
                .. agents.OrderBy(agent => agent.DisplayName, StringComparer.CurrentCulture).ThenBy(agent => agent.Id.Value).Select(agent => new MailAgent(
                    agent.Id, agent.DisplayName, agent.LetterAddress is not null, PermissionTemplate.RightsOf(agent.Role, templates.TryGetValue(agent.Role, out var bits) ? bits : null))),
            ],
            company.Zones.ZoneAt(now));
    }

    /// <summary>Letters go in this name; empty is the company's. Refusals: NotAllowed, ChangedMeanwhile, SenderNameInvalid.</summary>
    /// <param name="seen">The name as it was when he began; so in every change below.</param>
    public Task<Outcome> SendAsAsync(CurrentAgent by, string seen, string? name, CancellationToken cancellation = default) => ChangeAsync(
        by,
        (_, chosen, _, _) =>
        {
            var before = chosen.SenderName;
            var done = chosen.SendAs(name);
            return Task.FromResult(Judge(seen, before, chosen.SenderName, done, LetterChanges.Between));
        },
        cancellation);

    /// <summary>
    /// Answers go to an address once its owner has used the link in a letter to it; until then where they went before. Empty lets them go nowhere, the address in force takes back what was asked. Refusals: NotAllowed,
    /// ChangedMeanwhile, EmailInvalid, MailOff, LetterTooSoon.
    /// </summary>
    public async Task<Outcome> AskReplyToAsync(CurrentAgent by, ReplyToState seen, string? email, string? language, CancellationToken cancellation = default)
    {
        var outcome = await ChangeAsync(
            by,
            async (context, chosen, now, token) =>
            {
                var stored = new ReplyToState(chosen.ReplyTo, await AskedAsync(context, by.CompanyId, now, token));
                var wanted = string.IsNullOrWhiteSpace(email) ? "" : Agent.CleanEmail(email);
                if (wanted.IsRefused) return wanted.Refusal;
                if (stored != seen) return Refusal.ChangedMeanwhile;
                foreach (var other in await context.ReplyToLinks.Where(link => link.CompanyId == by.CompanyId && !link.IsVoid && link.Email != wanted.Value).ToListAsync(token)) other.Void();
                if (wanted.Value.Length == 0)
                {
                    if (stored.InForce is not null) chosen.AnswerTo(null);
                    return Changed(new AuditChange("ReplyTo", stored.InForce ?? "", ""), new AuditChange("ReplyToAsked", stored.Asked ?? "", ""));
                }

                if (wanted.Value == stored.InForce) return Changed(new AuditChange("ReplyToAsked", stored.Asked ?? "", ""));
                if (!await MailDesk.IsOnAsync(context, token)) return Refusal.MailOff;
                if (!await letters.AskAsync(context, by.CompanyId, by.CompanyCode, by.AgentId, wanted.Value, language, now, token)) return Refusal.LetterTooSoon;
                return Changed(new AuditChange("ReplyToAsked", stored.Asked ?? "", wanted.Value));
            },
            cancellation);
        if (!outcome.IsRefused) mail.Call();
        return outcome;
    }

    /// <summary>How letters to visitors begin and end. Refusals: NotAllowed, ChangedMeanwhile, TextTooLong, PlaceholderUnknown.</summary>
    public Task<Outcome> WriteAsync(CurrentAgent by, LetterWords seen, LetterWords words, CancellationToken cancellation = default) => ChangeAsync(
        by,
        (_, chosen, _, _) =>
        {
            var before = chosen.Words;
            var done = chosen.Write(words);
            return Task.FromResult(Judge(seen, before, chosen.Words, done, LetterChanges.Between));
        },
        cancellation);

    /// <summary>Who is written about offline messages. Refusals: NotAllowed, ChangedMeanwhile, NobodyChosen, InputInvalid, AgentUnknown (none of this company).</summary>
    public Task<Outcome> NoticeAsync(CurrentAgent by, NoticeRule seen, NoticeRule rule, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, chosen, now, token) =>
        {
            var before = chosen.Notice;
            if (await NamesAsync(context, by.CompanyId, rule.Chosen, token) is not { } names) return Refusal.AgentUnknown;
            var done = chosen.Choose(rule, now);
            var changed = Judge(seen, before, chosen.Notice, done, (one, other) => LetterChanges.Between(one, other, names));
            if (!changed.IsRefused && !rule.IsOn) _ = await context.OwedNotices.Where(owed => owed.CompanyId == by.CompanyId).ExecuteDeleteAsync(token);
            return changed;
        },
        cancellation);

    /// <summary>Who gets a letter about each day. Refusals: NotAllowed, ChangedMeanwhile, NobodyChosen, InputInvalid, AgentUnknown (none of this company).</summary>
    public Task<Outcome> SummarizeAsync(CurrentAgent by, SummaryRule seen, SummaryRule rule, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, chosen, now, token) =>
        {
            var before = chosen.Summary;
            if (await NamesAsync(context, by.CompanyId, rule.Chosen, token) is not { } names) return Refusal.AgentUnknown;
            var company = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == by.CompanyId, token);
            var done = chosen.Choose(rule, company.Zones.DateAt(now));
            return Judge(seen, before, chosen.Summary, done, (one, other) => LetterChanges.Between(one, other, names));
        },
        cancellation);

    /// <summary>Who gets a letter about each week. Refusals: NotAllowed, ChangedMeanwhile, NobodyChosen, InputInvalid, AgentUnknown (none of this company).</summary>
    public Task<Outcome> ReportAsync(CurrentAgent by, ReportRule seen, ReportRule rule, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, chosen, now, token) =>
        {
            var before = chosen.Report;
            if (await NamesAsync(context, by.CompanyId, rule.Chosen, token) is not { } names) return Refusal.AgentUnknown;
            var company = await context.Companies.AsNoTracking().SingleAsync(row => row.Id == by.CompanyId, token);
            var done = chosen.Choose(rule, company.Zones, now);
            return Judge(seen, before, chosen.Report, done, (one, other) => LetterChanges.Between(one, other, names));
        },
        cancellation,
        AuditAction.WeeklyReportChanged);

    /// <summary>What a link would confirm. Refusal: LinkOver for everything that is not a link in force.</summary>
    public async Task<Outcome<ReplyToAsk>> ReadLinkAsync(string? token, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await FindAsync(context, token, clock.GetUtcNow(), cancellation) is var (link, company) ? new ReplyToAsk(link.Email, company.Name) : Refusal.LinkOver;
    }

    /// <summary>Uses a link: answers go to its address from now on. Refusal: LinkOver (used, replaced, too old, or whoever asked may not ask any more).</summary>
    /// <param name="from">The network address it was opened from.</param>
    public async Task<Outcome<ReplyToAsk>> UseLinkAsync(string? token, string from, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        CompanyId id = default;
        var outcome = await writes.RunAsync<Outcome<ReplyToAsk>>(
            async (write, cancel) =>
            {
                if (await FindAsync(write, token, now, cancel) is not var (link, company)) return Refusal.LinkOver;
                id = company.Id;
                var chosen = await ChosenAsync(write, id, cancel);
                var before = chosen.ReplyTo;
                chosen.AnswerTo(link.Email);
                foreach (var other in await write.ReplyToLinks.Where(row => row.CompanyId == id && !row.IsVoid).ToListAsync(cancel)) other.Void();
                // Who opened it has no account: the address is all that is known of him.
                _ = write.Add(new AuditEntry(now, id, 0, "", from, AuditAction.ReplyToConfirmed, $"{company.Code} · {link.Email}", [new AuditChange("ReplyTo", before ?? "", link.Email)]));
                return new ReplyToAsk(link.Email, company.Name);
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(id, PortalTopic.Company, id.Value));
        return outcome;
    }

    private static async Task<(ReplyToLink Link, Company Company)?> FindAsync(PortalDbContext context, string? token, DateTimeOffset now, CancellationToken cancellation)
    {
        var hash = ReplyToLink.HashOf(token);
        return await context.ReplyToLinks.SingleOrDefaultAsync(row => row.Hash == hash, cancellation) is { } link && link.Works(now)
            && await context.Companies.SingleAsync(row => row.Id == link.CompanyId, cancellation) is { IsSuspended: false } company
            && await context.MayAsync(link.CompanyId, link.AskedBy, Permission.Settings, cancellation)
            ? (link, company)
            : null;
    }

    private static async Task<string?> AskedAsync(PortalDbContext context, CompanyId company, DateTimeOffset now, CancellationToken cancellation) =>
        await context.ReplyToLinks.AsNoTracking().Where(link => link.CompanyId == company && !link.IsVoid).OrderByDescending(link => link.MadeAt).FirstOrDefaultAsync(cancellation) is { } link && link.Works(now) ? link.Email : null;

    // Nothing where one of them is none of the company's.
    private static async Task<Func<AgentId, string>?> NamesAsync(PortalDbContext context, CompanyId company, AgentChoice chosen, CancellationToken cancellation)
    {
        var names = await context.Agents.AsNoTracking().Where(agent => agent.CompanyId == company).Select(agent => new { agent.Id, agent.DisplayName }).ToDictionaryAsync(agent => agent.Id, agent => agent.DisplayName, cancellation);
        return chosen.Agents.All(names.ContainsKey) ? agent => names.GetValueOrDefault(agent, "") : null;
    }

    private static async Task<CompanyLetters> ChosenAsync(PortalDbContext write, CompanyId company, CancellationToken cancellation)
    {
        if (await write.CompanyLetters.SingleOrDefaultAsync(row => row.CompanyId == company, cancellation) is { } stored) return stored;
        var fresh = new CompanyLetters(company);
        _ = write.CompanyLetters.Add(fresh);
        return fresh;
    }

    // The same once more is done and is no change.
    private static Outcome<AuditChange[]> Judge<T>(T seen, T before, T after, Outcome done, Func<T, T, AuditChange[]> changes)
        where T : class =>
        done.IsRefused ? done.Refusal
        : !before.Equals(after) && !before.Equals(seen) ? Refusal.ChangedMeanwhile
        : changes(before, after);

    private static Outcome<AuditChange[]> Changed(params AuditChange[] changes) => Array.FindAll(changes, change => change.Before != change.After);

    private async Task<Outcome> ChangeAsync(
        CurrentAgent by, Func<PortalDbContext, CompanyLetters, DateTimeOffset, CancellationToken, Task<Outcome<AuditChange[]>>> change, CancellationToken cancellation, AuditAction action = AuditAction.CompanyMailChanged)
    {
        var outcome = await writes.RunAsAsync(
            by.CompanyId,
            by.AgentId,
            Permission.Settings,
            async (context, token) =>
            {
                var now = clock.GetUtcNow();
                var changed = await change(context, await ChosenAsync(context, by.CompanyId, token), now, token);
                if (changed.IsRefused) return changed.Refusal;
                if (changed.Value.Length > 0) _ = context.Add(AuditEntry.Of(by, action, by.CompanyCode, now, changed.Value));
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }
}
