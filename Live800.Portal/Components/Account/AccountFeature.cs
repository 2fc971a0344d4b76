using System.Security.Claims;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Security;
using Live800.Portal.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Live800.Portal.Components.Account;

/// <summary>What the account pages need beside themselves.</summary>
public static class AccountFeature
{
    public static WebApplication MapAccount(this WebApplication app)
    {
        _ = app.MapGet("/", StartAsync);
        _ = app.MapPost("/sign-out", SignOutAsync);
        _ = app.MapPost("/sign-in/passkey", AskPasskeyAsync).DisableAntiforgery().RequireRateLimiting(SignInLimits.Policy).WithMetadata(new RequestSizeLimitAttribute(8_192));
        return app;
    }

    /// <summary>Where everybody begins: an empty box at its set-up, an agent in the workspace, an operator without a company on the platform.</summary>
    private static async Task<IResult> StartAsync(ClaimsPrincipal principal, CompanyRegistry registry, CancellationToken cancellation) => TypedResults.LocalRedirect(
        await registry.IsEmptyAsync(cancellation) ? "/setup" : CurrentAgent.From(principal) switch
        {
            null => "/sign-in",
            { MustSetUp: true } => "/two-step",
            { IsAgent: true } => "/workspace",
            _ => "/platform",
        });

    /// <summary>Asks this browser for a passkey, the same for everybody; the answer comes with the sign-in page's form. Only for that page: without its token against forged posts it asks nothing (rule 1).</summary>
    private static async Task<IResult> AskPasskeyAsync(HttpContext context, IAntiforgery antiforgery, PasskeyPlace place, PasskeyDesk desk)
    {
        if (!place.IsPossible || !await antiforgery.IsRequestValidAsync(context)) return TypedResults.BadRequest();
        var asked = await desk.AskAsync(context.RequestAborted);
        context.KeepPasskeyQuestion(asked.InHand);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(asked.Options, "application/json");
    }

    /// <summary>Ends the session and frees its seat (rule 3.8). Signing out twice, or without being signed in, is no fault.</summary>
    private static async Task<IResult> SignOutAsync(
        [FromForm] string? returnUrl, ClaimsPrincipal principal, SignInDesk desk, SeatRoster seats, HttpContext context)
    {
        if (CurrentAgent.From(principal) is { } current)
        {
            // Not with the request's token: the end of the session sends this browser's open pages to the sign-in page, which cuts this very request off.
            var company = current.MustSetUp ? current.WaitsIn : current.CompanyId;
            if (company.Value != 0) await seats.LeaveAsync(company, current.AgentId, current.SessionId, CancellationToken.None);
            await desk.EndAsync(current, CancellationToken.None);
        }

        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.LocalRedirect(LocalAddress.Or(returnUrl, "/sign-in"));
    }
}
