using Live800.Portal.Features.Packages;

namespace Live800.Portal.Features.Payments;

/// <summary>The box's account at Stripe. One row; without it, or turned off, orders are paid by hand (rule 3.11).</summary>
public sealed class StripeSettings
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;

    /// <summary>Encrypted with a key of the data folder; nothing before the first and after the keys were forgotten.</summary>
    public string? ProtectedSecretKey { get; private set; }

    /// <summary>Encrypted likewise: what Stripe signs its notices with.</summary>
    public string? ProtectedWebhookSecret { get; private set; }

    /// <summary>The last four signs of the secret key, so that people can tell which it is.</summary>
    public string KeyEnd { get; private set; } = "";

    /// <summary>Whether real money moves.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Whether buyers are offered Stripe.</summary>
    public bool IsOn { get; private set; }

    public PayMethods Methods { get; private set; } = PayMethods.Card;

    public long Version { get; private set; }

    /// <summary>Whether notices are heard and money can be sent back: also while it is turned off.</summary>
    public bool HasKeys => ProtectedSecretKey is not null && ProtectedWebhookSecret is not null;

    /// <summary>Takes what the operator chose and <see cref="StripeDesk"/> has checked.</summary>
    internal void Choose(PayMethods methods, string protectedKey, string keyEnd, bool isLive, string protectedWebhookSecret)
    {
        (Methods, ProtectedSecretKey, KeyEnd, IsLive, ProtectedWebhookSecret, IsOn) = (methods, protectedKey, keyEnd, isLive, protectedWebhookSecret, true);
        Version++;
    }

    /// <summary>Buyers are offered it no more. The keys stay: what was begun is still heard of.</summary>
    internal void TurnOff()
    {
        IsOn = false;
        Version++;
    }

    internal void Forget()
    {
        (IsOn, ProtectedSecretKey, ProtectedWebhookSecret, KeyEnd, IsLive) = (false, null, null, "", false);
        Version++;
    }
}

/// <summary>What the operator types about Stripe. A key left empty keeps the stored one.</summary>
public sealed record StripeForm
{
    public string SecretKey { get; set; } = "";

    public string WebhookSecret { get; set; } = "";

    public bool Card { get; set; }

    public bool Alipay { get; set; }

    public bool WeChatPay { get; set; }

    public PayMethods Methods => (Card ? PayMethods.Card : 0) | (Alipay ? PayMethods.Alipay : 0) | (WeChatPay ? PayMethods.WeChatPay : 0);
}

/// <summary>Where Stripe is; set by configuration only, <c>Payment__StripeApi</c>, for tests.</summary>
public sealed class PaymentOptions
{
    public const string Section = "Payment";

    public string? StripeApi { get; set; }

    /// <summary>How long one answer of Stripe is waited for.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);
}
