using Live800.Portal.Data;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class PermissionCheckTests : IDisposable
{
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Open = Closed | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const UnixFileMode OpenFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead;
    private readonly string _folder = Directory.CreateTempSubdirectory("live800-rights-").FullName;
    private readonly PortalFiles _files;

    public PermissionCheckTests()
    {
        _files = new PortalFiles(_folder);
        foreach (var path in new[] { _files.PortalDb, _files.TrailDb }) PortalFiles.CreatePrivateFile(path);
        _ = _files.Key("proof");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, Open);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_that_takes_no_file_is_wrong_and_the_reason_is_told()
    {
        if (!OperatingSystem.IsLinux()) return;
        // Nobody makes a file there, whatever his rights.
        var finding = Assert.Single(PermissionCheck.Look(PortalFiles.Named("/proc/self/fdinfo"), null, _ => null), finding => finding.Seen.Contains("cannot make a file", StringComparison.Ordinal));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.NotEmpty(finding.Advice);
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("keys/proof.key")]
    [InlineData("portal.db")]
    [InlineData("uploads")]
    public void What_others_can_read_is_wrong_and_the_command_is_told(string open)
    {
        if (OperatingSystem.IsWindows()) return;
        var path = Path.Combine(_folder, open);
        File.SetUnixFileMode(path, Directory.Exists(path) ? Open : OpenFile);
        var finding = Assert.Single(Look());
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains(path, finding.Seen, StringComparison.Ordinal);
        Assert.Contains("chmod -R go= " + _folder, finding.Advice, StringComparison.Ordinal);
        File.SetUnixFileMode(_folder, Closed);
        Assert.Equal(FindingLevel.Warning, Assert.Single(Look()).Level);
    }

    [Fact]
    public void A_file_of_another_account_than_the_folder_is_wrong()
    {
        var findings = PermissionCheck.Look(_files, 40_001, path => new FileFacts(path.EndsWith("trail.db", StringComparison.Ordinal) ? 0 : 40_001, "8:1"));
        var finding = Assert.Single(findings);
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains("trail.db", finding.Seen, StringComparison.Ordinal);
        Assert.Contains($"chown -R 40001 {_folder}", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_account_than_the_folders_is_told_to_run_it_as_that_one()
    {
        var finding = Assert.Single(PermissionCheck.Look(_files, 0, _ => new FileFacts(40_001, "8:1")));
        Assert.Equal(FindingLevel.Warning, finding.Level);
        Assert.Contains("sudo -u 40001", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_portals_own_folder_is_well_and_the_probe_is_gone()
    {
        var before = Directory.GetFileSystemEntries(_folder);
        Assert.Equal(FindingLevel.Ok, Assert.Single(Look()).Level);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Linux_says_whose_a_file_is_and_on_which_disk()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.Null(FileFacts.Of(Path.Combine(_folder, "nothing")));
        Assert.Equal(FileFacts.Myself(), FileFacts.Of(_folder)!.Owner);
        Assert.Equal("root", FileFacts.NameOf(0));
        Assert.True(FileFacts.OnOneDisk(_folder, _files.Keys));
        Assert.False(FileFacts.OnOneDisk(_folder, "/proc"));
        Assert.Null(FileFacts.OnOneDisk(_folder, Path.Combine(_folder, "nothing")));
    }

    private IReadOnlyList<Finding> Look() => PermissionCheck.Look(_files, FileFacts.Myself(), FileFacts.Of);
}
