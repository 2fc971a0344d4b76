using Live800.Domain.Packages;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Tests.Data;

public sealed class UpgradeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("live800-upgrade-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_upgrade_killed_in_the_middle_is_undone_and_done_again_at_the_next_start()
    {
        await PrepareAsync("kept");
        var file = Path.Combine(_folder, "portal.db");
        // As a killed upgrade leaves it: the snapshot beside the file, the file half changed, EF's lock row taken.
        File.Copy(file, file + ".upgrading");
        Execute(file, "DROP TABLE ChatMessages; DELETE FROM AspNetRoles; DELETE FROM __EFMigrationsHistory; CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT NOT NULL); INSERT OR REPLACE INTO __EFMigrationsLock VALUES (1, 'x');");

        await using var room = await DataRoom.OpenAsync(folder: _folder);

        await using var context = room.Read();
        Assert.Equal("kept", (await context.Roles.SingleAsync()).Name);
        Assert.Empty(await context.ChatMessages.ToListAsync());
    }

    [Fact]
    public async Task An_upgrade_that_fails_leaves_the_file_as_it_was_and_says_so()
    {
        await PrepareAsync("kept");
        var file = Path.Combine(_folder, "portal.db");
        // The last migration counts as not applied any more, so that it is tried on a file that has its columns already.
        var last = Scalar(file, "SELECT MAX(MigrationId) FROM __EFMigrationsHistory");
        Execute(file, $"DELETE FROM __EFMigrationsHistory WHERE MigrationId = '{last}'");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => DataRoom.OpenAsync(folder: _folder));
        Assert.Contains("Both files are as they were before", refused.Message, StringComparison.Ordinal);

        SqliteConnection.ClearAllPools();
        Assert.Equal("kept", Scalar(file, "SELECT Name FROM AspNetRoles"));
        Assert.NotEqual(last, Scalar(file, "SELECT MAX(MigrationId) FROM __EFMigrationsHistory"));
        Assert.False(File.Exists(file + ".upgrading"));
    }

    [Theory]
    [InlineData("portal.db", "DELETE FROM SeatSamples", "had 378 rows in SeatSamples and has 0 now")]
    [InlineData("portal.db", "UPDATE LedgerLines SET At = At + 1 WHERE Number = 3", "ledger")]
    [InlineData("trail.db", "DELETE FROM TrailSteps", "had 355 rows in TrailSteps and has 0 now")]
    public async Task What_an_upgrade_loses_or_changes_undoes_both_files(string file, string sql, string fault)
    {
        var folder = FirstVersion.Unpack();
        try
        {
            var (portal, trail) = (Path.Combine(folder, "portal.db"), Path.Combine(folder, "trail.db"));
            // A later version's fault: what its migration does beside what it should.
            Execute(Path.Combine(folder, file), $"CREATE TRIGGER Fault AFTER INSERT ON __EFMigrationsHistory BEGIN {sql}; END");
            var refused = await Assert.ThrowsAsync<StartRefusedException>(() => DataRoom.OpenAsync(services => services.AddSingleton<IUpgradeCheck>(provider => new LedgerUpgradeCheck(
                provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), new LedgerSeal(provider.GetRequiredService<PortalFiles>().Key("ledger")), Options.Create(new PortalOptions()))), folder));
            Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
            foreach (var one in new[] { portal, trail })
            {
                Assert.EndsWith("_Initial", Scalar(one, "SELECT MAX(MigrationId) FROM __EFMigrationsHistory"), StringComparison.Ordinal);
                Assert.False(File.Exists(one + ".upgrading"));
            }
            Assert.Equal("87 6 86", Scalar(portal, "SELECT (SELECT count(*) FROM Conversations) || ' ' || (SELECT count(*) FROM Agents) || ' ' || (SELECT count(*) FROM LedgerLines)"));
            Assert.Equal("355", Scalar(trail, "SELECT CAST(count(*) AS TEXT) FROM TrailSteps"));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Two_portals_do_not_serve_one_folder()
    {
        await using var room = await DataRoom.OpenAsync(folder: _folder);

        var second = await Assert.ThrowsAsync<StartRefusedException>(() => DataRoom.OpenAsync(folder: _folder));

        Assert.Contains(_folder, second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_and_keys_are_for_their_owner_only()
    {
        await using var room = await DataRoom.OpenAsync(folder: _folder);
        var files = room.Get<PortalFiles>();
        var key = files.Key("proof");

        Assert.Equal(32, key.Length);
        Assert.Equal(key, new PortalFiles(_folder).Key("proof"));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal("700", Mode(files.Keys));
        Assert.Equal("600", Mode(Path.Combine(files.Keys, "proof.key")));
        Assert.Equal("600", Mode(files.PortalDb));
        Assert.Equal("600", Mode(files.TrailDb));
        static string Mode(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);
    }

    [Fact]
    public async Task Both_files_keep_a_journal_that_readers_do_not_wait_for()
    {
        await using var room = await DataRoom.OpenAsync(folder: _folder);

        Assert.Equal("wal", await room.Writes.RunRawAsync(raw => (string)raw.Prepared("PRAGMA journal_mode").ExecuteScalar()!));
        Assert.Equal(2L, await room.Writes.RunRawAsync(raw => (long)raw.Prepared("PRAGMA synchronous").ExecuteScalar()!));
        Assert.Equal(1L, await room.TrailWrites.RunRawAsync(raw => (long)raw.Prepared("PRAGMA synchronous").ExecuteScalar()!));
        Assert.Equal(1L, await room.Writes.RunRawAsync(raw => (long)raw.Prepared("PRAGMA foreign_keys").ExecuteScalar()!));
    }

    private async Task PrepareAsync(string name)
    {
        await using var room = await DataRoom.OpenAsync(folder: _folder);
        await room.Writes.RunAsync((context, token) => context.Roles.AddAsync(Rows.Named(name), token).AsTask());
        await using var context = room.Read();
        _ = await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    private static string? Scalar(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string?)command.ExecuteScalar();
    }
}
