using Live800.Portal.Data.Rollups;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Visitors;

/// <summary>Who is on the companies' sites, and where they have been.</summary>
public static class VisitorsFeature
{
    public static WebApplicationBuilder AddVisitors(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddVisitors();
        _ = builder.Services.AddHostedService(services => services.GetRequiredService<VisitEndings>());
        _ = builder.Services.AddHostedService<CalendarWatch>();
        _ = builder.Services.AddHostedService(services => services.GetRequiredService<PlaceBook>());
        return builder;
    }

    /// <summary>Without what follows the clock: for the bench and tests.</summary>
    internal static IServiceCollection AddVisitors(this IServiceCollection services) => services
        .AddRebuild()
        .AddSingleton<ViewMeter>()
        .AddSingleton<VisitorTracker>()
        .AddSingleton<VisitorQueries>()
        .AddSingleton<VisitorQueue>()
        .AddSingleton<LiveTalks>()
        .AddSingleton<VisitEndings>()
        .AddSweep<VisitEndings>(VisitEndings.Every, (endings, now, cancellation) => endings.SweepAsync(now, cancellation))
        .AddSweep<PlaceBook>(PlaceBook.Every, (places, _, cancellation) => places.LookAsync(cancellation))
        .AddSweep<VisitEndings>(TimeSpan.FromMinutes(1), (endings, _, cancellation) => endings.EndOrphansAsync(cancellation));

    /// <summary>What tells the kinds of visits apart, and counts them all again.</summary>
    internal static IServiceCollection AddRebuild(this IServiceCollection services) => services
        .AddSingleton<PlaceBook>()
        .AddSingleton<IVisitClassifier, VisitClassifier>()
        .AddSingleton<RollupRebuild>();
}
