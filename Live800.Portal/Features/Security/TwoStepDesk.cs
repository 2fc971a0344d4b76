using System.Globalization;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Security;

/// <summary>Two-step sign-in 两步登录 of one's own account.</summary>
/// <param name="CodesLeft">Recovery codes not used yet.</param>
/// <param name="AskedFrom">From when on his company asks it of everybody; nothing where it does not.</param>
public sealed record TwoStepView(bool IsOn, int CodesLeft, DateTimeOffset? AskedFrom, TimeZoneInfo Zone)
{
    /// <summary>Whether he waits for a second step and must come by a passkey first.</summary>
    public bool IsBarred { get; init; }
}

/// <summary>A key that is shown to be taken into an app.</summary>
/// <param name="InHand">What the form carries until a code was typed.</param>
public sealed record ShownKey(string Key, string Address, string InHand);

/// <summary>Recovery codes when they are shown, this once.</summary>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

/// <summary>
/// One's own second step: setting it up with an app, recovery codes, turning it off, and the second page of the sign-in (rule 1). Keys and codes are made and checked by
/// ASP.NET Core Identity inside the writes; everything that changes stands in the audit log.
/// </summary>
public sealed class TwoStepDesk(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    PasswordDesk passwords,
    SignInDesk signIn,
    TwoStepKeys keys,
    TwoStepSeal seal,
    PortalEvents events,
    TimeProvider clock)
{
    /// <summary>Company names are cut after this many letters in what an app shows.</summary>
    private const int IssuerLetters = 24;

    public async Task<TwoStepView> ReadAsync(CurrentAgent current, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var (company, now) = (CompanyOf(current), clock.GetUtcNow());
        var account = await context.Users.AsNoTracking().SingleAsync(user => user.Id == current.AgentId.Value, cancellation);
        var from = await context.CompanySecurities.Where(security => security.CompanyId == company).Select(security => security.TwoStepFrom).SingleOrDefaultAsync(cancellation);
        var zones = (await context.Companies.AsNoTracking().SingleAsync(row => row.Id == company, cancellation)).Zones;
        return new TwoStepView(account.TwoFactorEnabled, account.TwoFactorEnabled ? await keys.CountRecoveryAsync(context, account) : 0, from, zones.ZoneAt(now)) { IsBarred = await context.IsBarredAsync(current, cancellation) };
    }

    /// <summary>A new key for an app, for whoever knows the password. It counts after a code of it was typed. Refusals: SignInFailed, PasskeyFirst, TwoStepIsOn.</summary>
    public async Task<Outcome<ShownKey>> BeginAsync(CurrentAgent current, string? password, CancellationToken cancellation = default)
    {
        var proved = await passwords.ProveAsync(current, password, clock.GetUtcNow(), cancellation);
        if (proved.IsRefused) return proved.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (await context.IsBarredAsync(current, cancellation)) return Refusal.PasskeyFirst;
        var account = await context.Users.AsNoTracking().SingleAsync(user => user.Id == current.AgentId.Value, cancellation);
        if (account.TwoFactorEnabled) return Refusal.TwoStepIsOn;
        return await ShowAsync(context, current, seal.InHand(account, current.SessionId, keys.NewKey(context)), cancellation);
    }

    /// <summary>The key of a form that comes back. Refusal: TwoStepOver for everything that is not one of this sign-in in force.</summary>
    public async Task<Outcome<ShownKey>> ShowAgainAsync(CurrentAgent current, string? inHand, CancellationToken cancellation = default)
    {
        if (InHandOf(current, inHand) is not { } key) return Refusal.TwoStepOver;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await ShowAsync(context, current, key, cancellation);
    }

    /// <summary>
    /// Turns it on with a code of the app and gives ten recovery codes, shown this once; other browsers of the account are signed out. Refusals: TwoStepOver, TwoStepIsOn, PasskeyFirst,
    /// CodeWrong (not counted: whoever asks has the key before his eyes).
    /// </summary>
    public async Task<Outcome<RecoveryCodes>> TurnOnAsync(CurrentAgent current, string? inHand, string? code, CancellationToken cancellation = default)
    {
        if (InHandOf(current, inHand) is not { } key) return Refusal.TwoStepOver;
        var outcome = await writes.RunAsync<Outcome<RecoveryCodes>>(
            async (write, token) =>
            {
                var stored = await write.Users.SingleAsync(user => user.Id == key.Account, token);
                if (stored.TwoFactorEnabled) return Refusal.TwoStepIsOn;
                if (stored.SecurityStamp != key.Stamp) return Refusal.TwoStepOver;
                if (await write.IsBarredAsync(current, token)) return Refusal.PasskeyFirst;
                if (!await keys.TryKeyAsync(write, stored, key.Key, code))
                {
                    write.ChangeTracker.Clear();
                    return Refusal.CodeWrong;
                }

                var made = await keys.MakeRecoveryAsync(write, stored);
                await EndOthersAsync(write, current, token);
                await NoteAsync(write, current, AuditAction.TwoStepOn, token);
                return new RecoveryCodes(made);
            },
            cancellation);
        if (!outcome.IsRefused) Tell(current);
        return outcome;
    }

    /// <summary>Ten new recovery codes for whoever knows the password; the ones before are worth nothing. Refusals: SignInFailed, TwoStepIsOff.</summary>
    public async Task<Outcome<RecoveryCodes>> MakeCodesAsync(CurrentAgent current, string? password, CancellationToken cancellation = default)
    {
        var proved = await passwords.ProveAsync(current, password, clock.GetUtcNow(), cancellation);
        if (proved.IsRefused) return proved.Refusal;
        return await writes.RunAsync<Outcome<RecoveryCodes>>(
            async (write, token) =>
            {
                var stored = await write.Users.SingleAsync(user => user.Id == current.AgentId.Value, token);
                if (!stored.TwoFactorEnabled) return Refusal.TwoStepIsOff;
                var made = await keys.MakeRecoveryAsync(write, stored);
                await NoteAsync(write, current, AuditAction.RecoveryCodesMade, token);
                return new RecoveryCodes(made);
            },
            cancellation);
    }

    /// <summary>
    /// Turns it off, with the password and a code of the app or a recovery code; other browsers of the account are signed out. Wrong ones count as at the sign-in.
    /// Refusals: SignInFailed, TwoStepIsOff, CodeWrong.
    /// </summary>
    public async Task<Outcome> TurnOffAsync(CurrentAgent current, string? password, string? code, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var proved = await passwords.ProveAsync(current, password, now, cancellation);
        if (proved.IsRefused) return proved;
        var outcome = await writes.RunAsync<Outcome>(
            async (write, token) =>
            {
                var stored = await write.Users.SingleAsync(user => user.Id == current.AgentId.Value, token);
                if (!stored.TwoFactorEnabled) return Refusal.TwoStepIsOff;
                if (stored.IsResting(now)) return Refusal.CodeWrong;
                if (!await TryAsync(write, stored, code))
                {
                    stored.CountFailure(now);
                    return Refusal.CodeWrong;
                }

                await keys.TurnOffAsync(write, stored);
                stored.ForgetFailures();
                await EndOthersAsync(write, current, token);
                await NoteAsync(write, current, AuditAction.TwoStepOff, token);
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(current);
        return outcome;
    }

    /// <summary>
    /// The second page of the sign-in: a code of the app or a recovery code begins the session. Whatever is wrong (the code, one used before, an account that rests or was
    /// closed, another password meanwhile) the answer is SignInFailed, and a wrong code is counted as a wrong password. Refusal besides: CompanySuspended.
    /// </summary>
    public async Task<Outcome<CurrentAgent>> SignInAsync(PendingSignIn pending, string? code, string address = "", CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var session = await writes.RunAsync<Outcome<SessionId>>(
            async (write, token) =>
            {
                var id = new AgentId(pending.Account);
                var stored = await write.Users.SingleOrDefaultAsync(user => user.Id == pending.Account, token);
                var agent = await write.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token);
                if (stored is null || agent?.IsDisabled == true || stored.IsResting(now) || stored.SecurityStamp != pending.Stamp) return Refusal.SignInFailed;
                var recovery = TwoStepInput.Recovery(code) is not null;
                if (!await TryAsync(write, stored, code))
                {
                    stored.CountFailure(now);
                    return Refusal.SignInFailed;
                }

                if (agent is not null && await write.Companies.AnyAsync(company => company.Id == agent.CompanyId && company.SuspendedAt != null, token)) return Refusal.CompanySuspended;
                if (recovery)
                {
                    var left = await keys.CountRecoveryAsync(write, stored);
                    _ = write.Add(new AuditEntry(
                        now, agent?.CompanyId, stored.Id, agent?.DisplayName ?? stored.UserName ?? "", address, AuditAction.RecoveryCodeUsed, $"{stored.UserName} · {left.ToString(CultureInfo.InvariantCulture)}"));
                }

                return await SignInDesk.OpenAsync(write, stored, now, token);
            },
            cancellation);
        if (session.IsRefused) return session.Refusal;
        return await signIn.RecallAsync(pending.Account, session.Value, cancellation) is { } current ? current : Refusal.SignInFailed;
    }

    /// <summary>Whether somebody who was just let in is to be asked to set it up while there is time.</summary>
    public async Task<bool> IsComingAsync(CurrentAgent current, CancellationToken cancellation = default)
    {
        if (!current.IsAgent) return false;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.CompanySecurities.AnyAsync(security => security.CompanyId == current.CompanyId && security.TwoStepFrom != null, cancellation)
            && await context.Users.AnyAsync(user => user.Id == current.AgentId.Value && !user.TwoFactorEnabled && !context.Passkeys.Any(passkey => passkey.AccountId == user.Id), cancellation);
    }

    private async Task<bool> TryAsync(PortalDbContext write, PortalAccount stored, string? code) =>
        TwoStepInput.Recovery(code) is not null ? await keys.TryRecoveryAsync(write, stored, code) : await keys.TryCodeAsync(write, stored, code);

    private KeyInHand? InHandOf(CurrentAgent current, string? inHand) =>
        seal.OpenKey(inHand) is { } key && key.Account == current.AgentId.Value && key.Session == current.SessionId.Value ? key : null;

    private async Task<ShownKey> ShowAsync(PortalDbContext context, CurrentAgent current, KeyInHand key, CancellationToken cancellation)
    {
        var company = CompanyOf(current);
        var facts = await context.Companies.AsNoTracking().Where(row => row.Id == company).Select(row => new { row.Code, row.Name }).SingleAsync(cancellation);
        var name = new StringInfo(facts.Name.Replace(':', ' '));
        var issuer = "Live800 · " + (name.LengthInTextElements > IssuerLetters ? name.SubstringByTextElements(0, IssuerLetters) : name.String);
        var account = $"{facts.Code}/{current.AgentName}";
        var address = $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={key.Key}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={TwoStepInput.Digits}&period=30";
        return new ShownKey(key.Key, address, seal.Seal(key));
    }

    private static CompanyId CompanyOf(CurrentAgent current) => current.MustSetUp ? current.WaitsIn : current.CompanyId;

    private static async Task EndOthersAsync(PortalDbContext write, CurrentAgent current, CancellationToken cancellation) =>
        _ = await write.Set<SignInSession>().Where(row => row.AccountId == current.AgentId.Value && row.Id != current.SessionId).ExecuteDeleteAsync(cancellation);

    private async Task NoteAsync(PortalDbContext write, CurrentAgent current, AuditAction action, CancellationToken cancellation)
    {
        var name = await write.Users.Where(user => user.Id == current.AgentId.Value).Select(user => user.UserName).SingleAsync(cancellation);
        _ = write.Add(AuditEntry.Of(current, action, name ?? "", clock.GetUtcNow()));
    }

    private void Tell(CurrentAgent current) => events.Publish(new PortalEvent(CompanyOf(current), PortalTopic.Agents, current.AgentId.Value));
}
