using Live800.Portal.Data;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Live800.Portal.Tests.Data;

public sealed class WriteQueueTests
{
    [Fact]
    public async Task A_work_that_fails_leaves_its_neighbours_stored()
    {
        await using var room = await DataRoom.OpenAsync();
        var gate = new Gate(room.Writes);

        var before = Store(room.Writes, "a");
        var failing = Store(room.Writes, "a");
        var throwing = room.Writes.RunAsync(async (context, token) =>
        {
            _ = context.Roles.Add(Rows.Named("c"));
            _ = await context.SaveChangesAsync(token);
            throw new InvalidOperationException("not this one");
        });
        var after = Store(room.Writes, "b");
        gate.Open();

        await Task.WhenAll(before, after);
        _ = await Assert.ThrowsAsync<DbUpdateException>(() => failing);
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => throwing);
        Assert.Equal(["a", "b"], await NamesAsync(room));
    }

    [Fact]
    public async Task Works_that_wait_together_share_one_commit()
    {
        await using var room = await DataRoom.OpenAsync();
        await using var queue = Queue(room, new WriteLimits(400, TimeSpan.FromMinutes(1), 400));
        var gate = new Gate(queue);

        var works = Enumerable.Range(0, 300).Select(i => Store(queue, $"row {i:000}")).ToList();
        gate.Open();
        await Task.WhenAll(works);

        Assert.Equal(1, queue.Commits);
        Assert.Equal(300, (await NamesAsync(room)).Count);
    }

    [Fact]
    public async Task A_batch_ends_at_its_limit_and_the_next_one_goes_on()
    {
        await using var room = await DataRoom.OpenAsync();
        await using var queue = Queue(room, new WriteLimits(10, TimeSpan.FromMinutes(1), 400));
        var gate = new Gate(queue);

        var works = Enumerable.Range(0, 29).Select(i => Store(queue, $"row {i:000}")).ToList();
        gate.Open();
        await Task.WhenAll(works);

        Assert.Equal(3, queue.Commits);
    }

    [Fact]
    public async Task A_commit_that_fails_acknowledges_nobody_and_the_queue_goes_on()
    {
        await using var room = await DataRoom.OpenAsync();
        await using var queue = Queue(room, new WriteLimits(400, TimeSpan.FromMinutes(1), 400));
        var gate = new Gate(queue);

        var innocent = Store(queue, "innocent");
        var poison = queue.RunAsync(async (context, token) =>
        {
            // A foreign key that is only looked at when the transaction commits.
            _ = await context.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys=ON; INSERT INTO AspNetUserRoles (UserId, RoleId) VALUES (1, 1);", token);
        });
        var another = Store(queue, "another");
        gate.Open();

        _ = await Assert.ThrowsAsync<SqliteException>(() => innocent);
        _ = await Assert.ThrowsAsync<SqliteException>(() => poison);
        _ = await Assert.ThrowsAsync<SqliteException>(() => another);
        Assert.Empty(await NamesAsync(room));
        Assert.Equal(0, queue.Commits);

        await Store(queue, "later");
        Assert.Equal(["later"], await NamesAsync(room));
    }

    [Fact]
    public async Task Fifty_writers_with_readers_and_a_direct_writer_beside_them_meet_no_lock()
    {
        await using var room = await DataRoom.OpenAsync();
        var writers = Enumerable.Range(0, 50).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++) await Store(room.Writes, $"{writer}/{i}");
        }));
        var direct = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await using var context = room.Read();
                _ = context.Roles.Add(Rows.Named($"direct {i}"));
                _ = await context.SaveChangesAsync();
            }
        });
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) Assert.NotNull(await NamesAsync(room));
        }));

        await Task.WhenAll([.. writers, direct, .. readers]);

        Assert.Equal((50 * 20) + 20, (await NamesAsync(room)).Count);
    }

    [Fact]
    public async Task A_work_that_waits_for_its_own_queue_is_told_instead_of_waiting_for_ever()
    {
        await using var room = await DataRoom.OpenAsync();

        var nested = room.Writes.RunAsync((_, _) => Store(room.Writes, "never"));

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => nested);
        Assert.Empty(await NamesAsync(room));
    }

    [Fact]
    public async Task A_work_given_up_before_its_turn_is_not_stored()
    {
        await using var room = await DataRoom.OpenAsync();
        var gate = new Gate(room.Writes);
        using var giveUp = new CancellationTokenSource();

        var work = room.Writes.RunAsync(
            (context, token) =>
            {
                token.ThrowIfCancellationRequested();
                _ = context.Roles.Add(Rows.Named("given up"));
                return Task.CompletedTask;
            },
            giveUp.Token);
        await giveUp.CancelAsync();
        gate.Open();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Empty(await NamesAsync(room));
    }

    [Fact]
    public async Task Stopping_finishes_what_was_taken()
    {
        await using var room = await DataRoom.OpenAsync();
        var queue = Queue(room, WriteLimits.Default);
        var gate = new Gate(queue);
        var works = Enumerable.Range(0, 50).Select(i => Store(queue, $"row {i}")).ToList();

        var stopping = queue.DisposeAsync();
        gate.Open();
        await stopping;

        await Task.WhenAll(works);
        Assert.Equal(50, (await NamesAsync(room)).Count);
    }

    [Fact]
    public async Task Prepared_sql_shares_the_batch_with_contexts()
    {
        await using var room = await DataRoom.OpenAsync();
        await using var queue = Queue(room, new WriteLimits(400, TimeSpan.FromMinutes(1), 400));
        var gate = new Gate(queue);

        var stored = Store(queue, "by context");
        var seen = queue.RunRawAsync(raw =>
        {
            var command = raw.Prepared("SELECT COUNT(*) FROM AspNetRoles WHERE Name=@name", "@name");
            command.Parameters[0].Value = "by context";
            return (long)command.ExecuteScalar()!;
        });
        gate.Open();

        await stored;
        Assert.Equal(1, await seen);
        Assert.Equal(1, queue.Commits);
    }

    private static WriteQueue<PortalDbContext> Queue(DataRoom room, WriteLimits limits) =>
        new(room.Get<DataFile<PortalDbContext>>(), options => new PortalDbContext(options), NullLogger<WriteQueue<PortalDbContext>>.Instance, limits: limits);

    private static Task Store(WriteQueue<PortalDbContext> queue, string name) => queue.RunAsync((context, token) =>
    {
        token.ThrowIfCancellationRequested();
        _ = context.Roles.Add(Rows.Named(name));
        return Task.CompletedTask;
    });

    private static async Task<List<string?>> NamesAsync(DataRoom room)
    {
        await using var context = room.Read();
        return await context.Roles.OrderBy(role => role.Name).Select(role => role.Name).ToListAsync();
    }

    /// <summary>Holds the queue in a work until opened, so that everything given to it meanwhile waits together.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Gate(WriteQueue<PortalDbContext> queue) => _ = queue.RunAsync((_, _) => _open.Task);

        public void Open() => _open.SetResult();
    }
}
