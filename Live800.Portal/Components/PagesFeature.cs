using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using MudBlazor;
using MudBlazor.Services;

namespace Live800.Portal.Components;

/// <summary>The interactive pages: Razor components, MudBlazor, languages, and the headers every page carries.</summary>
public static class PagesFeature
{
    private static readonly CultureInfo[] Cultures = [new("zh-CN"), new("en")];

    /// <summary>
    /// No inline script anywhere; inline style because MudBlazor writes its theme and positions that way.
    /// The widget's pages and the job dashboard send policies of their own.
    /// </summary>
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        // Outside Development the build output finds its packages' assets only when asked to.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddTexts();
        // Chinese as it is written, not as numbers.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture("zh-CN");
            options.SupportedCultures = options.SupportedUICultures = Cultures;
        });
        builder.Services.AddRazorComponents().AddInteractiveServerComponents()
            // A field of 10,000 Chinese characters comes in twice, as its value and as the form's: it must be refused in words, not by a lost circuit.
            .AddHubOptions(options => options.MaximumReceiveMessageSize = 128 * 1024);
        builder.Services.AddSingleton<FileExports>().AddSingleton<SpreadsheetDownload>();
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter);
        builder.Services.AddTransient<MudLocalizer, MudTexts>();
        return builder;
    }

    /// <summary>Goes before authentication: headers, language, and a page instead of a blank answer when something is missing or broken.</summary>
    public static WebApplication UsePages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (IsPage(context.Request.Path))
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
            }
            else if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }
            return next(context);
        });
        app.UseRequestLocalization();
        return app;
    }

    public static WebApplication MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        app.MapPost("/language", SetLanguageAsync).DisableAntiforgery();
        app.MapGet("/company", (ClaimsPrincipal user) => TypedResults.LocalRedirect("/" + (CurrentAgent.From(user) is { } me ? CompanyPages.FirstFor(me) ?? "not-allowed" : "company/agents")));
        return app;
    }

    private static bool IsPage(PathString path) =>
        !path.StartsWithSegments("/w") && !path.StartsWithSegments("/chat") && !path.StartsWithSegments("/health") && !path.StartsWithSegments("/pay") &&
        !path.StartsWithSegments("/platform/jobs") && !path.StartsWithSegments("/_blazor") && !path.StartsWithSegments("/_framework");

    /// <summary>Keeps the chosen language in a cookie and goes back to where it was chosen.</summary>
    private static async Task<IResult> SetLanguageAsync(HttpContext context, IAntiforgery antiforgery, AgentRoster roster)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return TypedResults.BadRequest();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var culture = Cultures.FirstOrDefault(c => c.Name == form["culture"]) ?? Cultures[0];
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions { IsEssential = true, MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, HttpOnly = true });
        if (CurrentAgent.From(context.User) is { IsAgent: true } current) await roster.SpeakAsync(current, culture.Name, context.RequestAborted);
        var back = form["back"].ToString();
        return TypedResults.LocalRedirect(LocalAddress.Or(back, "/"));
    }
}
