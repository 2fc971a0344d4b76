using Live800.Domain.Companies;
using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Members;

/// <summary>
/// Member integration as the company's administrators set it up (5): what becomes of signed identities, and the keys they are signed with. Who asks is looked up again inside every
/// change, and what was done stands in the audit log; a secret never does.
/// </summary>
public sealed class MemberDesk(WriteQueue<PortalDbContext> writes, IntegrationKeyRing ring, PortalEvents events, TimeProvider time)
{
    /// <summary>Chooses what becomes of signed identities; in force with the next page view. Refusals: NotAllowed, ChangedMeanwhile, MemberKeyMissing.</summary>
    public Task<Outcome> ChooseAsync(CurrentAgent by, MemberWay wanted, MemberWay seen, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            var company = await context.Companies.SingleAsync(row => row.Id == by.CompanyId, token);
            var chosen = company.Recognise(wanted, seen, await InForce(context, by.CompanyId).AnyAsync(token));
            if (!chosen.IsRefused && wanted != seen) Note(context, by, AuditAction.MembersChosen, "", now, new AuditChange("Members", $"{seen}", $"{wanted}"));
            return chosen;
        },
        cancellation);

    /// <summary>Makes a key. Its secret is told here and never again. Refusals: NotAllowed, TooManyKeys.</summary>
    public async Task<Outcome<(string Name, string Secret)>> MakeKeyAsync(CurrentAgent by, CancellationToken cancellation = default)
    {
        var (secret, stored) = ring.Make();
        var name = "";
        var made = await ChangeAsync(
            by,
            async (context, now, token) =>
            {
                if (await InForce(context, by.CompanyId).CountAsync(token) >= IntegrationKey.MostInForce) return Refusal.TooManyKeys;
                var last = await context.IntegrationKeys.Where(key => key.CompanyId == by.CompanyId).MaxAsync(key => (int?)key.Number, token) ?? 0;
                var key = new IntegrationKey(by.CompanyId, last + 1, stored, by.AgentId, now);
                name = key.Name;
                _ = context.IntegrationKeys.Add(key);
                Note(context, by, AuditAction.MemberKeyMade, name, now);
                return Outcome.Done;
            },
            cancellation);
        return made.IsRefused ? made.Refusal : (name, secret);
    }

    /// <summary>Ends a key: what it signed is believed no more. Ended already is done. Refusals: NotAllowed, MemberKeyMissing (the last one while only members may chat).</summary>
    public Task<Outcome> EndKeyAsync(CurrentAgent by, int number, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            if (await InForce(context, by.CompanyId).SingleOrDefaultAsync(key => key.Number == number, token) is not { } key) return Outcome.Done;
            var company = await context.Companies.SingleAsync(row => row.Id == by.CompanyId, token);
            if (company.Settings.Members == MemberWay.Required && await InForce(context, by.CompanyId).CountAsync(token) == 1) return Refusal.MemberKeyMissing;
            _ = key.End(now);
            Note(context, by, AuditAction.MemberKeyEnded, key.Name, now);
            return Outcome.Done;
        },
        cancellation);

    private static IQueryable<IntegrationKey> InForce(PortalDbContext context, CompanyId company) => context.IntegrationKeys.Where(key => key.CompanyId == company && key.EndedAt == null);

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, string what, DateTimeOffset now, params AuditChange[] changes) => _ = context.Add(AuditEntry.Of(
        by, action, what.Length == 0 ? by.CompanyCode : $"{by.CompanyCode} · {what}", now, changes));

    private async Task<Outcome> ChangeAsync(CurrentAgent by, Func<PortalDbContext, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAsync(by.CompanyId, by.AgentId, Permission.Codes, (context, token) => change(context, time.GetUtcNow(), token), cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }
}
