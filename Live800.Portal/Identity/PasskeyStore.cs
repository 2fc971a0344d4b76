using System.Globalization;
using Live800.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Identity;

/// <summary>Identity's store of passkeys over the context of one write, in a table of ours: what was said when a passkey was made is not kept, and when it was used is. What it changes, the write queue saves.</summary>
internal sealed class PasskeyStore(PortalDbContext write, DateTimeOffset now)
    : UserStore<PortalAccount, IdentityRole<long>, PortalDbContext, long>(write)
{
    // The account is tracked by the write's context, and the queue saves it.
    public override Task<IdentityResult> UpdateAsync(PortalAccount user, CancellationToken cancellationToken = default) => Task.FromResult(IdentityResult.Success);

    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PortalAccount user, CancellationToken cancellationToken) =>
        [.. (await Context.Passkeys.AsNoTracking().Where(passkey => passkey.AccountId == user.Id).ToListAsync(cancellationToken)).Select(passkey => passkey.ToRecord())];

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(PortalAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await FindAsync(user.Id, credentialId, cancellationToken))?.ToRecord();

    public override async Task<PortalAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => await (
        from passkey in Context.Passkeys
        where passkey.CredentialId == credentialId
        join account in Context.Users on passkey.AccountId equals account.Id
        select account).SingleOrDefaultAsync(cancellationToken);

    public override async Task AddOrUpdatePasskeyAsync(PortalAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        if (await FindAsync(user.Id, passkey.CredentialId, cancellationToken) is { } known) known.Follow(passkey, now);
        else _ = Context.Add(new Passkey(user.Id, passkey, now));
    }

    public override async Task RemovePasskeyAsync(PortalAccount user, byte[] credentialId, CancellationToken cancellationToken)
    {
        if (await FindAsync(user.Id, credentialId, cancellationToken) is { } known) _ = Context.Remove(known);
    }

    private Task<Passkey?> FindAsync(long account, byte[] credentialId, CancellationToken cancellation) =>
        Context.Passkeys.SingleOrDefaultAsync(passkey => passkey.AccountId == account && passkey.CredentialId == credentialId, cancellation);
}

/// <summary>What is asked of an authenticator, for the browser, and what its answer is checked with, for the seal.</summary>
internal sealed record PasskeyQuestion(string Options, string State);

/// <summary>
/// Passkeys by ASP.NET Core Identity, inside a write of the queue: it asks, and it checks challenge, address, signature, counter and that the authenticator knew its owner (a fingerprint, a face,
/// a PIN), which makes a passkey both steps at once.
/// </summary>
public sealed class PasskeyCheck(
    PasskeyPlace place,
    IOptions<IdentityOptions> options,
    IPasswordHasher<PortalAccount> hasher,
    IServiceProvider services,
    ILogger<UserManager<PortalAccount>> log)
{
    // Everything that could be read from a request is set below: no header has a say.
    private static readonly HttpContext NoRequest = new DefaultHttpContext();

    /// <summary>Asks for a new passkey of the account; authenticators that have one already are left out.</summary>
    internal async Task<PasskeyQuestion> AskNewAsync(PortalDbContext context, PortalAccount account, string displayName)
    {
        using var users = Over(context, default);
        var entity = new PasskeyUserEntity { Id = account.Id.ToString(CultureInfo.InvariantCulture), Name = account.UserName ?? "", DisplayName = displayName };
        var asked = await By(users).MakeCreationOptionsAsync(entity, NoRequest);
        return new PasskeyQuestion(asked.CreationOptionsJson, asked.AttestationState!);
    }

    /// <summary>Asks for any passkey of this portal: which account it is of, the answer says.</summary>
    internal async Task<PasskeyQuestion> AskAsync(PortalDbContext context)
    {
        using var users = Over(context, default);
        var asked = await By(users).MakeRequestOptionsAsync(null, NoRequest);
        return new PasskeyQuestion(asked.RequestOptionsJson, asked.AssertionState!);
    }

    /// <summary>Gives the account the passkey that was made; nothing where the answer does not hold.</summary>
    internal async Task<bool> TryAddAsync(PortalDbContext write, PortalAccount stored, string state, string answer, string name, DateTimeOffset now)
    {
        using var users = Over(write, now);
        var made = await By(users).PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = NoRequest, CredentialJson = answer, AttestationState = state });
        if (!made.Succeeded || made.UserEntity.Id != stored.Id.ToString(CultureInfo.InvariantCulture) || !made.Passkey.IsUserVerified) return false;
        made.Passkey.Name = name;
        return (await users.AddOrUpdatePasskeyAsync(stored, made.Passkey)).Succeeded;
    }

    /// <summary>Whose passkey answered; nobody's where the answer does not hold. What it changes is kept by <see cref="KeepAsync"/>.</summary>
    internal async Task<(PortalAccount Account, UserPasskeyInfo Passkey)?> TryAsync(PortalDbContext write, string state, string answer)
    {
        using var users = Over(write, default);
        var found = await By(users).PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = NoRequest, CredentialJson = answer, AssertionState = state });
        return found.Succeeded ? (found.User, found.Passkey) : null;
    }

    /// <summary>Keeps the counter and the moment of a passkey that was signed in with.</summary>
    internal async Task KeepAsync(PortalDbContext write, PortalAccount stored, UserPasskeyInfo passkey, DateTimeOffset now)
    {
        using var users = Over(write, now);
        _ = await users.AddOrUpdatePasskeyAsync(stored, passkey);
    }

    /// <summary>Takes a passkey from the account.</summary>
    internal async Task RemoveAsync(PortalDbContext write, PortalAccount stored, Passkey passkey)
    {
        using var users = Over(write, default);
        _ = await users.RemovePasskeyAsync(stored, passkey.CredentialId);
    }

    private PasskeyHandler<PortalAccount> By(UserManager<PortalAccount> users) => new(users, Options.Create(new IdentityPasskeyOptions
    {
        ServerDomain = place.Host,
        AuthenticatorTimeout = TwoStepSeal.SignInLife,
        UserVerificationRequirement = "required",
        ResidentKeyRequirement = "required",
        AttestationConveyancePreference = "none",
        ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == place.Origin),
    }));

    private UserManager<PortalAccount> Over(PortalDbContext context, DateTimeOffset now) =>
        new(new PasskeyStore(context, now) { AutoSaveChanges = false }, options, hasher, [], [], new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), services, log);
}
