using System.Text.Json;
using Live800.Portal.Data;
using Live800.Portal.Features.Backups;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Backups;

/// <summary>The commands: 0 when done, 1 with a sentence when not, 2 when mistyped; JSON for scripts.</summary>
public sealed class BackupVerbsTests
{
    [Theory]
    [InlineData]
    [InlineData("--demo")]
    [InlineData("verify-ledger")]
    [InlineData("--urls", "backup")]
    public async Task Any_other_command_line_is_not_theirs(params string[] args) => Assert.Null(await BackupVerbs.TryRunAsync(args));

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("restore", "--check")]
    [InlineData("backup", "a.zip", "b.zip")]
    [InlineData("restore", "--chekc", "a.zip")]
    [InlineData("backup", "a.zip", "--check")]
    public async Task What_is_mistyped_changes_nothing_and_says_how(params string[] args)
    {
        using var room = await BackupRoom.OpenAsync();
        var before = BackupRoom.Files(room.Data);
        var (exit, text) = await RunAsync(room.Data, args);
        Assert.Equal(2, exit);
        Assert.StartsWith(args[0] + " FILE", text, StringComparison.Ordinal);
        (exit, text) = await RunAsync(room.Data, [.. args, "--json"]);
        Assert.Equal(2, exit);
        Assert.Equal("Usage", Json(text).GetProperty("problem").GetString());
        Assert.Equal(before, BackupRoom.Files(room.Data));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_and_not_made()
    {
        using var room = await BackupRoom.WithBackupAsync();
        var nowhere = room.NewPath();
        var (exit, text) = await RunAsync(nowhere, "backup", room.NewPath());
        Assert.Equal(1, exit);
        Assert.Contains(nowhere, text, StringComparison.Ordinal);
        (exit, text) = await RunAsync(nowhere, "restore", room.NewPath(), "--json");
        Assert.Equal(1, exit);
        Assert.Equal("FileMissing", Json(text).GetProperty("problem").GetString());
        Assert.False(Directory.Exists(nowhere));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(1001, true)]
    public async Task Another_account_than_the_owner_restores_nothing(int myself, bool isFilled)
    {
        using var room = await BackupRoom.WithBackupAsync();
        var before = BackupRoom.Files(room.Data);
        var (exit, text) = await RestoreAsAsync(room, myself, isFilled ? room.Data : Directory.CreateDirectory(room.NewPath()).FullName, 1000);
        Assert.Equal(1, exit);
        Assert.Contains("sudo -u " + FileFacts.NameOf(1000), text, StringComparison.Ordinal);
        Assert.DoesNotContain("Reading", text, StringComparison.Ordinal);
        Assert.Equal(before, BackupRoom.Files(room.Data));
    }

    [Theory]
    [InlineData(1000, true, 1000)]
    [InlineData(0, true, 0)]
    // A volume that is another's and open to the portal's group.
    [InlineData(1000, false, 0)]
    public async Task The_owner_restores_and_is_told_what_comes_next(int myself, bool isFilled, int owner)
    {
        using var room = await BackupRoom.WithBackupAsync();
        var (exit, text) = await RestoreAsAsync(room, myself, isFilled ? room.Data : Directory.CreateDirectory(room.NewPath()).FullName, owner);
        Assert.Equal(0, exit);
        Assert.EndsWith("Start the portal now.", text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_this_account_may_not_read_is_named()
    {
        // The machine's administrator may read everything, and Windows has other rights.
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess) return;
        using var room = await BackupRoom.WithBackupAsync();
        File.SetUnixFileMode(room.Backup, UnixFileMode.None);
        var (exit, text) = await RunAsync(room.Data, "restore", room.Backup);
        Assert.Equal(1, exit);
        Assert.StartsWith(room.Backup + " cannot be read", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_serving_portal_a_backup_is_taken_checked_and_restored_elsewhere()
    {
        using var room = await BackupRoom.OpenAsync();
        await using (var serving = await DataRoom.OpenAsync(folder: room.Data))
        {
            var (exit, text) = await RunAsync(room.Data, "backup", room.Backup);
            Assert.Equal(0, exit);
            Assert.Contains("Copying portal.db:", text, StringComparison.Ordinal);
            Assert.Contains("It holds the portal's keys", text, StringComparison.Ordinal);
            (exit, text) = await RunAsync(room.Data, "backup", room.NewPath("second"), "--json");
            Assert.Equal(0, exit);
            Assert.True(Json(text).GetProperty("ok").GetBoolean());
            (exit, text) = await RunAsync(room.Data, "restore", room.Backup);
            Assert.Equal(1, exit);
            Assert.Contains("A portal is serving", text, StringComparison.Ordinal);
        }

        var (checking, said) = await RunAsync(room.NewPath(), "restore", "--check", room.Backup);
        Assert.Equal(0, checking);
        Assert.Contains("is whole:", said, StringComparison.Ordinal);
        var target = room.NewPath();
        var (restoring, told) = await RunAsync(target, "restore", room.Backup, "--json");
        Assert.Equal(0, restoring);
        Assert.True(Json(told).GetProperty("restored").GetBoolean());
        Assert.Equal("kept", await BackupRoom.NameInAsync(target));
        (restoring, told) = await RunAsync(target, "restore", room.Backup);
        Assert.Equal(0, restoring);
        Assert.Contains("What was there before lies in " + Path.Combine(target, "before-restore-"), told, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Text)> RestoreAsAsync(BackupRoom room, int myself, string folder, int owner)
    {
        var output = new StringWriter();
        var verb = PortalVerb.Read(BackupVerbs.Restore, ["restore", room.Backup, $"--Portal:DataDirectory={folder}"], BackupVerbs.Check)!;
        return (await BackupVerbs.RestoreAsync(verb, TimeProvider.System, new BackupSpace(), output, myself, path => Path.Exists(path) ? new FileFacts(owner, "0:0") : null), output.ToString());
    }

    private static async Task<(int Exit, string Text)> RunAsync(string folder, params string[] args)
    {
        var output = new StringWriter();
        string[] line = [.. args, $"--Portal:DataDirectory={folder}"];
        var exit = PortalVerb.Read(BackupVerbs.Backup, line) is { } backup
            ? await BackupVerbs.BackupAsync(backup, TimeProvider.System, new BackupSpace(), output)
            : await BackupVerbs.RestoreAsync(PortalVerb.Read(BackupVerbs.Restore, line, BackupVerbs.Check)!, TimeProvider.System, new BackupSpace(), output);
        return (exit, output.ToString());
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
