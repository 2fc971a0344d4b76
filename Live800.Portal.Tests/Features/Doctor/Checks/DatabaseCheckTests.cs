using Live800.Portal.Data;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;
using Live800.Portal.Tests.Features.Backups;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class DatabaseCheckTests
{
    [Fact]
    public void A_folder_that_is_not_there_is_wrong_and_not_made()
    {
        var folder = Path.Combine(Path.GetTempPath(), "live800-" + Guid.NewGuid().ToString("N"));
        Assert.Equal(FindingLevel.Wrong, Assert.Single(Look(folder)).Level);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task What_is_no_database_is_wrong_and_the_backup_is_named()
    {
        using var room = await BackupRoom.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(room.Data, "portal.db"), new string('x', 8192));
        var findings = Look(room.Data);
        Assert.Equal([FindingLevel.Wrong, FindingLevel.Ok], findings.Select(finding => finding.Level));
        Assert.Contains("backup", findings[0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_was_overwritten_is_found_and_quick_does_not_look()
    {
        using var room = await BackupRoom.OpenAsync();
        var path = Path.Combine(room.Data, "trail.db");
        await using (var file = new FileStream(path, FileMode.Open))
        {
            // The first page tells of all others; the second is somebody's table.
            file.Position = 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xEE, 4096).ToArray());
        }

        Assert.Equal(FindingLevel.Wrong, Look(room.Data)[1].Level);
        Assert.DoesNotContain(Look(room.Data, isQuick: true), finding => finding.Seen.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_database_without_the_other_is_wrong()
    {
        using var room = await BackupRoom.OpenAsync();
        File.Delete(Path.Combine(room.Data, "trail.db"));
        var finding = Assert.Single(Look(room.Data));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.StartsWith(Path.Combine(room.Data, "trail.db"), finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_versions_file_is_wrong_and_an_older_ones_is_upgraded_by_the_next_start()
    {
        using var room = await BackupRoom.OpenAsync();
        BackupRoom.Execute(Path.Combine(room.Data, "portal.db"), "INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '20.0.0')");
        BackupRoom.Execute(Path.Combine(room.Data, "trail.db"), "DELETE FROM __EFMigrationsHistory WHERE MigrationId=(SELECT max(MigrationId) FROM __EFMigrationsHistory)");
        var findings = Look(room.Data);
        Assert.Equal([FindingLevel.Wrong, FindingLevel.Warning], findings.Select(finding => finding.Level));
        Assert.Contains("20990101000000_Later", findings[0].Seen, StringComparison.Ordinal);
        Assert.Contains("next start upgrades it (1 step)", findings[1].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_broken_off_is_told()
    {
        using var room = await BackupRoom.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(room.Data, "portal.db.upgrading"), "");
        Assert.Contains("was interrupted", Look(room.Data)[0].Seen, StringComparison.Ordinal);
        Assert.Contains("at this moment", Look(room.Data, isServed: true)[0].Seen, StringComparison.Ordinal);
        await File.WriteAllTextAsync(PortalFiles.Named(room.Data).RestoreMarker, "{}");
        var finding = Assert.Single(Look(room.Data));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains("restore again", finding.Advice, StringComparison.Ordinal);
        using var restoring = FolderLock.TryTake(PortalFiles.Named(room.Data).BackupLock);
        Assert.Equal(FindingLevel.Warning, Assert.Single(Look(room.Data)).Level);
    }

    [Fact]
    public async Task Ledgers_without_their_key_are_wrong_and_a_box_without_companies_needs_none()
    {
        using var room = await BackupRoom.OpenAsync();
        Assert.DoesNotContain(Look(room.Data), finding => finding.Level != FindingLevel.Ok);
        BackupRoom.Execute(Path.Combine(room.Data, "portal.db"), "ALTER TABLE Companies RENAME TO Others; CREATE TABLE Companies (Id INTEGER); INSERT INTO Companies VALUES (1)");
        Assert.Contains("key of the ledgers", Assert.Single(Look(room.Data), finding => finding.Level == FindingLevel.Wrong).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whole_files_are_well_and_nothing_in_the_folder_is_another_afterwards()
    {
        using var room = await BackupRoom.OpenAsync();
        var before = BackupRoom.Files(room.Data);
        var findings = Look(room.Data);
        Assert.Equal([FindingLevel.Ok, FindingLevel.Ok], findings.Select(finding => finding.Level));
        Assert.Contains("is whole", findings[0].Seen, StringComparison.Ordinal);
        Assert.All(Look(room.Data, isQuick: true), finding => Assert.Contains("was not looked through", finding.Seen, StringComparison.Ordinal));
        Assert.Null((await StoredSettings.ReadAsync(PortalFiles.Named(room.Data), isServed: false)).Fault);
        Assert.Equal(before, BackupRoom.Files(room.Data));
    }

    [Fact]
    public void A_folder_in_which_none_has_started_is_a_warning()
    {
        var folder = Directory.CreateTempSubdirectory("live800-none-").FullName;
        Assert.Equal(FindingLevel.Warning, Assert.Single(Look(folder)).Level);
        Directory.Delete(folder);
    }

    private static IReadOnlyList<Finding> Look(string folder, bool isServed = false, bool isQuick = false) => DatabaseCheck.Look(PortalFiles.Named(folder), isServed, isQuick, _ => { });
}
