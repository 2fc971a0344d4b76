using System.Text.RegularExpressions;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Data;

/// <summary>S2.11: the first version's files are taken by this one, whole, also when the upgrade is killed at any step.</summary>
public sealed partial class FirstVersionTests
{
    // Kept for the whole upgrade: two snapshots, every migration, two checks, two renamings.
    private static bool IsLong => Environment.GetEnvironmentVariable("LIVE800_LONG") == "1";

    [Fact]
    public async Task Its_files_are_taken_and_nothing_is_lost()
    {
        var folder = FirstVersion.Unpack();
        await using var server = await PortalServer.StartAsync(template: folder);
        Directory.Delete(folder, recursive: true);
        await IsWholeAsync(server, "without a kill");
        Assert.Empty(server.Log.Trouble);
        Assert.True(File.Exists(Path.Combine(server.Folder, "portal.db.before-upgrade")));
    }

    [Fact]
    public async Task Killed_at_any_step_the_next_start_ends_well()
    {
        var steps = await StepsAsync();
        Assert.True(steps > 30, $"{steps} steps");
        for (var step = 1; step <= steps; step += IsLong ? 1 : 6)
        {
            var folder = FirstVersion.Unpack();
            await using var server = await PortalServer.PrepareAsync();
            Directory.Delete(server.Folder, recursive: true);
            Directory.Move(folder, server.Folder);
            Assert.Equal(step, await server.KillAtStartAsync(Step(), step));
            await server.StartAsync();
            await IsWholeAsync(server, $"killed after step {step} of {steps}");
        }
    }

    private static async Task<int> StepsAsync()
    {
        var folder = FirstVersion.Unpack();
        await using var server = await PortalServer.StartAsync(template: folder);
        Directory.Delete(folder, recursive: true);
        return server.Log.ToString().Split('\n').Count(line => Step().IsMatch(line));
    }

    private static async Task IsWholeAsync(PortalServer server, string how)
    {
        Assert.Equal(FirstVersion.Conversations, await server.ReadAsync<long>("SELECT count(*) FROM Conversations"));
        Assert.Equal(FirstVersion.Messages, await server.ReadAsync<long>("SELECT count(*) FROM ChatMessages"));
        Assert.Equal(FirstVersion.TrailSteps, await server.ReadTrailAsync<long>("SELECT count(*) FROM TrailSteps"));
        var (exit, said) = await server.RunAsync("verify-ledger");
        Assert.True(exit == 0, said);
        using var http = new HttpClient();
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri(server.Address + "/health/ready")));
        Assert.False(File.Exists(Path.Combine(server.Folder, "portal.db.upgrading")));
        Figures.Tell($"upgrade from the first version, {how}: healthy, {FirstVersion.Conversations} conversations, {FirstVersion.TrailSteps} steps of trails, ledger as written");
    }

    [GeneratedRegex(@"Upgrade of \S+: .+ done")]
    private static partial Regex Step();
}
