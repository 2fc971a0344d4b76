using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class OpenFilesCheckTests
{
    private const string Head = "Limit                     Soft Limit           Hard Limit           Units     \nMax processes             100                  100                  processes \n";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Max open files")]
    [InlineData("Max open files            many                 more                 files     ")]
    public void What_the_system_does_not_say_is_not_told(string? limits) => Assert.Null(OpenFilesCheck.Look(limits));

    [Theory]
    [InlineData("1024", FindingLevel.Warning)]
    [InlineData("4095", FindingLevel.Warning)]
    [InlineData("4096", FindingLevel.Ok)]
    [InlineData("unlimited", FindingLevel.Ok)]
    public void Fewer_than_4096_is_a_warning(string soft, FindingLevel level) => Assert.Equal(level, OpenFilesCheck.Look($"{Head}Max open files            {soft,-20} 524288               files     \n")!.Level);

    [Fact]
    public void Linux_says_its_limit() => Assert.Equal(OperatingSystem.IsLinux(), OpenFilesCheck.Look(OpenFilesCheck.Read()) is not null);
}
