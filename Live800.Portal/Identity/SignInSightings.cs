using System.Collections.Concurrent;
using System.Net;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Identity;

/// <summary>
/// When sign-ins were last used. Every request and every open page passes here, and reading a page must write nothing, so it is kept in memory and stored once a minute; a
/// server that is killed forgets the last minute.
/// </summary>
public sealed class SignInSightings(WriteQueue<PortalDbContext> writes)
{
    /// <summary>How often what was seen is stored.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private ConcurrentDictionary<SessionId, (long Account, DateTimeOffset At)> _seen = new();

    public void See(SessionId session, long account, DateTimeOffset now) => _seen[session] = (account, now);

    /// <summary>What is not stored yet, or nothing.</summary>
    public DateTimeOffset? SeenAt(SessionId session) => _seen.TryGetValue(session, out var seen) ? seen.At : null;

    /// <summary>The latest of an account's that is not stored yet, by account.</summary>
    public IReadOnlyDictionary<long, DateTimeOffset> ByAccount() => _seen.Values.GroupBy(seen => seen.Account).ToDictionary(group => group.Key, group => group.Max(seen => seen.At));

    /// <summary>Notes where a sign-in that has just begun came from, as its owner reads it in the list of them.</summary>
    public async Task BeginAsync(CurrentAgent current, string? device, IPAddress? address, CancellationToken cancellation = default)
    {
        var said = new string([.. (device ?? "").Where(sign => !char.IsControl(sign)).Take(SignInSession.DeviceLimit)]);
        var from = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "";
        _ = await writes.RunAsync(
            (context, token) => context.Set<SignInSession>().Where(row => row.Id == current.SessionId && row.AccountId == current.AgentId.Value)
                .ExecuteUpdateAsync(row => row.SetProperty(session => session.Device, said).SetProperty(session => session.Address, from), token),
            cancellation);
    }

    /// <summary>Stores what was seen since the last time; nothing is written where nothing was.</summary>
    public async Task StoreAsync(CancellationToken cancellation = default)
    {
        if (_seen.IsEmpty) return;
        var seen = Interlocked.Exchange(ref _seen, new());
        await writes.RunAsync(
            async (context, token) =>
            {
                foreach (var (id, (_, at)) in seen)
                    _ = await context.Set<SignInSession>().Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(session => session.LastUsedAt, at), token);
                foreach (var account in seen.Values.GroupBy(one => one.Account))
                {
                    var (owner, last) = (account.Key, account.Max(one => one.At));
                    _ = await context.Users.Where(user => user.Id == owner).ExecuteUpdateAsync(user => user.SetProperty(row => row.LastSeenAt, last), token);
                }
            },
            cancellation);
    }
}
