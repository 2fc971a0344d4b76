using Live800.Portal.Features.Widget;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Files;

/// <summary>Files and pictures in conversations, and the signs that are drawn with them.</summary>
public static class FilesFeature
{
    public static WebApplicationBuilder AddFiles(this WebApplicationBuilder builder)
    {
        _ = builder.Services
            .AddSingleton<FileStore>()
            .AddSingleton<ErasedFileSweep>()
            .AddSingleton<FileDesk>()
            .AddSingleton<AttachmentQueries>()
            .AddSingleton<VisitorFileEndpoints>()
            .AddSweep<ErasedFileSweep>(TimeSpan.FromMinutes(1), (sweep, _, cancellation) => sweep.RunAsync(cancellation))
            .AddSweep<FileStore>(TimeSpan.FromHours(1), (store, _, cancellation) => store.SweepAsync(cancellation));
        return builder;
    }

    public static WebApplication MapFiles(this WebApplication app)
    {
        AgentFileEndpoints.Map(app);
        var door = app.Services.GetRequiredService<VisitorDoor>();
        var visitors = app.Services.GetRequiredService<VisitorFileEndpoints>();
        _ = app.Map("/w/{code}/upload", door.Guard(visitors.SendAsync, HttpMethods.Post)).ShortCircuit();
        _ = app.Map("/w/{code}/file", door.Guard(visitors.GiveAsync, HttpMethods.Post)).ShortCircuit();
        return app;
    }
}
