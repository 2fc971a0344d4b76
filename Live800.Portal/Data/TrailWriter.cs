using System.Diagnostics;
using System.Threading.Channels;
using Live800.Portal.Data.Rollups;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Data;

/// <summary>
/// Takes page views and writes them to trail.db, many to a commit. It is bounded: what it does not take is refused at once, so that
/// nothing is dropped silently, and what it took is acknowledged after the commit. The statistics are carried on in the same commit.
/// </summary>
public sealed class TrailWriter : IAsyncDisposable
{
    private const int Capacity = 8192;
    private const int MaxBatch = 1000;
    private const int SqliteConstraint = 19;

    private readonly Channel<TrailWork> _works = Channel.CreateBounded<TrailWork>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly List<TrailWork> _batch = new(MaxBatch);
    private readonly WriteQueue<TrailDbContext> _writes;
    private readonly TrailRollups _rollups;
    private readonly ILogger<TrailWriter> _log;
    private readonly Task _loop;

    public TrailWriter(WriteQueue<TrailDbContext> writes, CompanyCalendars calendars, ILogger<TrailWriter> log)
    {
        _writes = writes;
        _rollups = new TrailRollups(calendars);
        _log = log;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Works that wait for their batch.</summary>
    public int Waiting => _works.Reader.Count;

    /// <summary>Takes the work, or refuses when too much is waiting. <see cref="TrailWork.Stored"/> tells when it is committed.</summary>
    public bool TryAdd(TrailWork work) => _works.Writer.TryWrite(work);

    /// <summary>Waits for room and for the commit.</summary>
    public async Task StoreAsync(TrailWork work, CancellationToken cancellation = default)
    {
        await _works.Writer.WriteAsync(work, cancellation);
        await work.Stored.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_works.Writer.TryComplete())
            await _loop;
    }

    private async Task LoopAsync()
    {
        var reader = _works.Reader;
        while (await reader.WaitToReadAsync())
        {
            while (_batch.Count < MaxBatch && reader.TryRead(out var work))
                _batch.Add(work);
            using var span = Instruments.Source.StartActivity("page views")?.SetTag("works", _batch.Count);
            try
            {
                _ = await _writes.RunRawAsync(WriteBatch);
                foreach (var work in _batch)
                    work.Complete();
            }
            catch (Exception failure)
            {
                _rollups.Forget();
                _ = span?.SetStatus(ActivityStatusCode.Error);
                _log.LogError(failure, "{Count} page views could not be stored", _batch.Count);
                foreach (var work in _batch)
                    work.Fail(failure);
            }

            _batch.Clear();
        }
    }

    private int WriteBatch(RawWrite raw)
    {
        _rollups.Raw = raw;
        var statements = new TrailStatements(raw, _rollups);
        foreach (var work in _batch)
        {
            try
            {
                work.Write(statements);
            }
            catch (SqliteException refused) when (refused.SqliteErrorCode == SqliteConstraint)
            {
                // One view that contradicts what is stored fails alone.
                work.Failure = refused;
            }
        }

        _rollups.Book.Flush(raw);
        _rollups.ForgetNames();
        return _batch.Count;
    }
}
