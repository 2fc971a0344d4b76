using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Identity;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Statistics;

/// <summary>The statistics as files for spreadsheets (6): what the pages show, in the period they show, and the raw trail, which is streamed however long it is. What people wrote stands in text cells, and no cell begins like a formula.</summary>
internal sealed class StatisticsFiles(
    RollupReader reader, TrailReader trail, ChatFiles chats, CompanyCalendars calendars, WriteQueue<PortalDbContext> writes, SpreadsheetDownload download, TimeProvider clock, IStringLocalizer<Texts> texts, IStringLocalizer<Visitors.Texts> visitorTexts)
{
    /// <summary>Before the name of what is taken home.</summary>
    public const string Path = "statistics/export";

    /// <summary>The address of a file, without format.</summary>
    public static string PathOf(string what, StatisticsFrame frame) => frame.Query.Length == 0 ? $"{Path}/{what}" : $"{Path}/{what}?{frame.Query}";

    /// <summary>Writes one. What is not named so is 404, a period that means nothing 400. That the trail was taken home is an entry of the audit log.</summary>
    public async Task<IResult> SendAsync(HttpContext http, string what)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } current || !Names.Contains(what)) return TypedResults.NotFound();
        var query = http.Request.Query;
        var (now, zones) = (clock.GetUtcNow(), calendars.Of(current.CompanyId));
        if (Spreadsheet.KindOf(query["format"]) is not { } kind || StatisticsWish.Parse(query["range"], query["from"], query["until"], query["unit"], query["compare"], zones.DateAt(now)) is not { } wish) return TypedResults.BadRequest();
        var frame = new StatisticsFrame(current.CompanyId, wish, zones, now, wish.ToQuery());
        if (what == "trail")
        {
            await writes.RunAsync(
                (context, token) =>
                {
                    _ = context.Add(AuditEntry.Of(current, AuditAction.TrailExported, wish.Period.ToString(), clock.GetUtcNow()));
                    return Task.CompletedTask;
                },
                http.RequestAborted);
        }

        return await download.SendAsync(http, new SpreadsheetWish(current.CompanyId, current.CompanyCode, kind, $"{what}-{wish.Period}", query["ticket"]), async (export, stream, cancellation) =>
        {
            await WriteAsync(what, frame, new StatisticsSheet(kind, export, stream, what, texts, cancellation), cancellation);
            return zones.ZoneAt(now);
        });
    }

    /// <summary>What there is.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal) { "traffic", "sources", "pages", "places", "devices", "words", "trail" }.Union(ChatFiles.Names).ToHashSet(StringComparer.Ordinal);

    private async Task WriteAsync(string what, StatisticsFrame frame, StatisticsSheet sheet, CancellationToken cancellation)
    {
        var safe = sheet.Safe;
        switch (what)
        {
            case "traffic":
                var traffic = await reader.TrafficAsync(frame.Company, frame.Period, frame.Unit, frame.Zones, cancellation);
                await sheet.SaveAsync(traffic.Steps.Select(step => new TrafficLine(
                    FigureWords.Step(step, frame), step.Sums.Views, step.Sums.Visits, step.Sums.Visitors, step.Hour is null ? step.Sums.NewVisitors : null, step.Sums.Lines, step.Sums.Bounces, step.Sums.Ended, step.Sums.Seconds, step.Sums.Talks, step.Sums.Robots)), traffic.Steps.Count);
                break;
            case "pages":
                var pages = await reader.PagesAsync(frame.Company, frame.Period, PageOrder.Views, take: int.MaxValue, cancellation: cancellation);
                await sheet.SaveAsync(pages.Rows.Select(page => new PageLine(safe(page.Address), safe(page.Title), page.Views, page.Entries, page.Exits, page.Stays, page.StaySeconds)), pages.Count);
                break;
            case "sources":
                var sources = await reader.SlicesAsync(frame.Company, SliceKind.Source, frame.Period, int.MaxValue, cancellation);
                await sheet.SaveAsync(sources.Select(slice => (slice.Sums, Source: SourceText.Parse(slice.Text))).Select(row => new SourceLine(
                    SourceWords.Of(row.Source.Kind, visitorTexts), safe(row.Source.Name), safe(row.Source.Host), safe(row.Source.Campaign), row.Sums.Visits, row.Sums.Bounces, row.Sums.Ended, row.Sums.Seconds, row.Sums.Talks)), sources.Count);
                break;
            case "words":
                await SlicesAsync(SliceKind.Keyword, text => text);
                break;
            case "places":
                await SlicesAsync(SliceKind.Place, text => Place.Parse(text) is { } place ? SliceWords.Place(place) : texts["NoPlace"]);
                break;
            case "devices":
                await SlicesAsync(SliceKind.Device, text => $"{texts["Form" + VisitDevice.Parse(text).Form]} · {SliceWords.Device(VisitDevice.Parse(text), texts, visitorTexts)}");
                break;
            case "trail":
                var count = await trail.CountAsync(frame.Company, frame.Period, frame.Zones, cancellation);
                await sheet.SaveAsync(trail.Read(frame.Company, frame.Period, frame.Zones, cancellation).Select(step => Line(step, frame.Zones, safe)), count);
                break;
            default:
                await chats.WriteAsync(what, frame, sheet, cancellation);
                break;
        }

        async Task SlicesAsync(SliceKind of, Func<string, string> name)
        {
            var slices = await reader.SlicesAsync(frame.Company, of, frame.Period, int.MaxValue, cancellation);
            await sheet.SaveAsync(slices.Select(slice => new NameLine(safe(name(slice.Text)), slice.Sums.Visits, slice.Sums.Bounces, slice.Sums.Ended, slice.Sums.Seconds, slice.Sums.Talks)), slices.Count);
        }
    }

    private TrailFileLine Line(TrailFileRow step, ZoneHistory zones, Func<string, string> safe)
    {
        var zone = zones.ZoneAt(step.At);
        return new(
            TimeZoneInfo.ConvertTime(step.At, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Visitor.NumberOf(new(step.Visitor)), step.Visit.ToString(CultureInfo.InvariantCulture), step.Number, safe(step.Address), safe(step.Title),
            step.LeftAt is { } left ? (long)Math.Max(0, (left - step.At).TotalSeconds) : null, safe(SourceWords.Of(SourceText.Parse(step.Source), visitorTexts)), Place.Parse(step.Place) is { } place ? safe(SliceWords.Place(place)) : "",
            safe(SliceWords.Device(VisitDevice.Parse(step.Device), texts, visitorTexts)));
    }

    private sealed record TrafficLine(string Step, long Views, long Visits, long Visitors, long? NewVisitors, long Lines, long Bounces, long Ended, long Seconds, long Talks, long Robots);

    private sealed record PageLine(string Address, string Title, long Views, long Entries, long Exits, long Stays, long StaySeconds);

    private sealed record SourceLine(string Kind, string Name, string Host, string Campaign, long Visits, long Bounces, long Ended, long Seconds, long Talks);

    private sealed record NameLine(string Name, long Visits, long Bounces, long Ended, long Seconds, long Talks);

    private sealed record TrailFileLine(string At, string Visitor, string Visit, int Number, string Address, string Title, long? StaySeconds, string Source, string Place, string Device);
}
