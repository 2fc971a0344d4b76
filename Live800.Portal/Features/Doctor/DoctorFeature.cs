using Live800.Portal.Data;

namespace Live800.Portal.Features.Doctor;

/// <summary>What the serving portal does for <see cref="DoctorVerb"/>.</summary>
public static class DoctorFeature
{
    /// <summary><c>/health/self</c>: proves to whoever can read the data folder that this is its portal, and tells nobody else anything. 400 for what is no number to ask with.</summary>
    public static WebApplication MapDoctor(this WebApplication app)
    {
        var secret = PortalProof.Renew(app.Services.GetRequiredService<PortalFiles>());
        _ = app.MapGet(PortalProof.Path, (string? challenge) => PortalProof.Answer(secret, challenge) is { } answer ? Results.Text(answer) : Results.BadRequest()).AllowAnonymous();
        return app;
    }
}
