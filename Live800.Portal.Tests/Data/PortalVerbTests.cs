using Live800.Portal.Data;

namespace Live800.Portal.Tests.Data;

public sealed class PortalVerbTests
{
    [Theory]
    [InlineData]
    [InlineData("--demo")]
    [InlineData("--json", "backup")]
    [InlineData("backups")]
    [InlineData("Backup")]
    public void Any_other_command_line_is_not_its_own(params string[] args) => Assert.Null(PortalVerb.Read("backup", args));

    [Fact]
    public void What_nobody_knows_is_told_and_takes_no_word_with_it()
    {
        var verb = PortalVerb.Read("restore", ["restore", "--chekc", "/srv/backup.zip", "-x", "--checks=1"], "--check")!;
        Assert.Equal(["--chekc", "-x", "--checks=1"], verb.Unknown);
        Assert.Equal(["/srv/backup.zip"], verb.Words);
        Assert.DoesNotContain("--check", verb.Switches);
    }

    [Fact]
    public void Words_switches_and_settings_stand_in_any_order()
    {
        var verb = PortalVerb.Read("restore", ["restore", "--Portal:DataDirectory", "/srv/live800", "--check", "--urls", "http://localhost:1", "/srv/a b.zip", "--json"], "--check")!;
        Assert.Equal(["/srv/a b.zip"], verb.Words);
        Assert.Empty(verb.Unknown);
        Assert.True(verb.Json);
        Assert.Contains("--check", verb.Switches);
        Assert.Equal("/srv/live800", verb.Options.DataDirectory);
        Assert.EndsWith("data-demo", PortalVerb.Read("backup", ["backup", "--demo", "x"])!.Options.DataPath, StringComparison.Ordinal);
        Assert.Equal("/srv/other", PortalVerb.Read("backup", ["backup", "--Portal:DataDirectory=/srv/other"])!.Options.DataPath);
    }

    [Theory]
    [InlineData("http://*:1;https://*:2", "--urls", "http://*:1; https://*:2;")]
    [InlineData("http://127.0.0.1:3", "--urls=http://*:1", "--Kestrel:Endpoints:Own:Url=http://127.0.0.1:3")]
    public void Where_a_portal_of_these_settings_listens_is_known(string addresses, params string[] settings) =>
        Assert.Equal(addresses.Split(';'), PortalVerb.Read("doctor", ["doctor", .. settings])!.Addresses);
}
