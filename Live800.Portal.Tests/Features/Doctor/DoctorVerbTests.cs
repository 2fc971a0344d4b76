using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Live800.Portal.Data;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Features.Backups;

namespace Live800.Portal.Tests.Features.Doctor;

/// <summary>The command: 0 when nothing is wrong, 1 when something is, 2 when mistyped; a line each for people, an array for scripts.</summary>
public sealed class DoctorVerbTests
{
    [Theory]
    [InlineData]
    [InlineData("--demo")]
    [InlineData("backup", "doctor")]
    public async Task Any_other_command_line_is_not_its_own(params string[] args) => Assert.Null(await DoctorVerb.TryRunAsync(args));

    [Theory]
    [InlineData("doctor", "disk")]
    [InlineData("doctor", "--quik")]
    public async Task What_is_mistyped_looks_at_nothing_and_says_how(params string[] args)
    {
        var (exit, text) = await RunAsync(args);
        Assert.Equal(2, exit);
        Assert.StartsWith("doctor [--quick] [--json]", text, StringComparison.Ordinal);
        (exit, text) = await RunAsync([.. args, "--json"]);
        Assert.Equal(2, exit);
        Assert.Equal("Usage", JsonDocument.Parse(text).RootElement.GetProperty("problem").GetString());
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_what_to_do_and_everything_else_is_looked_at_all_the_same()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var room = await BackupRoom.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(room.Data, "portal.db"), new string('x', 8192));
        var before = BackupRoom.Files(room.Data);
        var (exit, text) = await RunAsync(
            "doctor", "--json", $"--Portal:DataDirectory={room.Data}", $"--urls=http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", "--Portal:TrustedProxies=::/0", "--Portal:Places=/nowhere.mmdb", "--Portal:Certificate=/nowhere.pem");
        Assert.Equal(1, exit);
        Assert.Equal(before, BackupRoom.Files(room.Data));
        var findings = Findings(text);
        foreach (var check in new[] { "databases", "ports", "public address", "proxies", "places", "certificate" }) Assert.Contains(findings, finding => finding.Check == check && finding.Level == "wrong");
        Assert.Contains(findings, finding => finding is { Check: "settings", Level: "warning" });
        Assert.Contains(findings, finding => finding is { Check: "clock", Level: "ok" });
        Assert.All(findings, finding => Assert.True(finding.Seen.Length > 0 && (finding.Level == "ok" || finding.Advice.Length > 0), finding.ToString()));
    }

    [Fact]
    public async Task A_healthy_portal_has_nothing_wrong_while_it_serves_and_after_it_ended()
    {
        await using var server = await PortalServer.StartAsync(demo: true);
        var listening = server.Log.ToString().Split("Now listening on: ")[1].Split('\n')[0].Trim();
        var (exit, output) = await server.RunAsync("doctor", "--demo", "--urls", listening);
        Assert.True(exit == 0, output);
        Assert.Contains("This portal listens on " + listening, output, StringComparison.Ordinal);
        Assert.Contains("Nothing is wrong", output, StringComparison.Ordinal);

        await server.StopAsync();
        (exit, output) = await server.RunAsync("doctor", "--demo", "--quick", "--json", "--urls", listening);
        Assert.True(exit == 0, output);
        Assert.Contains(Findings(output), finding => finding.Check == "ports" && finding.Seen == listening + " is free.");
    }

    private static async Task<(int Exit, string Text)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var exit = await DoctorVerb.RunAsync(PortalVerb.Read(DoctorVerb.Name, args, DoctorVerb.Quick)!, TimeProvider.System, output);
        return (exit, output.ToString());
    }

    private static List<Found> Findings(string text) => JsonSerializer.Deserialize<List<Found>>(text, JsonSerializerOptions.Web)!;

    private sealed record Found(string Check, string Level, string Seen, string Advice);
}
