using Live800.Domain.Companies;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;

namespace Live800.Portal.Identity;

/// <summary>Sign-in with cookie and sessions, policies, limits on the forms that guess at secrets.</summary>
public static class IdentityFeature
{
    /// <summary>How long a browser that was told to keep the sign-in keeps it without being used.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>How long a sign-in lasts without being used otherwise; closing the browser ends it as well.</summary>
    public static readonly TimeSpan UsualFor = TimeSpan.FromHours(12);

    private const string SuspendedItem = "company-suspended";

    public static WebApplicationBuilder AddIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        _ = services.AddSingleton<IPasswordHasher<PortalAccount>, PasswordHasher<PortalAccount>>();
        _ = services.AddIdentityCore<PortalAccount>().AddEntityFrameworkStores<PortalDbContext>().AddTokenProvider<DataProtectorTokenProvider<PortalAccount>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<MailLinkTokens>(MailLinkTokens.ProviderName).AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        _ = services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromDays(1));
        _ = services.AddSingleton<SignInSightings>();
        _ = services.AddSweep<SignInSightings>(SignInSightings.Every, (sightings, _, cancellation) => sightings.StoreAsync(cancellation));
        _ = services.AddSingleton<SignInDesk>();
        _ = services.AddSingleton<PasswordDesk>();
        _ = services.AddSingleton<TwoStepSeal>();
        _ = services.AddSingleton<TwoStepKeys>();
        _ = services.AddSingleton<PasskeyPlace>();
        _ = services.AddSingleton<PasskeyCheck>();
        _ = services.AddSingleton<SetupToken>();
        _ = services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, Cookie);
        var policies = services.AddAuthorizationBuilder()
            .AddPolicy(PortalPolicies.Agent, policy => policy.RequireClaim(PortalClaims.Company))
            .AddPolicy(PortalPolicies.Administrator, policy => policy.RequireClaim(PortalClaims.Company).RequireRole(PortalClaims.Administrator))
            .AddPolicy(PortalPolicies.PlatformOperator, policy => policy.RequireRole(PortalClaims.PlatformOperator));
        foreach (var permission in Enum.GetValues<Permission>())
            _ = policies.AddPolicy(PortalPolicies.May(permission), policy => policy.RequireAssertion(context => CurrentAgent.From(context.User)?.May(permission) == true));
        _ = services.AddScoped<AuthenticationStateProvider, PortalAuthenticationState>();
        _ = services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SecurePolicy) = ("live800.form", CookieSecurePolicy.SameAsRequest));
        _ = services.AddRateLimiter(options => options
            .AddPolicy<string, SignInLimits>(SignInLimits.Policy)
            .AddPolicy<string, ForgotLimits>(ForgotLimits.Policy));
        return builder;
    }

    /// <summary>Gives the browser the cookie of a session that has begun, and the language the agent once chose.</summary>
    public static async Task RememberAsync(this HttpContext context, CurrentAgent current, bool keep)
    {
        if (current.Language is { } language) context.KeepLanguage(language);
        await context.RequestServices.GetRequiredService<SignInSightings>().BeginAsync(current, context.Request.Headers.UserAgent, context.Connection.RemoteIpAddress, context.RequestAborted);
        await context.SignInAsync(
            IdentityConstants.ApplicationScheme,
            current.ToPrincipal(IdentityConstants.ApplicationScheme),
            new AuthenticationProperties { IsPersistent = keep, ExpiresUtc = TimeProvider.System.GetUtcNow() + (keep ? KeptFor : UsualFor) });
    }

    /// <summary>Keeps a language in this browser. Only ever called while answering a POST.</summary>
    public static void KeepLanguage(this HttpContext context, string language) => context.Response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName,
        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
        new CookieOptions { IsEssential = true, MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, HttpOnly = true });

    /// <summary>From here on the browser's own wish decides again.</summary>
    public static void ForgetLanguage(this HttpContext context) => context.Response.Cookies.Delete(CookieRequestCultureProvider.DefaultCookieName);

    /// <summary>The network address of whoever asks, a trusted proxy's word taken; empty where there is none.</summary>
    public static string NetworkAddress(this HttpContext context) => context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "";

    /// <summary>Whether this request's sign-in ended because the company was suspended.</summary>
    public static bool EndedBySuspension(this HttpContext context) => context.Items.ContainsKey(SuspendedItem);

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "live800.sign-in";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = KeptFor;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/not-allowed";
        options.ReturnUrlParameter = "returnUrl";
        // The machine's time: shifting the portal's clock (Development) shall show a trial's end, not the sign-in page.
        options.TimeProvider = TimeProvider.System;
        options.Events.OnValidatePrincipal = ValidateAsync;
        // A path and never an address made from the request's Host header.
        options.Events.OnRedirectToLogin = context => RedirectAsync(context, "/sign-in");
        options.Events.OnRedirectToAccessDenied = context => RedirectAsync(context, CurrentAgent.From(context.HttpContext.User)?.MustSetUp == true ? "/two-step" : "/not-allowed");
    }

    private static Task RedirectAsync(RedirectContext<CookieAuthenticationOptions> context, string path)
    {
        var request = context.Request;
        var back = HttpMethods.IsGet(request.Method) ? $"?returnUrl={Uri.EscapeDataString(request.PathBase + request.Path + request.QueryString)}" : "";
        if (context.HttpContext.EndedBySuspension()) back += back.Length > 0 ? "&suspended=1" : "?suspended=1";
        context.Response.Redirect(path + back);
        return Task.CompletedTask;
    }

    /// <summary>The cookie only names a session: with every request it is asked whether that session still counts, and what its agent may do now.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var desk = context.HttpContext.RequestServices.GetRequiredService<SignInDesk>();
        if (CurrentAgent.From(context.Principal) is { } claimed
            && await desk.RecallAsync(claimed.AgentId.Value, claimed.SessionId, context.HttpContext.RequestAborted) is { } current)
        {
            context.ReplacePrincipal((current with { Address = context.HttpContext.NetworkAddress() }).ToPrincipal(context.Scheme.Name));
            return;
        }

        if (CurrentAgent.From(context.Principal) is { } ended && await desk.IsSuspendedAsync(ended.AgentId, context.HttpContext.RequestAborted)) context.HttpContext.Items[SuspendedItem] = true;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name);
    }
}
