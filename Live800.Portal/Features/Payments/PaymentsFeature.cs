using Live800.Portal.Features.Packages;

namespace Live800.Portal.Features.Payments;

/// <summary>The gateway beside payment by hand: Stripe, its notices and the operator's page about it (rule 3.11).</summary>
public static class PaymentsFeature
{
    public static WebApplicationBuilder AddPayments(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddOptions<PaymentOptions>().BindConfiguration(PaymentOptions.Section);
        _ = builder.Services.AddSingleton<StripeLine>();
        _ = builder.Services.AddSingleton<StripeDesk>();
        _ = builder.Services.AddSingleton<StripeNotices>();
        _ = builder.Services.AddSingleton<IPaymentGateway, StripeGateway>();
        return builder;
    }

    /// <summary>Where Stripe tells what happened: signed by Stripe, so without a session and without an antiforgery token.</summary>
    public static WebApplication MapPayments(this WebApplication app)
    {
        _ = app.MapPost(StripeNotices.Path, StripeNotices.HearAsync).AllowAnonymous().DisableAntiforgery();
        return app;
    }
}
