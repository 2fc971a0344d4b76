using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Live800.Portal.Features.Members;

/// <summary>
/// The keys companies' sites sign with (5): made here, encrypted in the business file, opened in memory. A change of the company is heard, so that an ended key is believed no more.
/// </summary>
public sealed class IntegrationKeyRing : IDisposable
{
    private const int SecretBytes = 32;
    private readonly ConcurrentDictionary<CompanyId, IReadOnlyList<SymmetricSecurityKey>> _open = new();
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly IDataProtector _protector;
    private readonly IDisposable _subscription;
    private long _changes;

    public IntegrationKeyRing(IDbContextFactory<PortalDbContext> contexts, IDataProtectionProvider protection, PortalEvents events)
    {
        _contexts = contexts;
        _protector = protection.CreateProtector("Live800.Portal.Members.IntegrationKey");
        _subscription = events.SubscribeToAll(heard =>
        {
            if (heard.Topic != PortalTopic.Company) return;
            _ = Interlocked.Increment(ref _changes);
            _ = _open.TryRemove(heard.Company, out _);
        });
    }

    /// <summary>A new secret, and how it is stored. As text it is what the site's code is given: its letters are the key.</summary>
    public (string Secret, string Sealed) Make()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return (secret, _protector.Protect(secret));
    }

    /// <summary>The company's keys in force, each by its name.</summary>
    public async ValueTask<IReadOnlyList<SymmetricSecurityKey>> OfAsync(CompanyId company, CancellationToken cancellation)
    {
        if (_open.TryGetValue(company, out var known)) return known;
        var changes = Interlocked.Read(ref _changes);
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var stored = await context.IntegrationKeys.AsNoTracking().Where(key => key.CompanyId == company && key.EndedAt == null).OrderByDescending(key => key.Number).ToListAsync(cancellation);
        IReadOnlyList<SymmetricSecurityKey> keys = [.. stored.Select(key => new SymmetricSecurityKey(Encoding.ASCII.GetBytes(_protector.Unprotect(key.SealedSecret))) { KeyId = key.Name })];
        // What was read while something changed may hold a key that has just ended: it is not kept.
        if (changes == Interlocked.Read(ref _changes)) _open[company] = keys;
        return keys;
    }

    public void Dispose() => _subscription.Dispose();
}
