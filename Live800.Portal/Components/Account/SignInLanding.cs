using Live800.Portal.Features.Security;
using Live800.Portal.Identity;

namespace Live800.Portal.Components.Account;

/// <summary>Where somebody is led who was just let in, and what his browser carries between the two pages of a sign-in.</summary>
internal static class SignInLanding
{
    /// <summary>The cookie that carries a sign-in between its two steps; only these pages get it.</summary>
    public const string Cookie = "live800.second-step";

    /// <summary>The cookie that carries a question for a passkey until it is answered; only these pages get it.</summary>
    public const string PasskeyCookie = "live800.passkey";

    private const string Path = "/sign-in";

    // A cookie has 4,096 bytes, and this grows by half when it is sealed.
    private const int LongestReturn = 512;

    public static string Of(CurrentAgent agent, string? returnUrl) =>
        agent.MustSetUp ? SetUp(returnUrl) : LocalAddress.Or(returnUrl, agent.IsAgent ? "/workspace" : "/platform");

    /// <summary>The same, by way of the set-up where his company will soon ask for it.</summary>
    public static async Task<string> OfAsync(this TwoStepDesk desk, CurrentAgent agent, string? returnUrl, CancellationToken cancellation) =>
        await desk.IsComingAsync(agent, cancellation) ? SetUp(returnUrl) : Of(agent, returnUrl);

    /// <summary>Asks for the code: the password was right.</summary>
    public static void AskForCode(this HttpContext context, TwoStepSeal seal, PendingSignIn pending, bool keep, string? returnUrl)
    {
        var kept = pending with { Keep = keep, ReturnUrl = LocalAddress.IsLocal(returnUrl) && returnUrl!.Length <= LongestReturn ? returnUrl : null };
        context.Response.Cookies.Append(Cookie, seal.Seal(kept), Options(context, TwoStepSeal.SignInLife));
        context.Response.Redirect("/sign-in/code");
    }

    public static PendingSignIn? PendingSignIn(this HttpContext context, TwoStepSeal seal) => seal.OpenSignIn(context.Request.Cookies[Cookie]);

    public static void ForgetPendingSignIn(this HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context, null));

    /// <summary>Ties a question for a passkey to this browser: its answer is worth nothing in another.</summary>
    public static void KeepPasskeyQuestion(this HttpContext context, string inHand) => context.Response.Cookies.Append(PasskeyCookie, inHand, Options(context, TwoStepSeal.SignInLife));

    /// <summary>The question this browser was asked, which is over with this answer.</summary>
    public static string? TakePasskeyQuestion(this HttpContext context)
    {
        context.Response.Cookies.Delete(PasskeyCookie, Options(context, null));
        return context.Request.Cookies[PasskeyCookie];
    }

    private static string SetUp(string? returnUrl) => "/two-step" + (LocalAddress.IsLocal(returnUrl) ? "?returnUrl=" + Uri.EscapeDataString(returnUrl!) : "");

    private static CookieOptions Options(HttpContext context, TimeSpan? life) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true, Path = Path, MaxAge = life };
}
