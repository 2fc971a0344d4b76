using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Platform;

/// <summary>One company at a glance.</summary>
public sealed record CompanyLine(CompanyId Id, string Code, string Name, DateTimeOffset RegisteredAt, DateTimeOffset? SuspendedAt, DateTimeOffset? ClosedAt, DateTimeOffset? ErasedAt, Entitlement InForce, TimeZoneInfo Zone, int Agents, int SeatsInUse);

/// <summary>What a search found: the first of them, and how many there are.</summary>
public sealed record CompanyLines(IReadOnlyList<CompanyLine> Lines, int Found);

/// <summary>A term or clicks that were bought, granted or given as trial.</summary>
public sealed record CreditLine(OrderId Order, CreditOrigin Origin, int Seats, int Months, DateTimeOffset? Start, DateTimeOffset? End, int Clicks, int ClicksLeft, string Note, DateTimeOffset At);

/// <summary>A company with what it was credited.</summary>
public sealed record CompanyPapers(CompanyLine Line, IReadOnlyList<CreditLine> Credits, IReadOnlyList<string> Administrators, bool IsOperators);

/// <summary>The companies of the box as its operator sees them: found, granted to, suspended and resumed. Nothing of what their visitors said is read here.</summary>
public sealed class CompanyBook(
    IDbContextFactory<PortalDbContext> contexts,
    PlatformDesk platform,
    PackageDesk packages,
    OrderLetters letters,
    CompanyStop stop,
    PortalEvents events,
    Moments moments,
    TimeProvider clock)
{
    /// <summary>More than this many are not shown: a narrower search finds the others.</summary>
    public const int Shown = 50;

    /// <summary>Longest note on a grant.</summary>
    public const int NoteLimit = 120;

    /// <summary>The companies whose name or company ID contains the words, the newest first.</summary>
    public async Task<CompanyLines> SearchAsync(string? words, CancellationToken cancellation = default)
    {
        var text = MessageText.Line(words, Company.NameLimit).ToLowerInvariant();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var companies = context.Companies.AsNoTracking();
#pragma warning disable CA1304, CA1311, CA1862 // translated to SQL
        if (text.Length > 0) companies = companies.Where(company => company.Code.Contains(text) || company.Name.ToLower().Contains(text));
#pragma warning restore CA1304, CA1311, CA1862
        var found = await companies.CountAsync(cancellation);
        var lines = new List<CompanyLine>();
        foreach (var company in await companies.OrderByDescending(company => company.Id).Take(Shown).ToListAsync(cancellation)) lines.Add(await LineAsync(context, company, cancellation));
        return new CompanyLines(lines, found);
    }

    /// <summary>One company by its company ID, or nothing.</summary>
    public async Task<CompanyPapers?> FindAsync(string? code, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (await context.Companies.AsNoTracking().SingleOrDefaultAsync(company => company.Code == code, cancellation) is not { } company) return null;
        var account = await context.PackageAccounts.AsNoTracking().AsSplitQuery().SingleAsync(account => account.CompanyId == company.Id, cancellation);
        var credits = account.Terms
            .Select(term => new CreditLine(term.OrderId, term.Origin, term.Seats, term.Months, term.Start, term.End, 0, 0, term.Note, term.CreditedAt))
            .Concat(account.Credits.Select(credit => new CreditLine(credit.OrderId, credit.Origin, 0, 0, null, null, credit.Bought, credit.Left, credit.Note, credit.CreditedAt)))
            .OrderByDescending(credit => credit.At).ToList();
        var administrators = await context.Agents.AsNoTracking()
            .Where(agent => agent.CompanyId == company.Id && agent.Role == AgentRole.Administrator && !agent.IsDisabled)
            .OrderBy(agent => agent.Name).Select(agent => agent.Email == null ? agent.DisplayName : agent.DisplayName + " · " + agent.Email).ToListAsync(cancellation);
        return new CompanyPapers(await LineAsync(context, company, cancellation), credits, administrators, await CompanyStop.IsOperatorsAsync(context, company.Id, cancellation));
    }

    /// <summary>Gives clicks with a note the company reads (rule 3.11). Refusals: NotAllowed, CompanyUnknown, ClicksInvalid, InputInvalid.</summary>
    public Task<Outcome> GrantClicksAsync(CurrentAgent by, CompanyId company, int clicks, string? note, CancellationToken cancellation = default) => GrantAsync(
        by, company, AuditAction.ClicksGranted, $"{clicks}", note, (context, text, now, token) => packages.GrantClicksAsync(context, company, clicks, text, now, token), cancellation);

    /// <summary>Gives a term with a note the company reads (rule 3.11). Refusals: NotAllowed, CompanyUnknown, TermInvalid, InputInvalid.</summary>
    public Task<Outcome> GrantTermAsync(CurrentAgent by, CompanyId company, int seats, int months, TermStart start, string? note, CancellationToken cancellation = default) => GrantAsync(
        by, company, AuditAction.TermGranted, $"{seats} × {months}", note, (context, text, now, token) => packages.GrantTermAsync(context, company, seats, months, start, text, now, token), cancellation);

    /// <summary>
    /// Stops a company: its agents are signed out, its seats are free, what runs ends with a note, its icons go offline. Everything stored stays; terms go on running.
    /// Refusals: NotAllowed, CompanyUnknown, OperatorsCompany, ChangedMeanwhile (it is suspended already).
    /// </summary>
    public async Task<Outcome> SuspendAsync(CurrentAgent by, CompanyId id, CancellationToken cancellation = default)
    {
        StoppedCompany? stopped = null;
        var outcome = await ChangeAsync(
            by,
            id,
            AuditAction.CompanySuspended,
            async (context, company, now, token) =>
            {
                if (await CompanyStop.IsOperatorsAsync(context, id, token)) return Refusal.OperatorsCompany;
                if (!company.Suspend(now)) return Refusal.ChangedMeanwhile;
                stopped = await CompanyStop.RunAsync(context, id, now, token);
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) stop.Tell(stopped!);
        return outcome;
    }

    /// <summary>Lets a company work again that was suspended or closed. Refusals: NotAllowed, CompanyUnknown, ChangedMeanwhile (it works already), CompanyErased.</summary>
    public async Task<Outcome> ResumeAsync(CurrentAgent by, CompanyId id, CancellationToken cancellation = default)
    {
        var outcome = await ChangeAsync(
            by, id, AuditAction.CompanyResumed, (_, company, _, _) => Task.FromResult(company.Resume()), cancellation);
        if (!outcome.IsRefused) Tell(id);
        return outcome;
    }

    private async Task<Outcome> GrantAsync(
        CurrentAgent by, CompanyId id, AuditAction action, string figures, string? note,
        Func<PortalDbContext, string, DateTimeOffset, CancellationToken, Task<Outcome<LedgerLine>>> grant, CancellationToken cancellation)
    {
        var text = MessageText.Line(note);
        if (text.Length is 0 or > NoteLimit) return Refusal.InputInvalid;
        var outcome = await ChangeAsync(by, id, action, async (context, _, now, token) =>
        {
            var line = await grant(context, text, now, token);
            if (!line.IsRefused) await letters.GrantedAsync(context, id, line.Value, text, by.AgentId, now, token);
            return line.WithoutValue();
        }, cancellation, figures);
        if (!outcome.IsRefused) packages.Tell(id);
        return outcome;
    }

    private async Task<Outcome> ChangeAsync(
        CurrentAgent by, CompanyId id, AuditAction action, Func<PortalDbContext, Company, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation, string figures = "")
    {
        await using var reading = await contexts.CreateDbContextAsync(cancellation);
        var code = await reading.Companies.Where(company => company.Id == id).Select(company => company.Code).SingleOrDefaultAsync(cancellation);
        return await platform.ChangeAsync(
            by,
            action,
            async (context, now, token) =>
            {
                if (await context.Companies.SingleOrDefaultAsync(company => company.Id == id, token) is not { } company) return Refusal.CompanyUnknown;
                var changed = await change(context, company, now, token);
                return changed.IsRefused ? changed.Refusal : new AuditNote(figures.Length > 0 ? $"{code}: {figures}" : code ?? "") { Company = id };
            },
            cancellation);
    }

    private void Tell(CompanyId company)
    {
        events.Publish(new PortalEvent(company, PortalTopic.Company, company.Value));
        events.Publish(new PortalEvent(company, PortalTopic.Seats, company.Value));
    }

    private async Task<CompanyLine> LineAsync(PortalDbContext context, Company company, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var plan = await context.SeatPlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.CompanyId == company.Id, cancellation);
        return new CompanyLine(
            company.Id, company.Code, company.Name, company.RegisteredAt, company.SuspendedAt, company.ClosedAt, company.ErasedAt,
            await packages.EntitlementAsync(context, company.Id, now, cancellation), company.Zones.ZoneAt(now),
            await context.Agents.CountAsync(agent => agent.CompanyId == company.Id && !agent.IsDisabled, cancellation),
            plan?.Held(now, moments).Count ?? 0);
    }
}
