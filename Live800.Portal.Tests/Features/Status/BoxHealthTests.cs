using System.Diagnostics.Metrics;
using System.Net;
using Hangfire;
using Live800.Portal.Features.Status;
using Live800.Portal.Features.Status.Health;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Status;

/// <summary>Ready or not, and why: each reason is brought about for real.</summary>
public sealed class BoxHealthTests
{
    private static readonly Uri Ready = new("/health/ready", UriKind.Relative);

    [Fact]
    public async Task A_disk_without_room_is_not_ready_and_one_that_fills_up_still_is()
    {
        foreach (var (limits, status, word) in new[]
        {
            (StatusLimits.Default with { DiskFull = long.MaxValue }, HttpStatusCode.ServiceUnavailable, "Unhealthy"),
            (StatusLimits.Default with { DiskFull = 0, DiskLow = long.MaxValue }, HttpStatusCode.OK, "Degraded"),
        })
        {
            await using var portal = new PortalFactory(with: services => services.AddSingleton(limits));
            using var client = portal.Client();
            using var answer = await client.GetAsync(Ready);
            Assert.Equal((status, word), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
            var line = Assert.Single(portal.Log);
            Assert.Contains("disk", line, StringComparison.Ordinal);
            Assert.Contains("are left", line, StringComparison.Ordinal);
            Assert.Equal("disk", Assert.Single((await portal.Get<StatusBoard>().ReadAsync()).Faults).Check);
        }
    }

    [Fact]
    public async Task A_key_that_is_damaged_or_gone_is_not_ready()
    {
        await using var portal = new PortalFactory();
        using var client = portal.Client();
        Assert.Equal("Healthy", await client.GetStringAsync(Ready));
        var key = Path.Combine(portal.Folder, "keys", "visitor-pass.key");
        await File.WriteAllBytesAsync(key, new byte[5]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(Ready)).StatusCode);
        Assert.Contains(portal.Log, line => line.Contains("visitor-pass.key is damaged", StringComparison.Ordinal));
        Directory.Move(Path.Combine(portal.Folder, "keys"), Path.Combine(portal.Folder, "taken"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(Ready)).StatusCode);
        Assert.Contains(portal.Log, line => line.Contains("keys cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_queue_whose_oldest_work_gets_no_answer_is_not_ready()
    {
        await using var room = await DataRoom.OpenAsync();
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stuck = room.TrailWrites.RunAsync((_, _) => open.Task);
        var patient = await new QueueHealth(room.Writes, room.TrailWrites, StatusLimits.Default).CheckHealthAsync(new());
        var strict = await new QueueHealth(room.Writes, room.TrailWrites, StatusLimits.Default with { QueueStuck = TimeSpan.Zero }).CheckHealthAsync(new());
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Unhealthy), (patient.Status, strict.Status));
        Assert.Contains("trail.db", strict.Description, StringComparison.Ordinal);
        open.SetResult();
        await stuck;
        Assert.Equal(HealthStatus.Healthy, (await new QueueHealth(room.Writes, room.TrailWrites, StatusLimits.Default with { QueueStuck = TimeSpan.Zero }).CheckHealthAsync(new())).Status);
    }

    [Fact]
    public async Task A_clock_that_is_behind_is_said_and_the_portal_stays_ready()
    {
        await using var room = await DataRoom.OpenAsync();
        var health = new ClockHealth(room.Clock, StatusLimits.Default);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new())).Status);
        room.Machine.Advance(TimeSpan.FromDays(1));
        await room.Writes.RunAsync((_, _) => Task.CompletedTask);
        room.Machine.AdjustTime(DataRoom.Noon);
        var behind = await health.CheckHealthAsync(new());
        Assert.Equal(HealthStatus.Degraded, behind.Status);
        Assert.Contains("24:00:00", behind.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_that_do_not_run_or_fail_are_said_and_the_portal_stays_ready()
    {
        await using var portal = new PortalFactory();
        var clock = new FakeTimeProvider(DataRoom.Noon);
        var book = new JobBook(portal.Get<IMeterFactory>(), clock);
        var health = new JobsHealth(portal.Get<JobStorage>(), book, StatusLimits.Default);
        clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new())).Status);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync(new())).Status);
        book.Began("SomeJob", TimeSpan.Zero);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new())).Status);

        var failed = new FailedJobsHealth(book);
        book.Ended("SomeJob", TimeSpan.FromSeconds(1), new InvalidOperationException("wang@example.com"));
        var said = await failed.CheckHealthAsync(new());
        Assert.Equal((HealthStatus.Degraded, "The last run failed: SomeJob."), (said.Status, said.Description));
        Assert.Equal((DataRoom.Noon + TimeSpan.FromMinutes(16), "InvalidOperationException", true), (book.Runs["SomeJob"].FailedAt, book.Runs["SomeJob"].FailedWith, book.Runs["SomeJob"].IsFailing));
        book.Began("SomeJob", TimeSpan.Zero);
        book.Ended("SomeJob", TimeSpan.FromSeconds(2), null);
        Assert.Equal(HealthStatus.Healthy, (await failed.CheckHealthAsync(new())).Status);
        // That it once failed can still be read.
        Assert.Equal((TimeSpan.FromSeconds(2), false, "InvalidOperationException"), (book.Runs["SomeJob"].Took, book.Runs["SomeJob"].IsFailing, book.Runs["SomeJob"].FailedWith));
    }
}
