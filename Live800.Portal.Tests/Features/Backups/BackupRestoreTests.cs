using System.Buffers.Binary;
using System.Text;
using Live800.Portal.Data;
using Live800.Portal.Features.Backups;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Live800.Portal.Tests.Features.Backups;

/// <summary>A backup is restored whole or not at all, and what was there before is never lost.</summary>
public sealed class BackupRestoreTests
{
    [Fact]
    public async Task A_backup_that_was_cut_anywhere_is_refused_and_the_folder_untouched()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var whole = await File.ReadAllBytesAsync(room.Backup);
        var before = BackupRoom.Files(room.Data);
        var lengths = Enumerable.Range(0, 40).Select(i => (int)((long)whole.Length * i / 40)).Concat(Enumerable.Range(1, 100).Select(i => whole.Length - i));
        var cut = room.NewPath("cut");
        foreach (var length in lengths)
        {
            await File.WriteAllBytesAsync(cut, whole[..length]);
            var restored = await BackupRoom.Restore(room.Data).RunAsync(cut);
            Assert.True(restored.Fault?.Problem is BackupProblem.NotABackup or BackupProblem.Damaged, $"{length} of {whole.Length}: {restored.Fault}");
        }

        Assert.Equal(before, BackupRoom.Files(room.Data));
    }

    [Fact]
    public async Task A_changed_byte_in_any_of_its_files_is_found_and_the_folder_untouched()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var whole = await File.ReadAllBytesAsync(room.Backup);
        var (present, clean) = (room.NewPath(), room.NewPath());
        await BackupRoom.FillAsync(present, "present");
        var before = BackupRoom.Files(present);
        Assert.Null((await BackupRoom.Restore(clean).RunAsync(room.Backup)).Fault);
        var entries = Entries(whole);
        Assert.Contains(entries, entry => entry.Name == BackupManifest.EntryName);
        Assert.Contains(entries, entry => entry.Name == "keys/proof.key");
        Assert.Contains(entries, entry => entry.Name.StartsWith("uploads/7/", StringComparison.Ordinal));
        var changed = room.NewPath("changed");
        foreach (var (name, start, length) in entries)
        {
            var found = 0;
            foreach (var at in Enumerable.Range(0, 10).Select(i => start + (length * i / 10)))
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] ^= 0x10;
                await File.WriteAllBytesAsync(changed, bytes);
                // Packed zeros can be written in several ways: then nothing was changed.
                if (Reads(changed)) continue;
                found++;
                var restored = await BackupRoom.Restore(present).RunAsync(changed);
                Assert.True(restored.Fault?.Problem is BackupProblem.NotABackup or BackupProblem.Damaged, $"{name} at {at}: {restored.Fault}");
            }

            Assert.True(found >= 5, $"{name}: {found}");
        }

        Assert.Equal(before, BackupRoom.Files(present));

        bool Reads(string path)
        {
            var target = room.NewPath();
            try
            {
                using var backup = BackupFile.Open(path);
                backup.Read(name => Path.Combine(target, name), BackupStage.Unpacking, null, CancellationToken.None);
            }
            catch (BackupException)
            {
                return false;
            }

            Assert.Equal(BackupRoom.Files(clean).OrderBy(file => file.Key), BackupRoom.Files(target).OrderBy(file => file.Key));
            return true;
        }
    }

    [Fact]
    public async Task A_changed_byte_anywhere_else_is_found_or_changes_nothing_that_is_restored()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var whole = await File.ReadAllBytesAsync(room.Backup);
        var data = Entries(whole);
        var changed = room.NewPath("changed");
        var (found, tried) = (0, 0);
        var at = Enumerable.Range(0, whole.Length).Where(i => !data.Any(entry => i >= entry.Start && i < entry.Start + entry.Length)).Where((_, i) => i % 3 == 0);
        foreach (var i in at)
        {
            var bytes = (byte[])whole.Clone();
            bytes[i] ^= 0x21;
            await File.WriteAllBytesAsync(changed, bytes);
            tried++;
            try
            {
                using var backup = BackupFile.Open(changed);
                backup.Read(_ => null, BackupStage.Reading, null, CancellationToken.None);
            }
            catch (BackupException)
            {
                found++;
            }
        }

        Assert.True(found > tried / 3, $"{found} of {tried}");
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("keys/../../evil")]
    [InlineData("/tmp/evil")]
    [InlineData("keys//evil")]
    [InlineData("keys/..")]
    [InlineData("uploads/7/..\\..\\evil")]
    [InlineData("uploads/C:evil")]
    [InlineData("portal.lock")]
    [InlineData("mail/letter.eml")]
    [InlineData("portal.db-wal")]
    [InlineData("keys")]
    [InlineData("keys/a\u0001b")]
    public async Task A_name_that_has_no_place_in_a_portal_is_refused(string name)
    {
        using var room = await BackupRoom.WithBackupAsync();
        var evil = Encoding.UTF8.GetBytes("evil");
        var before = BackupRoom.Files(room.Data);
        foreach (var forged in new[]
        {
            room.Forge(manifest => manifest with { Entries = [.. manifest.Entries, BackupRoom.Entry(name, evil)] }, (name, evil)),
            room.Forge(manifest => manifest, (name, evil)),
        })
        {
            Assert.Equal(BackupProblem.NameRefused, (await BackupRoom.Restore(room.Data).RunAsync(forged)).Fault?.Problem);
        }

        Assert.Equal(before, BackupRoom.Files(room.Data));
    }

    [Fact]
    public async Task What_the_manifest_does_not_name_or_names_in_vain_is_refused()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var bytes = Encoding.UTF8.GetBytes("more");
        var target = room.NewPath();
        foreach (var forged in new[]
        {
            room.Forge(manifest => manifest, ("keys/more.key", bytes)),
            room.Forge(manifest => manifest with { Entries = [.. manifest.Entries, BackupRoom.Entry("keys/more.key", bytes)] }),
            room.Forge(manifest => manifest with { Entries = [.. manifest.Entries.Select(entry => entry with { Size = entry.Size + 1 })] }),
        })
        {
            Assert.Equal(BackupProblem.Damaged, (await BackupRoom.Restore(target).RunAsync(forged)).Fault?.Problem);
        }

        Assert.Equal(BackupProblem.NotABackup, (await BackupRoom.Restore(target).RunAsync(room.Forge(manifest => manifest with { Kind = "another" }))).Fault?.Problem);
        Assert.Equal(BackupProblem.FileMissing, (await BackupRoom.Restore(target).RunAsync(room.NewPath())).Fault?.Problem);
        Assert.False(Directory.Exists(target));
    }

    [Fact]
    public async Task A_backup_of_a_newer_version_is_refused_and_both_versions_told()
    {
        using var room = await BackupRoom.OpenAsync();
        BackupRoom.Execute(PortalFiles.Named(room.Data).PortalDb, "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99.0')");
        Assert.Null((await room.Writer().TakeAsync(room.Backup)).Fault);
        var newer = room.Forge(manifest => manifest with { Version = "99.1" });
        var target = room.NewPath();
        await BackupRoom.FillAsync(target, "present");
        var before = BackupRoom.Files(target);

        foreach (var result in new[] { await BackupRoom.Restore(target).RunAsync(newer), await BackupRoom.Restore(target).CheckAsync(newer), await BackupRoom.Restore(target).RunAsync(room.Forge(manifest => manifest with { Form = 2, Version = "99.1" })) })
        {
            Assert.Equal(BackupProblem.Newer, result.Fault?.Problem);
            Assert.Contains("99.1", result.Fault!.Sentence, StringComparison.Ordinal);
            Assert.Contains(BackupManifest.ThisVersion, result.Fault.Sentence, StringComparison.Ordinal);
        }

        Assert.Equal(before, BackupRoom.Files(target));
    }

    [Fact]
    public async Task A_backup_of_an_older_version_is_restored_and_upgraded_by_the_next_start()
    {
        using var room = await BackupRoom.OpenAsync();
        var file = new DataFile<PortalDbContext>(PortalFiles.Named(room.Data).PortalDb, FullSync: true);
        var options = new DbContextOptionsBuilder<PortalDbContext>();
        file.Configure(options);
        await using (var context = new PortalDbContext(options.Options))
        {
            var all = context.Database.GetMigrations().ToList();
            var migrator = (IMigrator)context.GetInfrastructure().GetService(typeof(IMigrator))!;
            await migrator.MigrateAsync(all[all.FindIndex(name => name.EndsWith("_BackupSettings", StringComparison.Ordinal)) - 1]);
        }

        SqliteConnection.ClearAllPools();
        Assert.Null((await room.Writer().TakeAsync(room.Backup)).Fault);
        var target = room.NewPath();
        Assert.Null((await BackupRoom.Restore(target).RunAsync(room.Backup)).Fault);
        Assert.Equal("kept", await BackupRoom.NameInAsync(target));
    }

    [Fact]
    public async Task A_database_that_SQLite_finds_damaged_is_neither_backed_up_nor_restored()
    {
        using var room = await BackupRoom.OpenAsync();
        var path = PortalFiles.Named(room.Data).PortalDb;
        BackupRoom.Execute(path, "PRAGMA journal_mode=DELETE");
        var bytes = await File.ReadAllBytesAsync(path);
        // Every page but the first, so that some tree is hit.
        for (var page = 4096; page < bytes.Length; page += 4096) bytes[page] ^= 0xFF;
        await File.WriteAllBytesAsync(path, bytes);
        var taken = await room.Writer().TakeAsync(room.Backup);
        Assert.Equal(BackupProblem.DatabaseDamaged, taken.Fault?.Problem);
        Assert.Contains("portal.db", taken.Fault!.Sentence, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(room.Backup)!));

        using var good = await BackupRoom.WithBackupAsync();
        var forged = good.Forge(manifest => manifest with { Entries = [.. manifest.Entries.Where(entry => entry.Name != "trail.db")] });
        Assert.Equal(BackupProblem.Damaged, (await BackupRoom.Restore(good.NewPath()).RunAsync(forged)).Fault?.Problem);
    }

    [Fact]
    public async Task While_a_portal_serves_the_folder_nothing_is_restored()
    {
        using var room = await BackupRoom.WithBackupAsync();
        await using var serving = await DataRoom.OpenAsync(folder: room.Data);
        var restored = await BackupRoom.Restore(room.Data).RunAsync(room.Backup);
        Assert.Equal(BackupProblem.Serving, restored.Fault?.Problem);
        Assert.Contains(room.Data, restored.Fault!.Sentence, StringComparison.Ordinal);
        Assert.Null((await BackupRoom.Restore(room.Data).CheckAsync(room.Backup)).Fault);
        await using var context = serving.Read();
        Assert.Equal("kept", (await context.Roles.SingleAsync()).Name);
    }

    [Fact]
    public async Task Without_room_on_the_disk_nothing_is_begun()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var target = room.NewPath();
        var restored = await BackupRoom.Restore(target, new SetSpace(1000)).RunAsync(room.Backup);
        Assert.Equal(BackupProblem.NoSpace, restored.Fault?.Problem);
        Assert.Empty(BackupRoom.Files(target));
        Assert.Equal(BackupProblem.NoSpace, (await BackupRoom.Restore(target, new SetSpace(1000)).CheckAsync(room.Backup)).Fault?.Problem);
    }

    [Fact]
    public async Task Into_an_empty_folder_comes_what_was_backed_up_for_its_owner_only()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var target = room.NewPath();
        var restored = await BackupRoom.Restore(target).RunAsync(room.Backup);
        Assert.Null(restored.Fault);
        Assert.Null(restored.Aside);
        var (was, now) = (BackupRoom.Files(room.Data), BackupRoom.Files(target));
        Assert.Equal(was.Keys.Where(name => name.StartsWith("keys/", StringComparison.Ordinal) || name.StartsWith("uploads/", StringComparison.Ordinal)).Append("portal.db").Append("trail.db").Order(), now.Keys.Order());
        Assert.All(now.Where(file => file.Key.Contains('/', StringComparison.Ordinal)), file => Assert.Equal(was[file.Key], file.Value));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var name in now.Keys) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(target, name)));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(target, "keys")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(room.Backup));
        }

        Assert.Equal("kept", await BackupRoom.NameInAsync(target));
    }

    [Fact]
    public async Task What_a_folder_held_is_moved_aside_whole_and_backups_stay()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var target = room.NewPath();
        await BackupRoom.FillAsync(target, "present");
        _ = Directory.CreateDirectory(Path.Combine(target, "backups"));
        await File.WriteAllTextAsync(Path.Combine(target, "backups", "mine.zip"), "x");
        await File.WriteAllTextAsync(Path.Combine(target, "portal.db.before-upgrade"), "old");
        await File.WriteAllTextAsync(Path.Combine(target, "portal.db-wal"), "");
        var before = BackupRoom.Files(target);

        var restored = await BackupRoom.Restore(target).RunAsync(room.Backup);

        Assert.Null(restored.Fault);
        var aside = BackupRoom.Files(restored.Aside!);
        Assert.Equal(before.Where(file => !file.Key.StartsWith("backups/", StringComparison.Ordinal)).OrderBy(file => file.Key), aside.OrderBy(file => file.Key));
        Assert.Contains("mail/letter.eml", aside.Keys);
        Assert.True(File.Exists(Path.Combine(target, "backups", "mine.zip")));
        Assert.False(Directory.Exists(Path.Combine(target, "restoring")));
        Assert.Equal("kept", await BackupRoom.NameInAsync(target));
        // And back again.
        File.Delete(Path.Combine(restored.Aside!, "portal.db-wal"));
        Assert.Equal("present", await BackupRoom.NameInAsync(restored.Aside!));
    }

    [Fact]
    public async Task Killed_at_any_step_it_goes_on_with_the_next_call_and_nobody_serves_the_folder_before()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var template = room.NewPath();
        await BackupRoom.FillAsync(template, "present");
        await File.WriteAllTextAsync(Path.Combine(template, "trail.db-wal"), "");
        var steps = new List<string>();
        var whole = await BackupRoom.Restore(Copy(room, template), beforeStep: steps.Add).RunAsync(room.Backup);
        Assert.Null(whole.Fault);
        Assert.Contains("aside trail.db-wal", steps);
        Assert.Contains("place keys", steps);
        var expected = BackupRoom.Files(Path.GetDirectoryName(whole.Aside!)!).Where(file => !file.Key.StartsWith("before-restore-", StringComparison.Ordinal)).OrderBy(file => file.Key).ToList();

        foreach (var last in steps)
        {
            var target = Copy(room, template);
            var before = BackupRoom.Files(target);
            _ = await Assert.ThrowsAsync<Killed>(() => BackupRoom.Restore(target, beforeStep: step => Killed.At(step, last)).RunAsync(room.Backup));
            if (last == "mark")
            {
                Assert.Equal(before, BackupRoom.Files(target));
            }
            else
            {
                var refused = await Assert.ThrowsAsync<StartRefusedException>(() => DataRoom.OpenAsync(folder: target));
                Assert.Contains("restore", refused.Message, StringComparison.Ordinal);
                Assert.Equal(BackupProblem.HalfRestored, (await new BackupWriter(PortalFiles.Named(target), new BackupSpace(), TimeProvider.System).TakeAsync(room.NewPath())).Fault?.Problem);
                SqliteConnection.ClearAllPools();
                // Who looks in makes the folders a portal has; they are no part of anything.
            }

            var again = await BackupRoom.Restore(target).RunAsync(room.Backup);
            Assert.True(again.Fault is null, $"{last}: {again.Fault}");
            Assert.Equal(last == "mark" ? null : Path.GetFileName(room.Backup), again.Continued);
            var files = BackupRoom.Files(target);
            Assert.Equal(expected, files.Where(file => !file.Key.StartsWith("before-restore-", StringComparison.Ordinal)).OrderBy(file => file.Key));
            Assert.Equal(BackupRoom.Files(template).OrderBy(file => file.Key), BackupRoom.Files(again.Aside!).OrderBy(file => file.Key));
        }
    }

    [Fact]
    public async Task An_interrupted_restore_is_finished_before_another_backup_is_looked_at()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var target = room.NewPath();
        await BackupRoom.FillAsync(target, "present");
        _ = await Assert.ThrowsAsync<Killed>(() => BackupRoom.Restore(target, beforeStep: step => Killed.At(step, "place trail.db")).RunAsync(room.Backup));
        var output = new StringWriter();
        var verb = PortalVerb.Read(BackupVerbs.Restore, ["restore", room.NewPath("another"), $"--Portal:DataDirectory={target}"], BackupVerbs.Check)!;
        Assert.Equal(1, await BackupVerbs.RestoreAsync(verb, TimeProvider.System, new BackupSpace(), output));
        Assert.Contains("The interrupted restore of backup.zip was finished", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("was not restored", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("kept", await BackupRoom.NameInAsync(target));
    }

    [Fact]
    public async Task What_a_killed_unpacking_left_is_cleared_by_the_next_call()
    {
        using var room = await BackupRoom.WithBackupAsync();
        _ = Directory.CreateDirectory(Path.Combine(room.Data, "restoring", "keys"));
        await File.WriteAllTextAsync(Path.Combine(room.Data, "restoring", "portal.db"), "half");
        Assert.Equal("kept", await BackupRoom.NameInAsync(room.Data));
        Assert.Null((await BackupRoom.Restore(room.Data).RunAsync(room.Backup)).Fault);
        Assert.False(Directory.Exists(Path.Combine(room.Data, "restoring")));
        Assert.Equal("kept", await BackupRoom.NameInAsync(room.Data));
    }

    private static string Copy(BackupRoom room, string template)
    {
        var target = room.NewPath();
        foreach (var file in Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(target, Path.GetRelativePath(template, file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return target;
    }

    // Where the bytes of each entry lie, read from the archive's own directory.
    private static List<(string Name, int Start, int Length)> Entries(byte[] zip)
    {
        var entries = new List<(string, int, int)>();
        for (var i = 0; i < zip.Length - 46; i++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(i)) != 0x02014b50) continue;
            var (packed, nameLength, local) = (BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(i + 20)), BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(i + 28)), BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(i + 42)));
            var start = local + 30 + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(local + 26)) + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(local + 28));
            entries.Add((Encoding.UTF8.GetString(zip.AsSpan(i + 46, nameLength)), start, packed));
        }

        return entries;
    }

    private sealed class Killed : Exception
    {
        public static void At(string step, string last)
        {
            if (step == last) throw new Killed();
        }
    }
}
