using Live800.Portal.Features.Backups;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;
using Live800.Portal.Tests.Features.Backups;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class BackupCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_newest_backup_that_was_cut_is_wrong()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var folder = Directory.CreateDirectory(room.NewPath()).FullName;
        var bytes = await File.ReadAllBytesAsync(room.Backup);
        await File.WriteAllBytesAsync(Path.Combine(folder, BackupName.Of(Now)), bytes[..(bytes.Length / 2)]);
        var finding = Assert.Single(Look(new BackupShelf().Read(folder)));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains(BackupName.Of(Now), finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_newest_one_does_not_hide_the_good_one_before() =>
        Assert.Equal([FindingLevel.Wrong, FindingLevel.Ok], Look([Line(1, version: null), Line(25)]).Select(finding => finding.Level));

    [Theory]
    [InlineData(1, FindingLevel.Ok, "of the last two hours")]
    [InlineData(47, FindingLevel.Ok, "47 hours old")]
    [InlineData(73, FindingLevel.Wrong, "3 days old")]
    public void One_older_than_two_days_is_wrong(int hours, FindingLevel level, string words)
    {
        var finding = Assert.Single(Look([Line(hours)]));
        Assert.Equal(level, finding.Level);
        Assert.Contains(words, finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void None_is_a_warning() => Assert.Equal(FindingLevel.Warning, Assert.Single(Look([])).Level);

    [Fact]
    public void One_beside_the_data_is_a_warning() => Assert.Contains("elsewhere", Look([Line(1)], isOneDisk: true)[1].Advice, StringComparison.Ordinal);

    [Fact]
    public void A_chosen_folder_that_is_gone_is_wrong_and_backups_turned_off_are_a_warning()
    {
        var settings = new BackupSettings();
        settings.Choose(new BackupForm { IsOn = false, KeepDaily = 7, Folder = "/nowhere/backups" });
        Assert.Equal(FindingLevel.Wrong, Assert.Single(BackupCheck.Look(settings, "/nowhere/backups", [], null, Now)).Level);
        settings.Choose(new BackupForm { IsOn = false, KeepDaily = 7 });
        Assert.Contains("by itself", BackupCheck.Look(settings, "/nowhere/backups", [Line(1)], null, Now)[0].Seen, StringComparison.Ordinal);
    }

    private static ShelfLine Line(int hours, string? version = "1.0.0") => new($"/backups/{hours}.zip", Now.AddHours(-hours), 2048, version);

    private static IReadOnlyList<Finding> Look(IReadOnlyList<ShelfLine> lines, bool isOneDisk = false) => BackupCheck.Look(new BackupSettings(), "/backups", lines, isOneDisk, Now);
}
