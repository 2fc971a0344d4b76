using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Live800.Portal.Data;

/// <summary>
/// The one writer of a file. Works that wait together share one immediate transaction and one commit (group commit); each runs in its own
/// savepoint on its own context, so that one that throws is rolled back alone. Callers hear of success only after the commit; when the commit
/// fails, all of the batch hear the failure. The queue is bounded: whoever finds it full waits.
/// </summary>
/// <remarks>SaveChanges is called by the queue. A work must not call the same queue again, and must not wait for anything but the database.</remarks>
public sealed class WriteQueue<TContext> : IAsyncDisposable, IWriteLoad
    where TContext : DbContext
{
    private static readonly AsyncLocal<object?> Running = new();

    private readonly Channel<Work> _works;
    private readonly WriteLimits _limits;
    private readonly DataFile<TContext> _file;
    private readonly Func<DbContextOptions<TContext>, TContext> _create;
    private readonly Action<RawWrite>? _beforeCommit;
    private readonly WriteMeter? _meter;
    private readonly Func<IModel>? _model;
    private readonly ILogger _log;
    private readonly List<Work> _batch = [];
    private readonly Task _loop;
    private DbContextOptions<TContext> _options = null!;
    private RawWrite? _raw;
    private long _commits;
    // When the first work of the running batch came; nothing between two batches.
    private long _oldest;

    /// <param name="beforeCommit">Runs once per batch that changed anything, just before its commit.</param>
    /// <param name="model">The model its readers have made; making another one takes half a second of a start, and as much memory again.</param>
    public WriteQueue(
        DataFile<TContext> file,
        Func<DbContextOptions<TContext>, TContext> create,
        ILogger<WriteQueue<TContext>> log,
        Action<RawWrite>? beforeCommit = null,
        WriteLimits? limits = null,
        WriteMeter? meter = null,
        Func<IModel>? model = null)
    {
        _limits = limits ?? WriteLimits.Default;
        _works = Channel.CreateBounded<Work>(new BoundedChannelOptions(_limits.Capacity) { SingleReader = true });
        _file = file;
        _create = create;
        _log = log;
        _beforeCommit = beforeCommit;
        _meter = meter;
        _model = model;
        File = Path.GetFileNameWithoutExtension(file.Path);
        meter?.Watch(this);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Commits since the start; with the number of works it tells how many share one.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    public string File { get; }

    public int Waiting => _works.Reader.Count;

    public TimeSpan OldestWait
    {
        get
        {
            // The line is in order: while a batch runs, nobody has waited longer than its first work.
            var came = Volatile.Read(ref _oldest);
            if (came == 0 && _works.Reader.TryPeek(out var next)) came = next.Came;
            return came == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(came);
        }
    }

    public Task<T> RunAsync<T>(Func<TContext, CancellationToken, Task<T>> work, CancellationToken cancellation = default) =>
        RunAsync((context, _, token) => work(context, token), cancellation);

    public Task RunAsync(Func<TContext, CancellationToken, Task> work, CancellationToken cancellation = default) =>
        RunAsync(
            async (context, token) =>
            {
                await work(context, token);
                return true;
            },
            cancellation);

    /// <summary>Work with a context and prepared SQL beside it, in one savepoint.</summary>
    internal Task<T> RunAsync<T>(Func<TContext, RawWrite, CancellationToken, Task<T>> work, CancellationToken cancellation = default) =>
        EnqueueAsync(new ContextWork<T>(work, cancellation));

    /// <summary>Work with prepared SQL on the writer's connection, for the few fast paths inside Data/.</summary>
    internal Task<T> RunRawAsync<T>(Func<RawWrite, T> work, CancellationToken cancellation = default) =>
        EnqueueAsync(new RawWork<T>(work, cancellation));

    /// <summary>Takes no new work, finishes what was taken, closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_works.Writer.TryComplete()) return;
        await _loop;
        CloseConnection();
    }

    private async Task<T> EnqueueAsync<T>(Work<T> work)
    {
        if (Running.Value == (object)this)
            throw new InvalidOperationException("A work of the write queue waits for the same queue: it would wait for ever. Do both in one work.");
        if (!_works.Writer.TryWrite(work)) await _works.Writer.WriteAsync(work, work.Cancellation);
        return await work.Result;
    }

    private async Task LoopAsync()
    {
        Running.Value = this;
        var reader = _works.Reader;
        while (await reader.WaitToReadAsync())
        {
            try
            {
                await RunBatchAsync(reader);
            }
            catch (Exception failure)
            {
                _log.LogError(failure, "A batch of {Count} writes to {File} failed as a whole; none of them is stored", _batch.Count, _file.Path);
                foreach (var work in _batch) work.Fail(failure);
                CloseConnection();
            }
            finally
            {
                Volatile.Write(ref _oldest, 0);
                _batch.Clear();
            }
        }
    }

    private async Task RunBatchAsync(ChannelReader<Work> reader)
    {
        if (!reader.TryRead(out var work)) return;
        Volatile.Write(ref _oldest, work.Came);
        _batch.Add(work);
        var raw = _raw ??= OpenConnection();
        var started = Stopwatch.GetTimestamp();
        // Microsoft.Data.Sqlite begins immediate unless told otherwise.
        await using var transaction = (SqliteTransaction)await raw.Connection.BeginTransactionAsync();
        raw.Transaction = transaction;
        while (true)
        {
            await RunOneAsync(raw, work);
            if (_batch.Count >= _limits.Batch || Stopwatch.GetElapsedTime(started) >= _limits.BatchTime || !reader.TryRead(out work!)) break;
            _batch.Add(work);
        }

        if (_batch.Exists(done => !done.IsFailed))
        {
            _beforeCommit?.Invoke(raw);
            var committing = Stopwatch.GetTimestamp();
            await transaction.CommitAsync();
            _ = Interlocked.Increment(ref _commits);
            _meter?.Committed(this, _batch.Count, Stopwatch.GetElapsedTime(committing));
        }
        else
        {
            await transaction.RollbackAsync();
        }
        raw.Transaction = null;
        foreach (var done in _batch) done.Complete();
    }

    private async Task RunOneAsync(RawWrite raw, Work work)
    {
        if (work.Cancellation.IsCancellationRequested)
        {
            work.Remember(new OperationCanceledException(work.Cancellation));
            return;
        }
        _ = raw.Execute("SAVEPOINT work");
        try
        {
            await work.RunAsync(this, raw);
        }
        catch (Exception failure)
        {
            work.Remember(failure);
            // Where SQLite itself has given up the whole transaction (disk full), the savepoint is gone: this throws, and the whole batch fails.
            _ = raw.Execute("ROLLBACK TO work");
        }
        _ = raw.Execute("RELEASE work");
    }

    private RawWrite OpenConnection()
    {
        var connection = new SqliteConnection(_file.WriterConnectionString);
        try
        {
            connection.Open();
            using (var pragmas = connection.CreateCommand())
            {
                pragmas.CommandText = _file.Pragmas + " PRAGMA journal_mode=WAL;";
                _ = pragmas.ExecuteNonQuery();
            }
            var model = _model?.Invoke();
            // Without a connection here: EF registers its SQL functions anew for each context that is given one by options, and that makes SQLite throw away every prepared statement.
            _options = Options(new DbContextOptionsBuilder<TContext>().UseSqlite(), model);
            // The first context registers them on the connection, once.
            using var first = _create(Options(new DbContextOptionsBuilder<TContext>().UseSqlite(connection), model));
            _ = first.Database.GetDbConnection();
            return new RawWrite(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static DbContextOptions<TContext> Options(DbContextOptionsBuilder<TContext> options, IModel? model) => (model is null ? options : options.UseModel(model)).Options;

    private void CloseConnection()
    {
        if (_raw is not { } raw) return;
        _raw = null;
        raw.Forget();
        raw.Connection.Dispose();
    }

    private abstract class Work(CancellationToken cancellation)
    {
        public CancellationToken Cancellation { get; } = cancellation;

        public long Came { get; } = Stopwatch.GetTimestamp();

        public abstract bool IsFailed { get; }

        public abstract Task RunAsync(WriteQueue<TContext> queue, RawWrite raw);

        public abstract void Remember(Exception failure);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private abstract class Work<T>(CancellationToken cancellation) : Work(cancellation)
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _failure;

        public Task<T> Result => _completion.Task;

        public override bool IsFailed => _failure is not null;

        protected T Value { get; set; } = default!;

        public override void Remember(Exception failure) => _failure = failure;

        public override void Complete()
        {
            if (_failure is null) _ = _completion.TrySetResult(Value);
            else Fail(_failure);
        }

        public override void Fail(Exception failure)
        {
            if (failure is OperationCanceledException canceled) _ = _completion.TrySetCanceled(canceled.CancellationToken);
            else _ = _completion.TrySetException(_failure ?? failure);
        }
    }

    private sealed class ContextWork<T>(Func<TContext, RawWrite, CancellationToken, Task<T>> work, CancellationToken cancellation) : Work<T>(cancellation)
    {
        public override async Task RunAsync(WriteQueue<TContext> queue, RawWrite raw)
        {
            await using var context = queue._create(queue._options);
            context.Database.SetDbConnection(raw.Connection, contextOwnsConnection: false);
            context.Database.AutoSavepointsEnabled = false;
            _ = await context.Database.UseTransactionAsync(raw.Transaction, Cancellation);
            Value = await work(context, raw, Cancellation);
            _ = await context.SaveChangesAsync(Cancellation);
        }
    }

    private sealed class RawWork<T>(Func<RawWrite, T> work, CancellationToken cancellation) : Work<T>(cancellation)
    {
        public override Task RunAsync(WriteQueue<TContext> queue, RawWrite raw)
        {
            Value = work(raw);
            return Task.CompletedTask;
        }
    }
}
