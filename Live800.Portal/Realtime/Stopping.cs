namespace Live800.Portal.Realtime;

/// <summary>
/// A portal that stops begins nothing new. Open pages come back the moment their line is cut; a line begun in the last instant would be closed by
/// nobody, and the restart would wait for it until its patience ends.
/// </summary>
public static class Stopping
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Bounds what a stop may take: whatever is still open then is cut.</summary>
    public static WebApplicationBuilder AddStopping(this WebApplicationBuilder builder)
    {
        _ = builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Patience);
        return builder;
    }

    /// <summary>Goes first: answers 503 with Retry-After from the moment the portal is asked to stop.</summary>
    public static WebApplication UseStopping(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        _ = app.Use((context, next) =>
        {
            if (!stopping.IsCancellationRequested) return next(context);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "2";
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        return app;
    }
}
