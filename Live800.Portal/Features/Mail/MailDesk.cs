using System.Net;
using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Mail;

/// <summary>What the mail page shows. The password is never read.</summary>
public sealed record MailView(MailForm Form, bool IsOn, bool HasPassword, string OwnAddress, string Folder, IReadOnlyList<MailLetter> Letters, int Waiting, int GivenUp)
{
    /// <summary>The operator's own e-mail is confirmed, or nobody can be asked.</summary>
    public bool OwnIsConfirmed { get; init; } = true;
}

/// <summary>What came of a test letter: refused before it was tried, or what the server said; sent when both are empty.</summary>
public sealed record MailTest(Refusal Refusal, string? Error, string To);

/// <summary>Letters of the portal: queued inside the write that causes them, sent by <see cref="MailSender"/>, seen and set up by the platform operator.</summary>
public sealed partial class MailDesk(
    IDbContextFactory<PortalDbContext> contexts, PlatformDesk platform, PortalFiles files, IDataProtectionProvider protection, LetterCalls calls, TimeProvider clock)
{
    internal const string PasswordPurpose = "Live800.Portal.Mail.Password";
    private const int Shown = 100;
    private readonly IDataProtector _protector = protection.CreateProtector(PasswordPurpose);

    /// <summary>
    /// Inside the caller's write: queues a letter with what it tells of, so that one never exists without the other. False when a letter with the same once-key
    /// was queued before. After the commit the caller may <see cref="Call"/> the sender; it comes by itself within a minute otherwise.
    /// </summary>
    public static async Task<bool> QueueAsync(PortalDbContext write, CompanyId? company, Letter letter, DateTimeOffset now, CancellationToken cancellation)
    {
        var letters = write.Set<MailLetter>();
        if (letter.OnceKey is { } key && (letters.Local.Any(other => other.OnceKey == key) || await letters.AnyAsync(other => other.OnceKey == key, cancellation))) return false;
        _ = write.Add(new MailLetter(IdSource.Next(now), company, letter, now));
        return true;
    }

    /// <summary>Whether letters leave by a mail server, as the caller's write sees it.</summary>
    public static Task<bool> IsOnAsync(PortalDbContext write, CancellationToken cancellation) => write.Set<MailSettings>().AnyAsync(settings => settings.Host != "", cancellation);

    /// <summary>There may be something to send. Only after a commit.</summary>
    public void Call() => calls.Call();

    /// <summary>The address letters come from, whoever they are sent for; nothing where no mail server is set.</summary>
    public async Task<string?> FromAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<MailSettings>().Where(settings => settings.Host != "").Select(settings => settings.From).SingleOrDefaultAsync(cancellation);
    }

    public async Task<MailView> ReadAsync(CurrentAgent current, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var settings = await context.Set<MailSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new MailSettings();
        var letters = context.Set<MailLetter>().AsNoTracking();
        var own = await OwnAddressAsync(context, current, cancellation);
        var form = new MailForm { Host = settings.Host, Port = settings.Port, Security = settings.Security, UserName = settings.UserName, From = settings.From, FromName = settings.FromName };
        return new MailView(
            form, settings.IsOn, settings.ProtectedPassword is not null, own ?? "", files.Mail,
            await letters.OrderByDescending(letter => letter.Id).Take(Shown).ToListAsync(cancellation),
            await letters.CountAsync(letter => letter.State == LetterState.Waiting, cancellation),
            await letters.CountAsync(letter => letter.State == LetterState.GivenUp, cancellation))
        {
            OwnIsConfirmed = !settings.IsOn || !await context.Agents.AnyAsync(agent => agent.Id == current.AgentId && agent.EmailConfirmedAt == null, cancellation),
        };
    }

    /// <summary>Whether letters leave by a mail server, so that people may be told to look into their mail.</summary>
    public async Task<bool> IsOnAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await IsOnAsync(context, cancellation);
    }

    /// <summary>Uses a mail server from now on; whatever waits is tried at once. Refusals: NotAllowed, MailServerInvalid, MailPasswordOpen, EmailInvalid.</summary>
    public async Task<Outcome> ChooseAsync(CurrentAgent by, MailForm form, CancellationToken cancellation = default)
    {
        var checkedForm = Check(form);
        if (checkedForm.IsRefused) return checkedForm.Refusal;
        var chosen = checkedForm.Value;
        var outcome = await platform.ChangeAsync(
            by,
            AuditAction.MailChosen,
            $"{chosen.Host}:{chosen.Port}",
            async (context, now, token) =>
            {
                var settings = await context.Set<MailSettings>().SingleOrDefaultAsync(token);
                if (settings is null) _ = context.Add(settings = new MailSettings());
                settings.Choose(chosen, ProtectedFor(chosen, settings));
                await RetryAllAsync(context, now, token);
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) Call();
        return outcome;
    }

    /// <summary>From now on letters become files in <c>mail/</c>; the password is forgotten. Refusal: NotAllowed.</summary>
    public async Task<Outcome> TurnOffAsync(CurrentAgent by, CancellationToken cancellation = default)
    {
        var outcome = await platform.ChangeAsync(
            by,
            AuditAction.MailTurnedOff,
            "",
            async (context, now, token) =>
            {
                (await context.Set<MailSettings>().SingleOrDefaultAsync(token))?.TurnOff();
                await RetryAllAsync(context, now, token);
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) Call();
        return outcome;
    }

    /// <summary>Sends one letter to the operator's own address with what is typed, saved or not, and says what the server said.</summary>
    public async Task<MailTest> TryAsync(CurrentAgent by, MailForm form, CancellationToken cancellation = default)
    {
        var checkedForm = Check(form);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var to = await OwnAddressAsync(context, by, cancellation);
        if (!await context.Users.AnyAsync(user => user.Id == by.AgentId.Value && user.IsPlatformOperator, cancellation)) return new MailTest(Refusal.NotAllowed, null, "");
        if (checkedForm.IsRefused || to is null) return new MailTest(checkedForm.IsRefused ? checkedForm.Refusal : Refusal.EmailInvalid, null, "");
        var stored = await context.Set<MailSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        var settings = new MailSettings();
        settings.Choose(checkedForm.Value, ProtectedFor(checkedForm.Value, stored));

        var letter = new Letter(LetterKind.Test, to, by.DisplayName, by.Language);
        _ = letter.About(letter.Word("TestSubject")).Say(letter.Word("TestText", $"{settings.Host}:{settings.Port}"));
        var now = clock.GetUtcNow();
        using var post = Post(settings, now);
        var fault = await post.SendAsync(new MailLetter(IdSource.Next(now), null, letter, now), cancellation);
        await post.CloseAsync(cancellation);
        return new MailTest(Refusal.None, fault?.Error, to);
    }

    /// <summary>Tries a waiting or given-up letter now, with three more days. Refusal: NotAllowed.</summary>
    public async Task<Outcome> TryAgainAsync(CurrentAgent by, long id, CancellationToken cancellation = default)
    {
        var outcome = await platform.ChangeAsync(
            by,
            AuditAction.LetterTriedAgain,
            "",
            async (context, now, token) =>
            {
                (await context.Set<MailLetter>().SingleOrDefaultAsync(letter => letter.Id == id, token))?.TryAgain(now);
                return Outcome.Done;
            },
            cancellation);
        if (!outcome.IsRefused) Call();
        return outcome;
    }

    internal MailPost Post(MailSettings settings, DateTimeOffset now) =>
        new(settings, settings.ProtectedPassword is { } hidden ? _protector.Unprotect(hidden) : "", now);

    private string? ProtectedFor(MailForm form, MailSettings? stored) =>
        form.UserName.Length == 0 ? null
        : form.Password.Length > 0 ? _protector.Protect(form.Password)
        // A kept password goes to the server it was given for, never to another one.
        : stored is not null && stored.Host == form.Host && stored.UserName == form.UserName ? stored.ProtectedPassword : null;

    private static async Task RetryAllAsync(PortalDbContext context, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var letter in await context.Set<MailLetter>().Where(letter => letter.State == LetterState.Waiting).ToListAsync(cancellation)) letter.TryAgain(now);
    }

    private static async Task<string?> OwnAddressAsync(PortalDbContext context, CurrentAgent current, CancellationToken cancellation) =>
        await context.Users.Where(user => user.Id == current.AgentId.Value).Select(user => user.Email).SingleOrDefaultAsync(cancellation);

    private static Outcome<MailForm> Check(MailForm form)
    {
        var clean = form with { Host = form.Host.Trim().ToLowerInvariant(), UserName = MessageText.Line(form.UserName), From = form.From.Trim(), FromName = MessageText.Line(form.FromName) };
        if (Uri.CheckHostName(clean.Host) == UriHostNameType.Unknown || clean.Host.Length > 253 || clean.Port is < 1 or > 65535 || !Enum.IsDefined(clean.Security)) return Refusal.MailServerInvalid;
        if (clean.UserName.Length > 254 || clean.Password.Length > 254 || clean.FromName.Length > 64) return Refusal.InputInvalid;
        if (clean.From.Length > 254 || !AddressPattern().IsMatch(clean.From)) return Refusal.EmailInvalid;
        // A password in the open may only travel inside this machine.
        return clean is { Security: MailSecurity.None, UserName.Length: > 0 } && !IsHere(clean.Host) ? Refusal.MailPasswordOpen : clean;
    }

    private static bool IsHere(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();
}
