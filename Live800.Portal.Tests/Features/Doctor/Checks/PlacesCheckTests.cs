using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class PlacesCheckTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"live800-{Guid.NewGuid():N}.mmdb");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_file_that_is_not_there_is_wrong() => Assert.Contains(_path, Wrong(), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("country,city")]
    public void What_is_no_such_file_is_wrong(string text)
    {
        File.WriteAllText(_path, text);
        _ = Wrong();
    }

    [Fact]
    public void A_file_that_was_cut_is_wrong()
    {
        var whole = new SmallMmdb().With("223.5.5.0/24", "CN", "浙江", "Zhejiang", "杭州", "Hangzhou").ToBytes();
        File.WriteAllBytes(_path, whole[..(whole.Length / 2)]);
        _ = Wrong();
    }

    [Fact]
    public void A_whole_file_is_well_and_its_day_is_told()
    {
        File.WriteAllBytes(_path, new SmallMmdb().With("223.5.5.0/24", "CN", "浙江", "Zhejiang", "杭州", "Hangzhou").ToBytes());
        var finding = PlacesCheck.Look(_path);
        Assert.Equal(FindingLevel.Ok, finding.Level);
        Assert.Contains("2026-11-01", finding.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void None_named_is_well(string? path) => Assert.Equal(FindingLevel.Ok, PlacesCheck.Look(path).Level);

    private string Wrong()
    {
        var finding = PlacesCheck.Look(_path);
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        return finding.Seen;
    }
}
