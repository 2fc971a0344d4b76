using Live800.Portal.Data;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class ServingCheckTests
{
    [Fact]
    public async Task A_portal_that_serves_is_seen_and_not_disturbed()
    {
        await using var room = await DataRoom.OpenAsync();
        var files = room.Get<PortalFiles>();
        Assert.True(FolderLock.IsHeld(files.ProcessLock));
        Assert.Contains("serves", ServingCheck.Look(files, true).Seen, StringComparison.Ordinal);
        Assert.Null(FolderLock.TryTake(files.ProcessLock));
    }

    [Fact]
    public void Looking_makes_no_file_and_leaves_it_to_the_next()
    {
        var folder = Directory.CreateTempSubdirectory("live800-lock-").FullName;
        var path = Path.Combine(folder, "portal.lock");
        Assert.False(FolderLock.IsHeld(path));
        Assert.False(FolderLock.IsHeld(Path.Combine(folder, "no", "folder")));
        Assert.False(File.Exists(path));
        File.WriteAllText(path, "");
        Assert.False(FolderLock.IsHeld(path));
        using (var taken = FolderLock.TryTake(path)) Assert.NotNull(taken);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_account_that_may_not_look_is_told_so() => Assert.Equal(FindingLevel.Warning, ServingCheck.Look(PortalFiles.Named("/data"), null).Level);
}
