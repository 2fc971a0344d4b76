using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class ProxyCheckTests
{
    [Theory]
    [InlineData("localhost", FindingLevel.Wrong, "neither an address nor a network")]
    [InlineData("127.0.0.1;10.0.0.1", FindingLevel.Wrong, "neither an address nor a network")]
    [InlineData("127.0.0.1, 0.0.0.0/0", FindingLevel.Wrong, "0.0.0.0/0, which is everybody")]
    [InlineData("::/0", FindingLevel.Wrong, "::/0, which is everybody")]
    [InlineData("0.0.0.0/1, 128.0.0.0/1", FindingLevel.Warning, "0.0.0.0/1, which is far more")]
    [InlineData("2000::/3", FindingLevel.Warning, "2000::/3")]
    [InlineData("10.0.0.0/8, 127.0.0.1, ::1", FindingLevel.Ok, "127.0.0.1, ::1, 10.0.0.0/8 are believed")]
    [InlineData(" ", FindingLevel.Ok, "No proxy")]
    [InlineData(null, FindingLevel.Ok, "No proxy")]
    public void Whoever_is_trusted_is_named_and_everybody_is_too_many(string? setting, FindingLevel level, string words)
    {
        var finding = ProxyCheck.Look(setting);
        Assert.Equal(level, finding.Level);
        Assert.Contains(words, finding.Seen, StringComparison.Ordinal);
        Assert.Equal(level != FindingLevel.Ok, finding.Advice.Length > 0);
    }
}
