using Hangfire;
using Hangfire.Common;
using Live800.Portal.Data;
using Live800.Portal.Features.Status.Health;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Live800.Portal.Features.Status;

/// <summary>How the operator watches the box: figures and traces, health, the page /platform/status, and the work that keeps the data folder small.</summary>
public static class StatusFeature
{
    private const string Hourly = "17 * * * *";

    /// <summary>Goes before the jobs: whoever watches them must be there when their server is made.</summary>
    public static WebApplicationBuilder AddStatus(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(StatusLimits.Default);
        _ = services
            .AddSingleton<JobBook>()
            .AddSingleton<IJobFilterProvider, JobWatch>()
            .AddSingleton<CircuitCount>()
            .AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<CircuitCount>())
            .AddSingleton<HereNow>()
            .AddSingleton<StatusHistory>()
            .AddSingleton<StatusSampler>()
            .AddHostedService(provider => provider.GetRequiredService<StatusSampler>())
            .AddSingleton<FileCare>()
            .AddSingleton<DataUse>()
            .AddSingleton<StatusBoard>()
            .AddSingleton<HousekeepingJob>()
            .AddHostedService<HousekeepingEntry>();
        _ = services.AddHealthChecks()
            .AddCheck<DiskHealth>("disk")
            .AddCheck<QueueHealth>("queue")
            .AddCheck<ClockHealth>("clock")
            .AddCheck<JobsHealth>("jobs")
            .AddCheck<FailedJobsHealth>("failed-jobs")
            .AddCheck<KeysHealth>("keys");
        return builder.AddTelemetry();
    }

    private sealed class HousekeepingEntry(IRecurringJobManagerV2 jobs) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            jobs.AddOrUpdate<HousekeepingJob>(nameof(HousekeepingJob), job => job.RunAsync(CancellationToken.None), Hourly);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
