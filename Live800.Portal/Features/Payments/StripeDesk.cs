using System.Text.RegularExpressions;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Payments;

/// <summary>What the page about Stripe shows. The keys are never read.</summary>
public sealed record StripeView(bool IsOn, bool HasKeys, bool IsLive, string KeyEnd, PayMethods Methods);

/// <summary>The keys as they are needed to speak with Stripe; never shown.</summary>
internal sealed record StripeKeys(string SecretKey, string WebhookSecret, PayMethods Methods, bool IsLive, bool IsOn);

/// <summary>What came of trying a key: refused before it was tried, what Stripe said against it, or that it works and whether real money moves.</summary>
public sealed record StripeCheck(Refusal Refusal, string? Error, bool IsLive);

/// <summary>The operator's choice about Stripe (rule 3.11): off until keys are stored; the keys are encrypted and never shown again.</summary>
public sealed partial class StripeDesk(IDbContextFactory<PortalDbContext> contexts, PlatformDesk platform, StripeLine line, IDataProtectionProvider protection)
{
    /// <summary>Longest key.</summary>
    public const int KeyLimit = 255;

    private readonly IDataProtector _keys = protection.CreateProtector("Live800.Portal.Payments.StripeKey");
    private readonly IDataProtector _secrets = protection.CreateProtector("Live800.Portal.Payments.StripeWebhook");

    public async Task<StripeView> ReadAsync(CancellationToken cancellation = default)
    {
        var settings = await SettingsAsync(cancellation);
        return new StripeView(settings.IsOn, settings.HasKeys, settings.IsLive, settings.KeyEnd, settings.Methods);
    }

    /// <summary>Offers Stripe from now on. Refusals: NotAllowed, StripeKeyInvalid, WebhookSecretInvalid, PayMethodMissing.</summary>
    public async Task<Outcome> ChooseAsync(CurrentAgent by, StripeForm form, CancellationToken cancellation = default)
    {
        var (key, secret) = (form.SecretKey.Trim(), form.WebhookSecret.Trim());
        if (form.Methods == PayMethods.None) return Refusal.PayMethodMissing;
        if (key.Length > 0 && !IsKey(key)) return Refusal.StripeKeyInvalid;
        if (secret.Length > 0 && !IsSecret(secret)) return Refusal.WebhookSecretInvalid;
        return await platform.ChangeAsync(
            by,
            AuditAction.StripeChosen,
            form.Methods.ToString(),
            async (context, _, token) =>
            {
                var settings = await context.Set<StripeSettings>().SingleOrDefaultAsync(token);
                if (settings is null) context.Set<StripeSettings>().Add(settings = new StripeSettings());
                var keptKey = key.Length > 0 ? _keys.Protect(key) : settings.ProtectedSecretKey;
                var keptSecret = secret.Length > 0 ? _secrets.Protect(secret) : settings.ProtectedWebhookSecret;
                if (keptKey is null || keptSecret is null)
                {
                    context.ChangeTracker.Clear();
                    return keptKey is null ? Refusal.StripeKeyInvalid : Refusal.WebhookSecretInvalid;
                }

                settings.Choose(form.Methods, keptKey, key.Length > 0 ? key[^4..] : settings.KeyEnd, key.Length > 0 ? IsLive(key) : settings.IsLive, keptSecret);
                return Outcome.Done;
            },
            cancellation);
    }

    /// <summary>Buyers are offered Stripe no more; what was begun is still heard of, and money can be sent back. Refusal: NotAllowed.</summary>
    public Task<Outcome> TurnOffAsync(CurrentAgent by, CancellationToken cancellation = default) => ChangeAsync(by, AuditAction.StripeTurnedOff, settings => settings.TurnOff(), cancellation);

    /// <summary>Turned off, and the keys are erased: Stripe's notices are not heard any more. Refusal: NotAllowed.</summary>
    public Task<Outcome> ForgetAsync(CurrentAgent by, CancellationToken cancellation = default) => ChangeAsync(by, AuditAction.StripeForgotten, settings => settings.Forget(), cancellation);

    /// <summary>Asks Stripe for the account's balance with the key that is typed, or the stored one: it changes nothing there. Refusals: NotAllowed, StripeKeyInvalid.</summary>
    public async Task<StripeCheck> CheckAsync(CurrentAgent by, StripeForm form, CancellationToken cancellation = default)
    {
        await using (var context = await contexts.CreateDbContextAsync(cancellation))
        {
            if (!await context.Users.AnyAsync(user => user.Id == by.AgentId.Value && user.IsPlatformOperator, cancellation)) return new StripeCheck(Refusal.NotAllowed, null, false);
        }

        var key = form.SecretKey.Trim() is { Length: > 0 } typed ? typed : (await KeysAsync(cancellation))?.SecretKey;
        if (key is null || !IsKey(key)) return new StripeCheck(Refusal.StripeKeyInvalid, null, false);
        var answer = await line.AskAsync(key, (client, token) => new Stripe.BalanceService(client).GetAsync(cancellationToken: token), cancellation);
        return new StripeCheck(Refusal.None, answer.Fault?.Said, answer.Value?.Livemode ?? IsLive(key));
    }

    /// <summary>The stored keys, or nothing when none are.</summary>
    internal async Task<StripeKeys?> KeysAsync(CancellationToken cancellation)
    {
        var settings = await SettingsAsync(cancellation);
        return settings.HasKeys
            ? new StripeKeys(_keys.Unprotect(settings.ProtectedSecretKey!), _secrets.Unprotect(settings.ProtectedWebhookSecret!), settings.Methods, settings.IsLive, settings.IsOn)
            : null;
    }

    /// <summary>What is offered, without touching the keys.</summary>
    internal async Task<PayMethods> OfferedAsync(CancellationToken cancellation) => await SettingsAsync(cancellation) is { IsOn: true } on ? on.Methods : PayMethods.None;

    private Task<Outcome> ChangeAsync(CurrentAgent by, AuditAction action, Action<StripeSettings> change, CancellationToken cancellation) => platform.ChangeAsync(
        by,
        action,
        "",
        async (context, _, token) =>
        {
            if (await context.Set<StripeSettings>().SingleOrDefaultAsync(token) is { } settings) change(settings);
            return Outcome.Done;
        },
        cancellation);

    private async Task<StripeSettings> SettingsAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<StripeSettings>().AsNoTracking().SingleOrDefaultAsync(cancellation) ?? new StripeSettings();
    }

    private static bool IsKey(string key) => key.Length <= KeyLimit && KeyPattern().IsMatch(key);

    private static bool IsSecret(string secret) => secret.Length <= KeyLimit && SecretPattern().IsMatch(secret);

    private static bool IsLive(string key) => key.AsSpan(2).StartsWith("_live_", StringComparison.Ordinal);

    [GeneratedRegex(@"^(sk|rk)_(test|live)_[A-Za-z0-9_]{8,}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"^whsec_[A-Za-z0-9+/=_-]{8,}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SecretPattern();
}
