using System.Collections.Concurrent;
using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Members;

/// <summary>
/// Notes which identities were not believed and why (5): the visitor's page stays silent, the administrator reads it. Each kind is written at most once a minute, and what cannot be
/// written is left: nobody waits for it.
/// </summary>
public sealed class RejectionLog(WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time, ILogger<RejectionLog> log)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(CompanyId Company, MemberRejectionReason Reason), DateTimeOffset> _written = new();

    /// <summary>A page of this origin sent one.</summary>
    public void Note(CompanyId company, MemberRejectionReason reason, string origin)
    {
        var now = time.GetUtcNow();
        if (_written.TryGetValue((company, reason), out var last) && now - last < Rest) return;
        _written[(company, reason)] = now;
        _ = WriteAsync(company, reason, origin, now);
    }

    private async Task WriteAsync(CompanyId company, MemberRejectionReason reason, string origin, DateTimeOffset now)
    {
        try
        {
            _ = await writes.RunAsync(
                async (context, token) =>
                {
                    if (await context.MemberRejections.SingleOrDefaultAsync(row => row.CompanyId == company && row.Reason == reason, token) is { } known) known.Again(origin, now);
                    else _ = context.MemberRejections.Add(new MemberRejection(company, reason, origin, now));
                    return true;
                },
                CancellationToken.None);
            events.Publish(new PortalEvent(company, PortalTopic.Members, company.Value));
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "That an identity was not believed ({Reason}) could not be noted", reason);
        }
    }
}
