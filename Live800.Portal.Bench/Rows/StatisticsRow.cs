using System.Diagnostics;
using Live800.Domain.Statistics;
using Live800.Portal.Bench.Year;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Features.Statistics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Live800.Portal.Bench.Rows;

/// <summary>
/// B6: every page of the statistics over a year of traffic: its questions and its HTML, in this process. Then everything is counted again from nothing and must come to the same rows, and sums must agree with a plain count of the facts.
/// </summary>
internal static class StatisticsRow
{
    public static async Task<BenchRow> MeasureAsync(BenchRun run)
    {
        var views = run.Size(100_000L, 10_000_000L);
        await using var box = await YearBox.OpenAsync(run.Data(run.Quick ? "year-quick" : "year"), views);
        var last = box.FirstDay.AddDays(YearBox.Days - 1);
        var all = new Latencies();
        var details = new List<string> { "| B6 page | readings | p50 | p95 | max |", "|---|---|---|---|---|" };
        // The installed portal is compiled ahead of time and this process is not: its code is warmed up, over little of the file.
        for (var turn = 0; turn < 5; turn++)
        {
            foreach (var part in StatisticsParts.All) await DrawAsync(box, part, StatisticsPeriod.Last(30, last), last);
        }

        foreach (var part in StatisticsParts.All)
        {
            var times = new Latencies();
            foreach (var period in Periods(box.FirstDay, last))
            {
                for (var turn = 0; turn < 3; turn++)
                {
                    var started = Stopwatch.GetTimestamp();
                    await DrawAsync(box, part, period, last);
                    var ended = Stopwatch.GetTimestamp();
                    times.Add(started, ended);
                    all.Add(started, ended);
                }
            }

            details.Add($"| /statistics/{part.Address} | {times.Count} | {times.At(0.5):0} ms | {times.At(0.95):0} ms | {times.At(1):0} ms |");
        }

        await AgreeAsync(box, last, details);
        var before = await box.FingerprintAsync();
        var rebuilding = Stopwatch.GetTimestamp();
        await box.Services.GetRequiredService<RollupRebuild>().RunAsync();
        var rebuilt = Stopwatch.GetElapsedTime(rebuilding);
        var after = await box.FingerprintAsync();
        if (before != after) throw new InvalidOperationException($"the rebuild made other rows: {before} before, {after} after");
        details.Add($"rebuild-statistics: {after.Rows:N0} rows the same, in {rebuilt.TotalSeconds:0} s; {box.Made}");
        return new("B6",
            $"every statistics page over {views:N0} page views of 12 months, question and HTML",
            $"p50 {all.At(0.5):0} ms, p95 {all.At(0.95):0} ms, max {all.At(1):0} ms; rebuilt the same in {rebuilt.TotalSeconds:0} s",
            "see the pages below",
            "p95 <= 300 ms")
        { Details = details };
    }

    private static IEnumerable<StatisticsPeriod> Periods(DateOnly first, DateOnly last)
    {
        yield return StatisticsPeriod.Of(first, last)!.Value;
        yield return StatisticsPeriod.Of(first.AddDays(17), last.AddDays(-11))!.Value;
        yield return StatisticsPeriod.Last(90, last);
        yield return StatisticsPeriod.Last(30, last);
        yield return StatisticsPeriod.Last(7, last);
        yield return StatisticsPeriod.Of(last);
        yield return StatisticsPeriod.Of(first.AddDays(100), first.AddDays(220))!.Value;
    }

    private static async Task DrawAsync(YearBox box, StatisticsPartEntry part, StatisticsPeriod period, DateOnly today)
    {
        await using var scope = box.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        ((IHostEnvironmentNavigationManager)services.GetRequiredService<NavigationManager>()).Initialize("http://bench.example/", $"http://bench.example/statistics/{part.Address}");
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var wish = new StatisticsWish("", period);
        var frame = new StatisticsFrame(box.Company, wish, box.Zones, box.Zones.StartOf(today.AddDays(1)).AddHours(-1), wish.ToQuery());
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var drawn = await renderer.RenderComponentAsync<Framed>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Framed.Frame)] = frame, [nameof(Framed.Part)] = part }));
            if (drawn.ToHtmlString().Length < 40) throw new InvalidOperationException($"/statistics/{part.Address} shows nothing");
        });
    }

    private static async Task AgreeAsync(YearBox box, DateOnly last, List<string> details)
    {
        var reader = box.Services.GetRequiredService<RollupReader>();
        foreach (var period in new[] { StatisticsPeriod.Of(box.FirstDay, last)!.Value, StatisticsPeriod.Last(45, last) })
        {
            var (from, until) = box.Zones.InstantsOf(period);
            var traffic = await reader.TrafficAsync(box.Company, period, StatisticsUnit.Week, box.Zones);
            var visits = $"FROM Visits WHERE CompanyId = {box.Company.Value} AND IsRobot = 0 AND StartedAt >= {from.UtcTicks} AND StartedAt < {until.UtcTicks}";
            Same("visits", traffic.Whole.Visits, await box.CountAsync($"SELECT count(*) {visits}"));
            Same("visitors", traffic.Whole.Visitors, await box.CountAsync($"SELECT count(DISTINCT VisitorId) {visits}"));
            Same("views", traffic.Whole.Views, await box.CountAsync($"SELECT count(*) FROM TrailSteps AS s JOIN Visits AS v ON v.Id = s.VisitId WHERE s.CompanyId = {box.Company.Value} AND v.IsRobot = 0 AND s.At >= {from.UtcTicks} AND s.At < {until.UtcTicks}"));
            Same("views in the export", traffic.Whole.Views, await box.Services.GetRequiredService<TrailReader>().CountAsync(box.Company, period, box.Zones, CancellationToken.None));
            Same("visits by week", traffic.Whole.Visits, traffic.Steps.Sum(step => step.Sums.Visits));
            Same("views of pages", traffic.Whole.Views, (await reader.PagesAsync(box.Company, period, PageOrder.Views)).Whole.Views);
            foreach (var kind in new[] { SliceKind.Source, SliceKind.Place, SliceKind.Device }) Same($"visits by {kind}", traffic.Whole.Visits, (await reader.SlicesAsync(box.Company, kind, period, int.MaxValue)).Sum(slice => slice.Sums.Visits));
            details.Add($"{period}: {traffic.Whole.Visits:N0} visits, {traffic.Whole.Visitors:N0} visitors, {traffic.Whole.Views:N0} views: overview, pages, sources, regions, devices, export and a plain count agree");
        }

        static void Same(string what, long one, long other)
        {
            if (one != other) throw new InvalidOperationException($"{what}: {one} in the statistics, {other} counted");
        }
    }

    private sealed class Framed : ComponentBase
    {
        [Parameter] public StatisticsFrame Frame { get; set; } = default!;

        [Parameter] public StatisticsPartEntry Part { get; set; } = default!;

        [Inject] private MissedPlaces Places { get; set; } = default!;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<StatisticsFrame>>(0);
            builder.AddComponentParameter(1, nameof(CascadingValue<StatisticsFrame>.Value), Frame);
            builder.AddComponentParameter(2, nameof(CascadingValue<StatisticsFrame>.ChildContent), (RenderFragment)(inner =>
            {
                inner.OpenComponent<DynamicComponent>(0);
                inner.AddComponentParameter(1, nameof(DynamicComponent.Type), Part.Component);
                if (Part.ParametersOf(Frame, _ => true, Places) is { } parameters)
                    inner.AddComponentParameter(2, nameof(DynamicComponent.Parameters), parameters);
                inner.CloseComponent();
            }));
            builder.CloseComponent();
        }
    }
}
