using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Closing;

/// <summary>What stands to be lost when a company is closed, and what is kept of it.</summary>
/// <param name="Running">Conversations that wait or run.</param>
/// <param name="IsOperators">The platform operator's own company, which is not closed.</param>
public sealed record ClosingSheet(
    Entitlement InForce, int Agents, int Running, int Conversations, int Cards, int OfflineMessages, int Files, int UnpaidOrders, bool IsOperators, TimeZoneInfo Zone);

/// <summary>
/// An administrator closes his company 注销公司 (1): at once nobody signs in and nobody is served; for <see cref="Company.KeptAfterClosing"/> the platform operator can take it back; then what it kept of people is
/// erased. Orders, ledger, times, scores and counts stay as they are. Only administrators: who asks is looked up again inside the change.
/// </summary>
public sealed class ClosingDesk(
    IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PasswordDesk passwords, PackageDesk packages, CompanyStop stop, PortalEvents events, TimeProvider clock)
{
    public async Task<ClosingSheet> ReadAsync(CompanyId company, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return new ClosingSheet(
            await packages.EntitlementAsync(context, company, now, cancellation),
            await context.Agents.CountAsync(agent => agent.CompanyId == company && !agent.IsDisabled, cancellation),
            await context.Conversations.CountAsync(row => row.CompanyId == company && (row.State == ConversationState.Waiting || row.State == ConversationState.Open), cancellation),
            await context.Conversations.CountAsync(row => row.CompanyId == company, cancellation),
            await context.VisitorCards.CountAsync(card => card.CompanyId == company && card.MergedIntoId == null, cancellation),
            await context.OfflineMessages.CountAsync(message => message.CompanyId == company, cancellation),
            await context.Attachments.CountAsync(file => file.CompanyId == company, cancellation),
            await context.Orders.CountAsync(order => order.CompanyId == company && order.PaidAt == null && order.CancelledAt == null, cancellation),
            await CompanyStop.IsOperatorsAsync(context, company, cancellation),
            (await context.Companies.SingleAsync(row => row.Id == company, cancellation)).Zones.ZoneAt(now));
    }

    /// <summary>
    /// Closes. Refusals: NotAllowed, OperatorsCompany, CompanyCodeDiffers (what was typed is not the company ID), SignInFailed (the password is wrong, or the account rests), ChangedMeanwhile (it is closed already).
    /// </summary>
    /// <param name="typed">The company ID as the administrator typed it.</param>
    public async Task<Outcome> CloseAsync(CurrentAgent by, string? typed, string? password, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var may = await writes.RunAsAdministratorAsync(
            by.CompanyId,
            by.AgentId,
            async (context, token) => await CompanyStop.IsOperatorsAsync(context, by.CompanyId, token) ? Refusal.OperatorsCompany : Outcome.Done,
            cancellation);
        if (may.IsRefused) return may;
        if (!string.Equals(MessageText.Line(typed), by.CompanyCode, StringComparison.OrdinalIgnoreCase)) return Refusal.CompanyCodeDiffers;
        // Hashing takes its time, so never inside the write.
        var proved = await passwords.ProveAsync(by, password, now, cancellation);
        if (proved.IsRefused) return proved;

        StoppedCompany? stopped = null;
        var outcome = await writes.RunAsAdministratorAsync(
            by.CompanyId,
            by.AgentId,
            async (context, token) =>
            {
                if (await CompanyStop.IsOperatorsAsync(context, by.CompanyId, token)) return Refusal.OperatorsCompany;
                var company = await context.Companies.SingleAsync(row => row.Id == by.CompanyId, token);
                var closed = company.Close(now);
                if (closed.IsRefused) return closed;
                stopped = await CompanyStop.RunAsync(context, by.CompanyId, now, token);
                _ = context.Add(AuditEntry.Of(by, AuditAction.CompanyClosed, by.CompanyCode, now, [new AuditChange("ErasedFrom", "", company.ErasedFrom!.Value.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture))]));
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) stop.Tell(stopped!);
        return outcome;
    }

    /// <summary>Somebody takes everything home: that itself is an entry, written before the first line of the file. Refusal: NotAllowed.</summary>
    internal async Task<Outcome> NoteExportAsync(CurrentAgent by, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAdministratorAsync(
            by.CompanyId,
            by.AgentId,
            (context, token) =>
            {
                _ = context.Add(AuditEntry.Of(by, AuditAction.CompanyExported, by.CompanyCode, clock.GetUtcNow()));
                return Task.FromResult(Outcome.Done);
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }
}
