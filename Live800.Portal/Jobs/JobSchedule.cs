using Hangfire;
using Hangfire.InMemory;
using Live800.Portal.Data;
using Live800.Portal.Identity;

namespace Live800.Portal.Jobs;

/// <summary>
/// The calendar work (rule 3.12): four recorders, what erases by age and after a company was closed (1), what writes about each day and each week, and what backs the box up, every five minutes, which meets the midnights of half-hour and quarter-hour zones too, and once at start.
/// Hangfire keeps its own books in memory; losing them loses nothing, because the facts are in portal.db.
/// </summary>
public static class JobSchedule
{
    /// <summary>Where the platform operator watches the jobs.</summary>
    public const string Dashboard = "/platform/jobs";

    private const string EveryFiveMinutes = "*/5 * * * *";

    // Hangfire's own pages: scripts and styles from here, small styles inside its tags.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    public static WebApplicationBuilder AddJobs(this WebApplicationBuilder builder)
    {
        _ = builder.Logging.AddFilter("Hangfire", LogLevel.Warning);
        _ = builder.Services.AddPackageJobs().AddSingleton<RetentionJob>().AddSingleton<ClosedCompanyJob>().AddSingleton<DailySummaryJob>().AddSingleton<WeeklyReportJob>().AddSingleton<BackupJob>();
        _ = builder.Services.AddHangfire(configuration => configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(3) }));
        _ = builder.Services.AddHangfireServer(options =>
        {
            options.WorkerCount = 1;
            options.ServerName = "portal";
        });
        _ = builder.Services.AddHostedService<FirstRun>();
        return builder;
    }

    /// <summary>The jobs alone, without Hangfire: for the tests and for whoever moved the clock.</summary>
    public static IServiceCollection AddPackageJobs(this IServiceCollection services) => services
        .AddSingleton<TransitionRecorder>()
        .AddSingleton<DailyQuotaJob>()
        .AddSingleton<PackageExpiryJob>()
        .AddSingleton<TrialEndJob>()
        .AddSingleton<AnswerWarningJob>();

    public static WebApplication MapJobs(this WebApplication app)
    {
        _ = app.UseWhen(context => context.Request.Path.StartsWithSegments(Dashboard), branch => branch.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "same-origin";
            return next(context);
        }));
        _ = app.MapHangfireDashboardWithAuthorizationPolicy(PortalPolicies.PlatformOperator, Dashboard, new DashboardOptions
        {
            DashboardTitle = "Live800.Portal",
            AppPath = "/platform",
            DisplayStorageConnectionString = false,
        });
        return app;
    }

    /// <summary>
    /// Enters the jobs into the calendar and runs each once: what happened while the portal was down is recorded now. Again when the clock was moved by hand,
    /// so that whoever moved it sees the trial end (Development).
    /// </summary>
    private sealed class FirstRun(IRecurringJobManagerV2 jobs, PortalClock clock) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            jobs.AddOrUpdate<DailyQuotaJob>(nameof(DailyQuotaJob), job => job.RunAsync(CancellationToken.None), EveryFiveMinutes);
            jobs.AddOrUpdate<PackageExpiryJob>(nameof(PackageExpiryJob), job => job.RunAsync(CancellationToken.None), EveryFiveMinutes);
            jobs.AddOrUpdate<TrialEndJob>(nameof(TrialEndJob), job => job.RunAsync(CancellationToken.None), EveryFiveMinutes);
            jobs.AddOrUpdate<AnswerWarningJob>(nameof(AnswerWarningJob), job => job.RunAsync(CancellationToken.None), EveryFiveMinutes);
            jobs.AddOrUpdate<RetentionJob>(nameof(RetentionJob), job => job.RunAsync(CancellationToken.None), EveryFiveMinutes);
            jobs.AddOrUpdate<ClosedCompanyJob>(nameof(ClosedCompanyJob), job => job.RunAsync(CancellationToken.None), EveryFiveMinutes);
            jobs.AddOrUpdate<DailySummaryJob>(nameof(DailySummaryJob), job => job.RunAsync(CancellationToken.None), EveryFiveMinutes);
            jobs.AddOrUpdate<WeeklyReportJob>(nameof(WeeklyReportJob), job => job.RunAsync(CancellationToken.None), EveryFiveMinutes);
            jobs.AddOrUpdate<BackupJob>(nameof(BackupJob), job => job.RunAsync(CancellationToken.None), EveryFiveMinutes);
            clock.Shifted += RunAll;
            RunAll();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            clock.Shifted -= RunAll;
            return Task.CompletedTask;
        }

        private void RunAll()
        {
            foreach (var name in new[] { nameof(DailyQuotaJob), nameof(PackageExpiryJob), nameof(TrialEndJob), nameof(AnswerWarningJob), nameof(RetentionJob), nameof(ClosedCompanyJob), nameof(DailySummaryJob), nameof(WeeklyReportJob), nameof(BackupJob) })
            {
                _ = jobs.TriggerJob(name);
            }
        }
    }
}
