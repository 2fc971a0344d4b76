using Live800.Domain.Companies;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Identity;

namespace Live800.Portal.Features.Statistics;

/// <summary>Statistics 流量统计 (6).</summary>
public static class StatisticsFeature
{
    public static WebApplicationBuilder AddStatistics(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<RollupReader>().AddSingleton<TrailReader>().AddSingleton<VisitBook>().AddSingleton<MissedPlaces>().AddSingleton<StatisticsViewDesk>().AddScoped<StatisticsFiles>().AddScoped<ChatFiles>();
        return builder;
    }

    public static WebApplication MapStatistics(this WebApplication app)
    {
        _ = app.MapGet("/" + StatisticsFiles.Path + "/{what}", (HttpContext http, StatisticsFiles files, string what) => files.SendAsync(http, what)).RequireAuthorization(PortalPolicies.May(Permission.Statistics));
        return app;
    }

    /// <summary>Counts once what was stored before there were statistics; afterwards they are carried on with every write. Before the first request.</summary>
    public static async Task StartStatisticsAsync(this WebApplication app)
    {
        var (rebuild, log) = (app.Services.GetRequiredService<RollupRebuild>(), app.Services.GetRequiredService<ILogger<RollupRebuild>>());
        if (!await rebuild.IsOwedAsync()) return;
        await app.Services.GetRequiredService<PlaceBook>().LookAsync();
        await rebuild.RunAsync(new Telling(progress =>
        {
            if (progress.Total > 0) log.LogInformation("Counting the statistics: {Stage}, {Done} of {Total}", progress.Stage, progress.Done, progress.Total);
        }));
    }

    private sealed class Telling(Action<RebuildProgress> tell) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value) => tell(value);
    }
}
