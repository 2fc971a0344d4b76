using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Live800.Portal.Bench;

/// <summary>Chooses the rows, runs them one after the other and prints the table of QUALITY.md section 3.</summary>
internal static class Table
{
    private static readonly (string Id, Func<BenchRun, Task<BenchRow>> Measure)[] Measured =
    [
        ("B1", Rows.PageViewsRow.MeasureAsync),
        ("B2", Rows.IdleVisitorsRow.MeasureAsync),
        ("B3", Rows.ChatLatencyRow.MeasureAsync),
        ("B3v", Rows.ChatLatencyRow.MeasureBesideViewsAsync),
        ("B3b", Rows.MessagesRow.MeasureAsync),
        ("B5", Rows.WorkspaceRow.MeasureAsync),
        ("B6", Rows.StatisticsRow.MeasureAsync),
        ("B7", Rows.StartRow.MeasureAsync),
        ("B8", Rows.WidgetRow.MeasureAsync),
        ("BU", Rows.BackupRow.MeasureAsync),
    ];

    // These rows need no published portal.
    private static readonly string[] InProcess = ["B6"];

    public static async Task<int> PrintAsync(string[] args)
    {
        var quick = args.Contains("--quick");
        var wanted = args.Where(arg => !arg.StartsWith('-')).ToArray();
        var unknown = wanted.Where(id => !Measured.Any(row => row.Id.Equals(id, StringComparison.OrdinalIgnoreCase)))
            .Concat(args.Where(arg => arg.StartsWith('-') && arg != "--quick")).ToArray();
        if (unknown.Length > 0)
        {
            await Console.Error.WriteLineAsync($"unknown: {string.Join(' ', unknown)}. Usage: [--quick] [{string.Join(' ', Measured.Select(row => row.Id))}]");
            return 2;
        }

        var folder = Path.Combine(PublishedPortal.RepositoryRoot(), "bench-data");
        Directory.CreateDirectory(folder);
        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}; client and server share the cores{(quick ? "; quick: small sizes" : "")}");
        var run = new BenchRun(quick, Path.Combine(folder, "publish"), folder);
        if (wanted.Length == 0 || wanted.Except(InProcess, StringComparer.OrdinalIgnoreCase).Any())
        {
            Console.WriteLine("publishing the portal with ReadyToRun ...");
            await PublishedPortal.PublishAsync(run.Published);
        }

        var failed = 0;
        var details = new List<string>();
        Console.WriteLine();
        Console.WriteLine("| # | work | measured | limit of this machine | target |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (id, measure) in Measured)
        {
            if (wanted.Length > 0 && !wanted.Contains(id, StringComparer.OrdinalIgnoreCase))
                continue;
            var started = Stopwatch.GetTimestamp();
            try
            {
                var row = await measure(run);
                details.AddRange(row.Details);
                Console.WriteLine($"| {row.Id}{(quick ? " quick" : "")} | {row.Work} | {row.Measured} | {row.Limit} | {row.Target} |");
            }
            catch (Exception failure)
            {
                failed++;
                Console.WriteLine($"| {id} | could not be measured | {failure.Message.ReplaceLineEndings(" ")} | | |");
                await Console.Error.WriteLineAsync(failure.ToString());
            }
            await Console.Error.WriteLineAsync($"({id} took {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s)");
        }
        foreach (var line in details.Count > 0 ? details.Prepend("") : details) Console.WriteLine(line);
        return failed == 0 ? 0 : 1;
    }
}

/// <summary>How this run is meant: small or full sizes, where the published portal and the data folders are.</summary>
internal sealed record BenchRun(bool Quick, string Published, string Folder)
{
    public string Data(string name) => Path.Combine(Folder, name);

    public T Size<T>(T quick, T full) => Quick ? quick : full;
}
