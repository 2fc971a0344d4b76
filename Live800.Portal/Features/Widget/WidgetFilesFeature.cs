namespace Live800.Portal.Features.Widget;

/// <summary>The widget's files, the same for every company: <c>/w/l.js</c>, <c>/w/frame.js</c>, <c>/w/push.js</c>, <c>/w/extras.js</c>, <c>/w/tray.js</c>, <c>/w/frame.css</c>, <c>/w/chat.js</c>.</summary>
public static class WidgetFilesFeature
{
    /// <summary>The loader's address carries no hash, because it stands in other people's pages.</summary>
    private static readonly TimeSpan LoaderIsFreshFor = TimeSpan.FromHours(1);

    public static WebApplicationBuilder AddWidgetFiles(this WebApplicationBuilder builder)
    {
        // Made small and packed while the databases are opened: a fifth of a second of the start.
        var files = Task.Run(WidgetFiles.Load);
        builder.Services.AddSingleton(_ => files.GetAwaiter().GetResult());
        builder.Services.AddSingleton<WidgetFrame>();
        return builder;
    }

    public static WebApplication MapWidgetFiles(this WebApplication app)
    {
        var files = app.Services.GetRequiredService<WidgetFiles>();
        foreach (var file in files.All)
        {
            var freshFor = file == files.Loader || file == files.Consent ? LoaderIsFreshFor : TimeSpan.Zero;
            app.MapMethods($"/w/{file.Name}", [HttpMethods.Get, HttpMethods.Head], context => file.WriteAsync(context, freshFor));
        }

        return app;
    }
}
