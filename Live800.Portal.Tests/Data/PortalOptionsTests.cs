using Live800.Portal.Data;

namespace Live800.Portal.Tests.Data;

public sealed class PortalOptionsTests
{
    [Fact]
    public void A_bare_demo_switch_does_not_swallow_the_argument_after_it() =>
        Assert.Equal(
            ["--Portal:Demo=true", "--urls", "http://localhost:1", "--Portal:DemoUrls=http://localhost:2"],
            PortalOptions.Arguments(["--demo", "--urls", "http://localhost:1", "--demo-urls", "http://localhost:2"]));

    [Theory]
    [InlineData("--demo-urls", "http://localhost:2")]
    [InlineData("--demo-urls=http://localhost:2")]
    public void Where_the_shop_listens_is_asked_for_the_demo_only_so_it_is_one(params string[] args) =>
        Assert.Equal(["--Portal:DemoUrls=http://localhost:2", "--Portal:Demo=true"], PortalOptions.Arguments(args));

    [Fact]
    public void The_demo_has_a_folder_of_its_own_unless_one_is_named()
    {
        Assert.EndsWith("data", new PortalOptions().DataPath, StringComparison.Ordinal);
        Assert.EndsWith("data-demo", new PortalOptions { Demo = true }.DataPath, StringComparison.Ordinal);
        Assert.EndsWith("mine", new PortalOptions { Demo = true, DataDirectory = "mine" }.DataPath, StringComparison.Ordinal);
    }
}
