using System.Reflection;
using Hangfire;
using Hangfire.Storage;
using Live800.Portal.Data;
using Live800.Portal.Features.Visitors;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Live800.Portal.Features.Status;

/// <summary>How the box is, at one instant.</summary>
public sealed record StatusView(
    DateTimeOffset At,
    IReadOnlyList<Fault> Faults,
    StatusFigures Figures,
    IReadOnlyList<FileUse> Files,
    IReadOnlyList<JobLine> Jobs);

/// <summary>The figures of now.</summary>
/// <param name="Messages">Stored in the running minute and the one before.</param>
/// <param name="P50">Of visitors' messages, over a quarter of an hour; null where there was none.</param>
/// <param name="PortalWaiting">Works before portal.db.</param>
/// <param name="TrailWaiting">Works before trail.db, its own line and the writer's.</param>
public sealed record StatusFigures(
    int Visitors, int Streams, int Waiting, int Seats, int Circuits, long Messages, TimeSpan? P50, TimeSpan? P99, int PortalWaiting, int TrailWaiting, long RefusedViews, int Letters,
    long Memory, TimeSpan Uptime, string Version, long FreeDisk);

/// <summary>What something in the data folder takes.</summary>
/// <param name="Name">As it lies there.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Wal">Of that what has not been carried into the file yet, or room kept for it.</param>
/// <param name="Reusable">Of that what is empty inside and filled again first.</param>
/// <param name="Count">Of how many files, for a folder.</param>
public sealed record FileUse(string Name, long Bytes, long? Wal = null, long? Reusable = null, int? Count = null);

/// <summary>One recurring job.</summary>
public sealed record JobLine(string Name, JobRun? Run, DateTimeOffset? NextAt);

/// <summary>Reads how the box is. What costs something is looked at again only when it is older than a few seconds, however many look.</summary>
public sealed class StatusBoard(
    HealthCheckService health,
    HereNow here,
    ViewMeter views,
    StatusSampler sampler,
    WriteQueue<PortalDbContext> portal,
    WriteQueue<TrailDbContext> trail,
    TrailWriter trailWriter,
    DataUse use,
    PortalFiles files,
    JobBook book,
    JobStorage storage,
    PortalClock clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly string Built = typeof(StatusBoard).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private readonly SemaphoreSlim _one = new(1, 1);
    private (long At, IReadOnlyList<Fault> Faults, IReadOnlyList<FileUse> Files)? _looked;

    public async Task<StatusView> ReadAsync(CancellationToken cancellation = default)
    {
        var (_, faults, looked) = await LookAsync(cancellation);
        var (p50, p99, recent) = sampler.Recent();
        return new StatusView(
            clock.GetUtcNow(),
            faults,
            new StatusFigures(
                here.Visitors, here.Streams, here.Waiting, here.Seats, here.Circuits, recent, p50, p99, portal.Waiting, trail.Waiting + trailWriter.Waiting, views.RefusedCount, here.Letters,
                Environment.WorkingSet, clock.GetElapsedTime(sampler.StartedAt), Built, Space.Free(files.Root)),
            looked,
            Jobs());
    }

    public void Dispose() => _one.Dispose();

    private async Task<(long At, IReadOnlyList<Fault> Faults, IReadOnlyList<FileUse> Files)> LookAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_looked is { } known && clock.GetElapsedTime(known.At) < Fresh) return known;
            var faults = Fault.Of(await health.CheckHealthAsync(cancellation));
            var looked = (clock.GetTimestamp(), faults, await use.ReadAsync(cancellation));
            _looked = looked;
            return looked;
        }
        finally
        {
            _ = _one.Release();
        }
    }

    // Hangfire goes by the machine's clock; the page by the portal's.
    private List<JobLine> Jobs()
    {
        using var connection = storage.GetConnection();
        return [.. connection.GetRecurringJobs().OrderBy(job => job.Id, StringComparer.Ordinal).Select(job => new JobLine(
            job.Id,
            book.Runs.GetValueOrDefault(job.Id),
            job.NextExecution is { } next ? new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc)) + clock.Shift : null))];
    }
}
