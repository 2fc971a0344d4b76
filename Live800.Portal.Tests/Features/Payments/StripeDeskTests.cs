using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Payments;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Payments;

/// <summary>The operator's keys (rule 3.11): checked, encrypted, never shown, and his alone.</summary>
public sealed class StripeDeskTests
{
    [Fact]
    public async Task What_is_no_key_is_refused_and_nothing_is_stored()
    {
        await using var box = await StripeBox.OpenAsync(isOn: false);
        var desk = box.Box.Portal.Get<StripeDesk>();
        foreach (var key in new[] { "", "pk_test_51Abcdefghijklmn", "sk_test_", "sk_prod_51Abcdefghijklmn", "sk_test_51Abcdefgh\r\nX: y", "sk_test_51Abcdefgh ijk", "sk_test_" + new string('a', 300) })
        {
            Assert.Equal(Refusal.StripeKeyInvalid, (await desk.ChooseAsync(box.Box.Administrator, StripeBox.Form with { SecretKey = key })).Refusal);
            Assert.Equal(Refusal.StripeKeyInvalid, (await desk.CheckAsync(box.Box.Administrator, StripeBox.Form with { SecretKey = key })).Refusal);
        }

        foreach (var secret in new[] { "", "sk_test_51Abcdefghijklmn", "whsec_", "whsec_0123456789\0abc" }) Assert.Equal(Refusal.WebhookSecretInvalid, (await desk.ChooseAsync(box.Box.Administrator, StripeBox.Form with { WebhookSecret = secret })).Refusal);
        Assert.Equal(Refusal.PayMethodMissing, (await desk.ChooseAsync(box.Box.Administrator, StripeBox.Form with { Card = false, Alipay = false, WeChatPay = false })).Refusal);
        Assert.Equal(new StripeView(false, false, false, "", PayMethods.Card), await desk.ReadAsync());
        Assert.Equal(0, box.Stripe.Requests);
    }

    [Fact]
    public async Task Keys_are_stored_encrypted_kept_when_left_empty_and_never_shown()
    {
        await using var box = await StripeBox.OpenAsync();
        var desk = box.Box.Portal.Get<StripeDesk>();
        Assert.False((await desk.ChooseAsync(box.Box.Administrator, new StripeForm { Alipay = true })).IsRefused);
        Assert.Equal(new StripeView(true, true, false, StripeServer.Key[^4..], PayMethods.Alipay), await desk.ReadAsync());
        await box.Box.Portal.RestartAsync();
        Assert.Null((await box.Box.Portal.Get<StripeDesk>().CheckAsync(box.Box.Administrator, new StripeForm())).Error);
        await using (var context = box.Box.Portal.Read())
        {
            var stored = await context.Set<StripeSettings>().AsNoTracking().SingleAsync();
            Assert.DoesNotContain(StripeServer.Key, stored.ProtectedSecretKey, StringComparison.Ordinal);
            Assert.DoesNotContain(StripeServer.Secret, stored.ProtectedWebhookSecret, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_prefix_says_whether_real_money_moves_and_a_check_says_what_Stripe_says()
    {
        await using var box = await StripeBox.OpenAsync();
        var desk = box.Box.Portal.Get<StripeDesk>();
        Assert.Equal(new StripeCheck(Refusal.None, null, false), await desk.CheckAsync(box.Box.Administrator, StripeBox.Form));
        Assert.Contains("Invalid API Key", (await desk.CheckAsync(box.Box.Administrator, StripeBox.Form with { SecretKey = "rk_live_51Abcdefghijklmn" })).Error, StringComparison.Ordinal);
        box.Stripe.Trouble = _ => StripeTrouble.Broken;
        Assert.NotNull((await desk.CheckAsync(box.Box.Administrator, StripeBox.Form)).Error);
        await box.Stripe.DisposeAsync();
        Assert.NotNull((await desk.CheckAsync(box.Box.Administrator, StripeBox.Form)).Error);
        Assert.False((await desk.ChooseAsync(box.Box.Administrator, StripeBox.Form with { SecretKey = "rk_live_51Abcdefghijklmn" })).IsRefused);
        Assert.True((await desk.ReadAsync()).IsLive);
    }

    [Fact]
    public async Task Only_the_operator_touches_the_keys_and_every_touch_is_in_the_audit_log()
    {
        await using var box = await StripeBox.OpenAsync();
        _ = await box.Box.AgentAsync("zhoumin", administrator: true);
        var forged = await box.Box.SignInAsync("zhoumin") with { IsPlatformOperator = true };
        var desk = box.Box.Portal.Get<StripeDesk>();
        Assert.Equal(Refusal.NotAllowed, (await desk.ChooseAsync(forged, StripeBox.Form)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.CheckAsync(forged, StripeBox.Form)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.TurnOffAsync(forged)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.ForgetAsync(forged)).Refusal);
        Assert.False((await desk.TurnOffAsync(box.Box.Administrator)).IsRefused);
        Assert.False((await desk.ForgetAsync(box.Box.Administrator)).IsRefused);
        Assert.Equal([AuditAction.StripeForgotten, AuditAction.StripeTurnedOff, AuditAction.StripeChosen], (await box.Box.Portal.Get<PlatformDesk>().ReadAsync()).Audit.Take(3).Select(entry => entry.Action));
        using var browser = await box.Box.BrowserOfAsync("zhoumin");
        Assert.NotEqual(System.Net.HttpStatusCode.OK, (await browser.GetAsync("/platform/payment")).Status);
    }
}
