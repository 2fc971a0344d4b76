using System.Diagnostics;
using System.IO.Compression;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Backups;
using Live800.Portal.Features.Packages;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Tests.Features.Backups;

/// <summary>A backup is there whole or not at all, and of one instant whatever is written meanwhile.</summary>
public sealed class BackupWriterTests
{
    [Fact]
    public async Task A_name_is_of_the_instant_however_slowly_the_backup_begins()
    {
        using var room = await BackupRoom.OpenAsync();
        var folder = Directory.CreateDirectory(room.NewPath()).FullName;
        var slow = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow) { AutoAdvanceAmount = TimeSpan.FromSeconds(3) };
        var made = (await new BackupWriter(PortalFiles.Named(room.Data), new BackupSpace(), slow).TakeAsync(folder)).Made;
        Assert.NotNull(made);
        var line = Assert.Single(new BackupShelf().Read(folder));
        Assert.True(line.IsGood);
        Assert.Equal(made.Path, line.Path);
        Assert.Equal([made.Path], Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Where_it_cannot_be_written_nothing_is_left_and_the_reason_told()
    {
        using var room = await BackupRoom.OpenAsync();
        var missing = room.NewPath();
        Assert.Equal(BackupProblem.TargetUnwritable, (await room.Writer().TakeAsync(Path.Combine(missing, "backup.zip"))).Fault?.Problem);
        Assert.False(Directory.Exists(missing));
        await File.WriteAllTextAsync(room.Backup, "mine");
        Assert.Equal(BackupProblem.TargetExists, (await room.Writer().TakeAsync(room.Backup)).Fault?.Problem);
        Assert.Equal("mine", await File.ReadAllTextAsync(room.Backup));
        Assert.Equal(BackupProblem.NoPortal, (await new BackupWriter(PortalFiles.Named(missing), new BackupSpace(), TimeProvider.System).TakeAsync(room.NewPath())).Fault?.Problem);
        Assert.False(Directory.Exists(missing));
        // Nobody writes there, whatever his rights.
        if (OperatingSystem.IsLinux()) Assert.True((await room.Writer(new SetSpace(long.MaxValue)).TakeAsync("/proc/backup.zip")).Fault?.Problem is BackupProblem.TargetUnwritable or BackupProblem.Failed);
    }

    [Fact]
    public async Task A_disk_with_too_little_room_is_told_before_anything_is_copied()
    {
        using var room = await BackupRoom.OpenAsync();
        var taken = await room.Writer(new SetSpace(2_000_000)).TakeAsync(room.Backup);
        Assert.Equal(BackupProblem.NoSpace, taken.Fault?.Problem);
        Assert.Contains("has 1.9 MB", taken.Fault!.Sentence, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(room.Backup)!));
    }

