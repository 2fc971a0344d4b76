using Live800.Portal.Data;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class DiskCheckTests : IDisposable
{
    private const long Gibi = 1L << 30;
    private readonly string _folder = Directory.CreateTempSubdirectory("live800-disk-").FullName;

    private PortalFiles Files => PortalFiles.Named(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_disk_that_does_not_say_its_room_is_a_warning() => Assert.Equal(FindingLevel.Warning, Assert.Single(DiskCheck.Look(Files, Files.Backups, true, _ => null)).Level);

    [Theory]
    [InlineData(Gibi - 1, 2 * Gibi, FindingLevel.Wrong)]
    [InlineData(4 * Gibi, 100 * Gibi, FindingLevel.Warning)]
    [InlineData(5 * Gibi, 100 * Gibi, FindingLevel.Ok)]
    [InlineData(Gibi, 2 * Gibi, FindingLevel.Ok)]
    public void Less_than_a_gigabyte_is_wrong_and_less_than_a_twentieth_a_warning(long free, long total, FindingLevel level) =>
        Assert.Equal(level, Assert.Single(DiskCheck.Look(Files, Files.Backups, true, _ => new DiskRoom(free, total))).Level);

    [Fact]
    public void The_disk_of_the_backups_is_looked_at_where_it_is_another_one()
    {
        var backups = Path.Combine(_folder, "elsewhere");
        _ = Directory.CreateDirectory(backups);
        var findings = DiskCheck.Look(Files, backups, false, folder => new DiskRoom(folder == backups ? 1 : 9 * Gibi, 10 * Gibi));
        Assert.Equal([FindingLevel.Ok, FindingLevel.Wrong], findings.Select(finding => finding.Level));
    }

    [Fact]
    public void Sizes_are_told_and_a_long_write_ahead_file_is_a_warning()
    {
        File.WriteAllText(Files.PortalDb, "x");
        File.WriteAllText(Files.TrailDb, "x");
        _ = Directory.CreateDirectory(Path.Combine(Files.Uploads, "7"));
        File.WriteAllBytes(Path.Combine(Files.Uploads, "7", "one"), new byte[2048]);
        // Long and empty: no room is taken.
        using (var wal = File.Create(Files.TrailDb + "-wal")) wal.SetLength((256L << 20) + 1);
        var findings = DiskCheck.Look(Files, Files.Backups, true, _ => new DiskRoom(9 * Gibi, 10 * Gibi));
        Assert.Equal(Files.TrailDb + "-wal", Assert.Single(findings, finding => finding.Level == FindingLevel.Warning).Seen.Split(' ')[0]);
        Assert.Contains("uploads 2 KB", findings[^1].Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void This_machine_says_its_room() => Assert.True(DiskRoom.At(_folder) is { Total: > 0, Free: > 0 });
}
