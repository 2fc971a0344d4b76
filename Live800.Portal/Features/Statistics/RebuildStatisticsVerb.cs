using System.Text.Json;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Features.Visitors;

namespace Live800.Portal.Features.Statistics;

/// <summary>
/// <c>rebuild-statistics [--json]</c>: counts all statistics of trail.db again from the stored facts (6) and says how far it is; exit 0 when done, 1 with a sentence when it cannot. The portal must not run meanwhile: what it counts while
/// this reads would be counted twice.
/// </summary>
public static class RebuildStatisticsVerb
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "rebuild-statistics";

    /// <summary>Runs the verb if the command line asks for it; otherwise nothing.</summary>
    public static async Task<int?> TryRunAsync(string[] args) => PortalVerb.Read(Name, args) is { } verb ? await RunAsync(verb.Options, verb.Json, Console.Out) : null;

    /// <summary>Counts what lies in the data directory of the options.</summary>
    public static async Task<int> RunAsync(PortalOptions options, bool json, TextWriter output)
    {
        var path = Path.Combine(options.DataPath, "trail.db");
        if (!File.Exists(path)) return await FailAsync($"Not found: {path}. Set Portal__DataDirectory to the portal's data folder.");
        var services = new ServiceCollection();
        _ = services.AddLogging(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        _ = services.Configure<PortalOptions>(into => (into.DataDirectory, into.Demo, into.Places) = (options.DataDirectory, options.Demo, options.Places));
        _ = services.AddPortalData();
        _ = services.AddRebuild();
        await using var provider = services.BuildServiceProvider();
        try
        {
            await provider.GetRequiredService<PortalStart>().RunAsync();
        }
        catch (InvalidOperationException taken)
        {
            return await FailAsync(taken.Message);
        }

        await provider.GetRequiredService<PlaceBook>().LookAsync();
        var started = TimeProvider.System.GetTimestamp();
        await provider.GetRequiredService<RollupRebuild>().RunAsync(new Telling(progress =>
        {
            if (!json) output.WriteLine(progress.Total == 0 ? $"{progress.Stage}: nothing to do" : $"{progress.Stage}: {progress.Done:N0} of {progress.Total:N0}");
        }));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await output.WriteLineAsync(json ? JsonSerializer.Serialize(new { ok = true, seconds }) : FormattableString.Invariant($"The statistics in {options.DataPath} were counted again in {seconds:0.0} s."));
        return 0;

        async Task<int> FailAsync(string why)
        {
            await output.WriteLineAsync(json ? JsonSerializer.Serialize(new { ok = false, why }) : why);
            return 1;
        }
    }

    // Progress<T> would tell by another thread, after the end.
    private sealed class Telling(Action<RebuildProgress> tell) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value) => tell(value);
    }
}