    [Fact]
    public async Task A_disk_that_becomes_full_meanwhile_leaves_nothing()
    {
        using var room = await BackupRoom.OpenAsync();
        var disk = Directory.CreateDirectory(room.NewPath("disk")).FullName;
        // A real small disk, where whoever runs the tests may make one.
        if (!OperatingSystem.IsLinux() || !await RunAsync("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disk)) return;
        try
        {
            var taken = await room.Writer(new SetSpace(long.MaxValue)).TakeAsync(Path.Combine(disk, "backup.zip"));
            Assert.Equal(BackupProblem.DiskFull, taken.Fault?.Problem);
            Assert.Empty(Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            _ = await RunAsync("umount", disk);
        }
    }

    [Fact]
    public async Task One_at_a_time()
    {
        using var room = await BackupRoom.OpenAsync();
        BackupTaken? second = null;
        var first = await room.Writer().TakeAsync(room.Backup, new Hook(_ => second ??= room.Writer().TakeAsync(room.NewPath()).GetAwaiter().GetResult()));
        Assert.Null(first.Fault);
        Assert.Equal(BackupProblem.AlreadyRunning, second?.Fault?.Problem);
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_leaves_nothing_and_what_a_kill_left_is_cleared()
    {
        using var room = await BackupRoom.OpenAsync();
        foreach (var stage in new[] { BackupStage.Copying, BackupStage.Checking, BackupStage.Packing })
        {
            using var stop = new CancellationTokenSource();
            var taken = await room.Writer().TakeAsync(room.Backup, new Hook(progress =>
            {
                if (progress.Stage == stage) stop.Cancel();
            }), stop.Token);
            Assert.Equal(BackupProblem.Stopped, taken.Fault?.Problem);
            Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(room.Backup)!));
        }

        foreach (var end in new[] { ".part", ".portal.part", ".trail.part" }) await File.WriteAllTextAsync(room.Backup + end, "half");
        Assert.Null((await room.Writer().TakeAsync(room.Backup)).Fault);
        Assert.Equal([room.Backup], Directory.GetFiles(Path.GetDirectoryName(room.Backup)!));
    }

    [Fact]
    public async Task It_holds_databases_keys_and_files_and_nothing_else_and_says_how_far_it_is()
    {
        using var room = await BackupRoom.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(room.Data, "uploads", "7", "half.part"), "x");
        var progress = new List<BackupProgress>();
        var taken = await room.Writer().TakeAsync(Path.GetDirectoryName(room.Backup)!, new Hook(progress.Add));
        Assert.Null(taken.Fault);
        Assert.Equal(BackupName.Of(taken.Made!.At), Path.GetFileName(taken.Made.Path));
        await using var archive = await ZipFile.OpenReadAsync(taken.Made.Path);
        var names = archive.Entries.Select(entry => entry.FullName).ToList();
        Assert.Equal(BackupManifest.EntryName, names[^1]);
        Assert.Equal(["portal.db", "trail.db"], names.Take(2));
        Assert.All(names.Skip(2).SkipLast(1), name => Assert.Matches("^(keys|uploads)/", name));
        Assert.Contains("keys/proof.key", names);
        Assert.DoesNotContain(names, name => name.EndsWith(".part", StringComparison.Ordinal));
        Assert.Equal(taken.Made.Files, names.Count - 1);
        var copied = progress.Last(step => step is { Stage: BackupStage.Copying, File: "portal.db" });
        Assert.Equal(copied.Total, copied.Done);
        Assert.Equal(100, progress.Last(step => step.Stage == BackupStage.Packing).Percent);
        var check = await BackupRoom.Restore(room.NewPath()).CheckAsync(taken.Made.Path);
        Assert.Null(check.Fault);
        Assert.EndsWith("_BackupSettings", check.Manifest!.PortalMigration, StringComparison.Ordinal);
        Assert.Equal(BackupManifest.ThisVersion, check.Manifest.Version);
    }

    [Fact]
    public async Task Taken_while_everything_is_written_it_holds_a_prefix_with_all_that_was_acknowledged_before()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 1_000_000);
        var (guest, talk) = await room.TalkAsync(firm, await firm.EnterAsync());
        var folder = Directory.CreateTempSubdirectory("live800-backup-").FullName;
        using var stop = new CancellationTokenSource();
        var (said, answered, visited) = (0L, 0L, 0L);
        var writing = new[] { SayAsync(), AnswerAsync(), VisitAsync() };
        try
        {
            var writer = new BackupWriter(room.Data.Get<PortalFiles>(), new BackupSpace(), TimeProvider.System);
            var during = 0L;
            for (var round = 0; round < 5; round++)
            {
                while (Volatile.Read(ref said) < (round + 1) * 30 || Volatile.Read(ref visited) < (round + 1) * 30) await Task.Yield();
                var before = (Said: Volatile.Read(ref said), Answered: Volatile.Read(ref answered), Visited: Volatile.Read(ref visited));
                var taken = await writer.TakeAsync(Path.Combine(folder, $"{round}.zip"));
                Assert.Null(taken.Fault);
                during += Volatile.Read(ref said) - before.Said;

                var restored = Path.Combine(folder, $"restored{round}");
                Assert.Null((await BackupRoom.Restore(restored).RunAsync(taken.Made!.Path)).Fault);
                var messages = Column(restored, "portal.db", "SELECT Sequence FROM ChatMessages ORDER BY Sequence");
                Assert.Equal(Enumerable.Range(1, messages.Count).Select(i => (long)i), messages);
                Assert.InRange(messages[^1], before.Said, long.MaxValue);
                var lines = Column(restored, "portal.db", "SELECT Number FROM LedgerLines ORDER BY Number");
                Assert.Equal(Enumerable.Range(1, lines.Count).Select(i => (long)i), lines);
                Assert.InRange(lines.Count, before.Answered, long.MaxValue);
                var visits = Column(restored, "trail.db", "SELECT Id FROM Visits WHERE Id > 5000000 ORDER BY Id");
                Assert.Equal(Enumerable.Range(1, visits.Count).Select(i => 5_000_000L + i), visits.Order());
                Assert.InRange(visits.Count, before.Visited, long.MaxValue);

                var output = new StringWriter();
                Assert.True(await VerifyLedgerVerb.RunAsync(new PortalOptions { DataDirectory = restored }, json: false, output) == 0, output.ToString());
                SqliteConnection.ClearAllPools();
            }

            Assert.True(during > 0, "Nothing was written meanwhile.");
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            Directory.Delete(folder, recursive: true);
        }

        async Task SayAsync()
        {
            while (!stop.IsCancellationRequested)
                Volatile.Write(ref said, (await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), new string('字', 800))).Value.Sequence);
        }

        async Task AnswerAsync()
        {
            for (var next = 7_000_000L; !stop.IsCancellationRequested; next++)
            {
                var line = await room.Data.Writes.RunAsync((write, token) => room.Packages.TakeAnswerAsync(write, firm.Id, AnswerWay.VisitorAsks, firm.Agents[0].Agent, new ConversationId(next), room.Now, token));
                Volatile.Write(ref answered, line.Value.Number);
            }
        }

        async Task VisitAsync()
        {
            for (var next = 5_000_001L; !stop.IsCancellationRequested; next++)
            {
                var visit = new Visit(new VisitId(next), firm.Id, new VisitorId(next), VisitSource.Classify("", "https://shop.example/"), "https://shop.example/", "Shop", "agent", "127.0.0.1", room.Now);
                await room.Data.TrailWrites.RunAsync((context, token) => context.Visits.AddAsync(visit, token).AsTask());
                Volatile.Write(ref visited, next - 5_000_000);
            }
        }
    }

    private static List<long> Column(string folder, string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<long>();
        while (reader.Read()) values.Add(reader.GetInt64(0));
        return values;
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private sealed class Hook(Action<BackupProgress> act) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) => act(value);
    }
}
