using System.Globalization;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Platform;

/// <summary>What the platform's first page shows.</summary>
public sealed record PlatformView(bool RegistrationOpen, bool OffersTrial, int OpenLinks, int Companies, int Suspended, int UnpaidOrders, IReadOnlyList<AuditEntry> Audit);

/// <summary>
/// What the platform operator decides for the whole box. Every change looks up again whether the one who asks operates it, and stands in the
/// audit log in the same transaction.
/// </summary>
public sealed class PlatformDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalClock clock, IHostEnvironment environment)
{
    private const int AuditShown = 10;

    public async Task<PlatformView> ReadAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var settings = await context.Set<PlatformSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new PlatformSettings();
        return new PlatformView(
            settings.RegistrationOpen,
            settings.OffersTrial,
            await context.Set<RegistrationLink>().CountAsync(link => link.UsedAt == null && link.WithdrawnAt == null && link.ExpiresAt > now, cancellation),
            await context.Companies.CountAsync(cancellation),
            await context.Companies.CountAsync(company => company.SuspendedAt != null, cancellation),
            await context.Set<Order>().CountAsync(order => order.PaidAt == null && order.CancelledAt == null, cancellation),
            await context.Set<AuditEntry>().AsNoTracking().Where(entry => PlatformActs.All.Contains(entry.Action)).OrderByDescending(entry => entry.Id).Take(AuditShown).ToListAsync(cancellation));
    }

    /// <summary>Opens or closes registration (rule 1). Refusal: NotAllowed.</summary>
    public Task<Outcome> OpenRegistrationAsync(CurrentAgent by, bool open, CancellationToken cancellation = default) => ChangeAsync(
        by,
        open ? AuditAction.RegistrationOpened : AuditAction.RegistrationClosed,
        "",
        async (context, _, token) =>
        {
            (await SettingsAsync(context, token)).OpenRegistration(open);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Offers companies that register by themselves the trial, or withholds it (rule 1); companies that are here keep theirs. Refusal: NotAllowed.</summary>
    public Task<Outcome> OfferTrialAsync(CurrentAgent by, bool offer, CancellationToken cancellation = default) => ChangeAsync(
        by,
        offer ? AuditAction.TrialOffered : AuditAction.TrialWithheld,
        "",
        async (context, _, token) =>
        {
            (await SettingsAsync(context, token)).OfferTrial(offer);
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Moves the portal's clock forward, in Development only. Refusals: NotAllowed, InputInvalid.</summary>
    public async Task<Outcome> ShiftClockAsync(CurrentAgent by, TimeSpan shift, CancellationToken cancellation = default)
    {
        if (!environment.IsDevelopment()) return Refusal.NotAllowed;
        if (shift <= TimeSpan.Zero || shift > TimeSpan.FromDays(366)) return Refusal.InputInvalid;
        return await ChangeAsync(
            by,
            AuditAction.ClockShifted,
            shift.ToString("c", CultureInfo.InvariantCulture),
            (_, _, _) =>
            {
                // The commit that stores the audit line stores the shift too.
                clock.ShiftForward(shift);
                return Task.FromResult(Outcome.Done);
            },
            cancellation);
    }

    /// <summary>
    /// One act of the operator in one write: whoever asks must operate the box as the row says now, and what was done stands in the audit log with it.
    /// What the act itself refuses is not logged, because nothing happened. Refusals: NotAllowed and those of the act.
    /// </summary>
    public Task<Outcome> ChangeAsync(
        CurrentAgent by, AuditAction action, string detail, Func<PortalDbContext, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation = default) => ChangeAsync(
        by,
        action,
        async (context, now, token) => await change(context, now, token) is { IsRefused: true } refused ? refused.Refusal : new AuditNote(detail),
        cancellation);

    /// <summary>The same, where only the act itself knows what it changed; without a note nothing was changed and nothing is logged.</summary>
    public Task<Outcome> ChangeAsync(
        CurrentAgent by, AuditAction action, Func<PortalDbContext, DateTimeOffset, CancellationToken, Task<Outcome<AuditNote?>>> change, CancellationToken cancellation = default) => writes.RunAsync<Outcome>(
        async (context, token) =>
        {
            var now = clock.GetUtcNow();
            if (!await context.Users.AnyAsync(user => user.Id == by.AgentId.Value && user.IsPlatformOperator, token)) return Refusal.NotAllowed;
            var outcome = await change(context, now, token);
            if (outcome is { IsRefused: false, Value: { } note }) _ = context.Add(AuditEntry.OfOperator(by, note.Company, action, note.Detail, now, note.Changes));
            return outcome.WithoutValue();
        },
        cancellation);

    private static async Task<PlatformSettings> SettingsAsync(PortalDbContext context, CancellationToken cancellation)
    {
        var settings = await context.Set<PlatformSettings>().SingleOrDefaultAsync(cancellation);
        if (settings is null) _ = context.Add(settings = new PlatformSettings());
        return settings;
    }
}
