using System.Globalization;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Identity;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Platform;

/// <summary>What the platform page shows.</summary>
public sealed record PlatformView(bool RegistrationOpen, IReadOnlyList<AuditEntry> Audit);

/// <summary>
/// What the platform operator decides for the whole box. Every change looks up again whether the one who asks operates it, and stands in the
/// audit log in the same transaction.
/// </summary>
public sealed class PlatformDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalClock clock, IHostEnvironment environment)
{
    private const int AuditShown = 50;

    public async Task<PlatformView> ReadAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return new PlatformView(
            await context.Set<PlatformSettings>().AnyAsync(settings => settings.RegistrationOpen, cancellation),
            await context.Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Id).Take(AuditShown).ToListAsync(cancellation));
    }

    /// <summary>Opens or closes registration (rule 1). Refusal: NotAllowed.</summary>
    public Task<Outcome> OpenRegistrationAsync(CurrentAgent by, bool open, CancellationToken cancellation = default) => ChangeAsync(
        by,
        open ? AuditAction.RegistrationOpened : AuditAction.RegistrationClosed,
        "",
        async (context, token) =>
        {
            var settings = await context.Set<PlatformSettings>().SingleOrDefaultAsync(token);
            if (settings is null) _ = context.Add(settings = new PlatformSettings());
            settings.OpenRegistration(open);
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
            (_, _) =>
            {
                // The commit that stores the audit line stores the shift too.
                clock.ShiftForward(shift);
                return Task.CompletedTask;
            },
            cancellation);
    }

    private Task<Outcome> ChangeAsync(CurrentAgent by, AuditAction action, string detail, Func<PortalDbContext, CancellationToken, Task> change, CancellationToken cancellation) => writes.RunAsync<Outcome>(
        async (context, token) =>
        {
            var now = clock.GetUtcNow();
            if (!await context.Users.AnyAsync(user => user.Id == by.AgentId.Value && user.IsPlatformOperator, token)) return Refusal.NotAllowed;
            await change(context, token);
            _ = context.Add(new AuditEntry(IdSource.Next(now), now, by.AgentId.Value, by.DisplayName, action, detail));
            return Outcome.Done;
        },
        cancellation);
}
