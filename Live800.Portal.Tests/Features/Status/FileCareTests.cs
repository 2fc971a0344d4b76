using Live800.Portal.Data;
using Live800.Portal.Features.Status;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Status;

public sealed class FileCareTests
{
    [Fact]
    public async Task A_wal_that_somebody_reads_in_is_left_alone_and_nobody_waits_for_it()
    {
        await using var room = await OpenAsync();
        await GrowAsync(room);
        await using (var reader = new SqliteConnection(room.Get<DataFile<PortalDbContext>>().ConnectionString))
        {
            await reader.OpenAsync();
            _ = await reader.SayAsync("BEGIN");
            _ = await reader.SayAsync("SELECT COUNT(*) FROM AspNetRoles");
            await GrowAsync(room);
            var cut = Assert.Single(await room.Get<FileCare>().CutWalsAsync(0), cut => cut.File == "portal.db");
            Assert.Equal(cut.Before, cut.After);
            // Writers go on while it lasts.
            await GrowAsync(room);
            _ = await reader.SayAsync("ROLLBACK");
        }

        Assert.Equal(90, await RowsAsync(room));
    }

    [Fact]
    public async Task A_large_wal_is_brought_down_to_nothing_and_everything_is_still_there()
    {
        await using var room = await OpenAsync();
        await GrowAsync(room);
        var wal = room.Get<DataFile<PortalDbContext>>().Path + "-wal";
        Assert.True(new FileInfo(wal).Length > 0);
        Assert.DoesNotContain(await room.Get<FileCare>().CutWalsAsync(1L << 40), _ => true);
        var cut = Assert.Single(await room.Get<FileCare>().CutWalsAsync(0), cut => cut.File == "portal.db");
        Assert.True(cut.Before > 0);
        Assert.Equal((0, 0), (cut.After, new FileInfo(wal).Length));
        Assert.Equal(30, await RowsAsync(room));
        await GrowAsync(room);
        Assert.Equal(60, await RowsAsync(room));
    }

    [Fact]
    public async Task Snapshots_of_before_an_upgrade_go_after_a_month()
    {
        await using var room = await OpenAsync();
        var (old, fresh) = (Path.Combine(room.Folder, "portal.db.before-upgrade"), Path.Combine(room.Folder, "trail.db.before-upgrade"));
        foreach (var path in new[] { old, fresh }) await File.WriteAllTextAsync(path, "x");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-31));
        File.SetLastWriteTimeUtc(fresh, DateTime.UtcNow.AddDays(-29));
        await new HousekeepingJob(room.Get<FileCare>(), StatusLimits.Default).RunAsync(CancellationToken.None);
        Assert.Equal((false, true), (File.Exists(old), File.Exists(fresh)));
    }

    [Fact]
    public async Task What_was_given_free_inside_a_file_is_told()
    {
        await using var room = await OpenAsync();
        var path = room.Get<DataFile<PortalDbContext>>().Path;
        var before = await room.Get<FileCare>().ReusableAsync(path);
        await room.Writes.RunAsync(async (context, token) =>
        {
            _ = await context.Database.ExecuteSqlRawAsync("CREATE TABLE Scratch (Text TEXT); INSERT INTO Scratch VALUES (zeroblob(200000));", token);
            _ = await context.Database.ExecuteSqlRawAsync("DROP TABLE Scratch", token);
        });
        Assert.True(await room.Get<FileCare>().ReusableAsync(path) > before);
    }

    private static Task<DataRoom> OpenAsync() => DataRoom.OpenAsync(services => services.AddSingleton<FileCare>());

    private static async Task GrowAsync(DataRoom room)
    {
        for (var i = 0; i < 30; i++)
        {
            await room.Writes.RunAsync((context, token) =>
            {
                _ = context.Roles.Add(Rows.Named(Guid.NewGuid().ToString()));
                return Task.CompletedTask;
            });
        }
    }

    private static async Task<int> RowsAsync(DataRoom room)
    {
        await using var context = room.Read();
        return await context.Roles.CountAsync();
    }
}

internal static class Saying
{
    public static async Task<object?> SayAsync(this SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
