using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Security;

/// <summary>A passkey as its owner reads it.</summary>
public sealed record PasskeyLine(PasskeyId Id, string Name, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt);

/// <summary>One's own passkeys, and what the company asks for.</summary>
/// <param name="AskedFrom">From when on the company asks everybody for a second step, which a passkey is; nothing where it does not.</param>
public sealed record PasskeyList(IReadOnlyList<PasskeyLine> Lines, DateTimeOffset? AskedFrom, TimeZoneInfo Zone)
{
    /// <summary>Whether he waits for a second step and must come by a passkey first.</summary>
    public bool IsBarred { get; init; }

    public bool IsFull => Lines.Count >= Passkey.Most;
}

/// <summary>What a browser is asked for a new passkey.</summary>
/// <param name="InHand">What the form carries until the passkey was made.</param>
public sealed record ShownQuestion(string Options, string InHand);

/// <summary>
/// Passkeys 通行密钥: one's own to add, to call and to remove, and the way in with one (rule 1). It is made and checked by ASP.NET Core Identity inside the writes; a question is answered once,
/// and only at the portal's own address.
/// </summary>
public sealed class PasskeyDesk(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    PasswordDesk passwords,
    SignInDesk signIn,
    PasskeyCheck check,
    TwoStepSeal seal,
    PortalEvents events,
    PortalClock machine,
    TimeProvider clock)
{
    /// <summary>The longest answer of a browser that is looked at.</summary>
    private const int LongestAnswer = 16_384;

    public async Task<PasskeyList> ReadAsync(CurrentAgent current, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var company = CompanyOf(current);
        var rows = await context.Passkeys.AsNoTracking().Where(passkey => passkey.AccountId == current.AgentId.Value).OrderBy(passkey => passkey.AddedAt).ToListAsync(cancellation);
        var from = await context.CompanySecurities.Where(security => security.CompanyId == company).Select(security => security.TwoStepFrom).SingleOrDefaultAsync(cancellation);
        var zones = (await context.Companies.AsNoTracking().SingleAsync(row => row.Id == company, cancellation)).Zones;
        return new PasskeyList([.. rows.Select(row => new PasskeyLine(row.Id, row.Name, row.AddedAt, row.LastUsedAt))], from, zones.ZoneAt(clock.GetUtcNow())) { IsBarred = await context.IsBarredAsync(current, cancellation) };
    }

    /// <summary>Asks for a new passkey, for whoever knows the password. Refusals: SignInFailed, PasskeyFirst, TooManyPasskeys.</summary>
    public async Task<Outcome<ShownQuestion>> BeginAsync(CurrentAgent current, string? password, CancellationToken cancellation = default)
    {
        var proved = await passwords.ProveAsync(current, password, clock.GetUtcNow(), cancellation);
        if (proved.IsRefused) return proved.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (await context.IsBarredAsync(current, cancellation)) return Refusal.PasskeyFirst;
        var account = await context.Users.AsNoTracking().SingleAsync(user => user.Id == current.AgentId.Value, cancellation);
        if (await context.Passkeys.CountAsync(passkey => passkey.AccountId == account.Id, cancellation) >= Passkey.Most) return Refusal.TooManyPasskeys;
        var asked = await check.AskNewAsync(context, account, current.DisplayName);
        return new ShownQuestion(asked.Options, seal.SealNewPasskey(asked.State, account, current.SessionId));
    }

    /// <summary>
    /// Adds the passkey a browser made. Without a name it is called after the browser. From here on this sign-in is one by passkey: it and the password were just proved. Refusals: PasskeyOver,
    /// PasskeyFirst, TooManyPasskeys, PasskeyFailed.
    /// </summary>
    public async Task<Outcome> AddAsync(CurrentAgent current, string? inHand, string? answer, string? name = null, string? device = null, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (seal.OpenNewPasskey(inHand) is not { } asked || asked.Account != current.AgentId.Value || asked.Session != current.SessionId.Value) return Refusal.PasskeyOver;
        if (answer is not { Length: > 0 and <= LongestAnswer }) return Refusal.PasskeyFailed;
        var called = MessageText.Line(name, Passkey.NameLimit) is { Length: > 0 } wanted ? wanted : DeviceWords.Of(device ?? "") ?? "Passkey";
        var outcome = await writes.RunAsync<Outcome>(
            async (write, token) =>
            {
                if (!await TrySpendAsync(write, asked, token)) return Refusal.PasskeyOver;
                var stored = await write.Users.SingleAsync(user => user.Id == asked.Account, token);
                if (stored.SecurityStamp != asked.Stamp) return Refusal.PasskeyOver;
                if (await write.IsBarredAsync(current, token)) return Refusal.PasskeyFirst;
                if (await write.Passkeys.CountAsync(passkey => passkey.AccountId == stored.Id, token) >= Passkey.Most) return Refusal.TooManyPasskeys;
                if (!await check.TryAddAsync(write, stored, asked.State, answer, called, now)) return Refusal.PasskeyFailed;
                _ = await write.Set<SignInSession>().Where(row => row.Id == current.SessionId && row.AccountId == stored.Id).ExecuteUpdateAsync(row => row.SetProperty(session => session.IsByPasskey, true), token);
                _ = write.Add(AuditEntry.Of(current, AuditAction.PasskeyAdded, $"{stored.UserName} · {called}", now));
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(current);
        return outcome;
    }

    /// <summary>Calls one of one's own otherwise. Refusals: PasskeyUnknown, PasskeyFirst, PasskeyNameInvalid.</summary>
    public Task<Outcome> RenameAsync(CurrentAgent current, PasskeyId id, string? name, CancellationToken cancellation = default) => writes.RunAsync<Outcome>(
        async (write, token) =>
        {
            if (await OfAsync(write, current, id, token) is not { } passkey) return Refusal.PasskeyUnknown;
            return await write.IsBarredAsync(current, token) ? Refusal.PasskeyFirst : passkey.Rename(name);
        },
        cancellation);

    /// <summary>
    /// Removes one of one's own: nobody signs in with it any more, and other browsers that came in by a passkey are signed out, because it may be the lost one. Refusals: PasskeyUnknown, PasskeyFirst.
    /// </summary>
    public async Task<Outcome> RemoveAsync(CurrentAgent current, PasskeyId id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var outcome = await writes.RunAsync<Outcome>(
            async (write, token) =>
            {
                if (await OfAsync(write, current, id, token) is not { } passkey) return Refusal.PasskeyUnknown;
                if (await write.IsBarredAsync(current, token)) return Refusal.PasskeyFirst;
                var stored = await write.Users.SingleAsync(user => user.Id == passkey.AccountId, token);
                await check.RemoveAsync(write, stored, passkey);
                _ = await write.Set<SignInSession>().Where(row => row.AccountId == stored.Id && row.IsByPasskey && row.Id != current.SessionId).ExecuteDeleteAsync(token);
                _ = write.Add(AuditEntry.Of(current, AuditAction.PasskeyRemoved, $"{stored.UserName} · {passkey.Name}", now));
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) Tell(current);
        return outcome;
    }

    /// <summary>Asks for a passkey of whoever wants to sign in: the same for everybody, so that it tells nobody who has one.</summary>
    public async Task<ShownQuestion> AskAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var asked = await check.AskAsync(context);
        return new ShownQuestion(asked.Options, seal.SealPasskey(asked.State));
    }

    /// <summary>
    /// Signs in with a passkey, which is both steps at once. Whatever is wrong (the question is over or was answered, the answer does not hold, an account that rests, was closed or has no password
    /// yet) the answer is SignInFailed. Refusal besides, for whoever has the passkey: CompanySuspended.
    /// </summary>
    public async Task<Outcome<CurrentAgent>> SignInAsync(string? inHand, string? answer, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (seal.OpenPasskey(inHand) is not { } asked || answer is not { Length: > 0 and <= LongestAnswer }) return Refusal.SignInFailed;
        long account = 0;
        var session = await writes.RunAsync<Outcome<SessionId>>(
            async (write, token) =>
            {
                if (!await TrySpendAsync(write, asked, token) || await check.TryAsync(write, asked.State, answer) is not var (stored, passkey)) return Refusal.SignInFailed;
                var id = new AgentId(account = stored.Id);
                var agent = await write.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token);
                if (agent is null or { IsDisabled: true } || stored.IsResting(now) || stored.PasswordHash is null) return Refusal.SignInFailed;
                if (await write.Companies.AnyAsync(company => company.Id == agent.CompanyId && company.SuspendedAt != null, token)) return Refusal.CompanySuspended;
                await check.KeepAsync(write, stored, passkey, now);
                return await SignInDesk.OpenAsync(write, stored, now, token, byPasskey: true);
            },
            cancellation);
        if (session.IsRefused) return session.Refusal;
        return await signIn.RecallAsync(account, session.Value, cancellation) is { } current ? current : Refusal.SignInFailed;
    }

    // A question is answered once, rightly or wrongly.
    private async Task<bool> TrySpendAsync(PortalDbContext write, PasskeyAsked asked, CancellationToken cancellation)
    {
        var now = machine.MachineNow;
        if (await write.SpentQuestions.AnyAsync(spent => spent.Id == asked.Id, cancellation)) return false;
        _ = await write.SpentQuestions.Where(spent => spent.Until <= now).ExecuteDeleteAsync(cancellation);
        _ = write.Add(new SpentQuestion(asked.Id, asked.Until));
        return true;
    }

    private static Task<Passkey?> OfAsync(PortalDbContext write, CurrentAgent current, PasskeyId id, CancellationToken cancellation) =>
        write.Passkeys.SingleOrDefaultAsync(passkey => passkey.Id == id && passkey.AccountId == current.AgentId.Value, cancellation);

    private static CompanyId CompanyOf(CurrentAgent current) => current.MustSetUp ? current.WaitsIn : current.CompanyId;

    private void Tell(CurrentAgent current) => events.Publish(new PortalEvent(CompanyOf(current), PortalTopic.Agents, current.AgentId.Value));
}
