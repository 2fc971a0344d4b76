using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Statistics;

/// <summary>Seats in one step.</summary>
/// <param name="Peak">The most in use at once; nothing where none was noted.</param>
/// <param name="Fewest">The fewest that were in force; nothing is unlimited.</param>
/// <param name="Most">The most that were in force; nothing is unlimited.</param>
/// <param name="Refusals">Workspaces refused because all were taken.</param>
public readonly record struct SeatStep(int? Peak, long? Fewest, long? Most, long Refusals);

/// <summary>The seats 席位 of a period.</summary>
/// <param name="ByHour">Refusals by weekday and hour.</param>
/// <param name="Newest">The newest refusals.</param>
public sealed record SeatFigures(SteppedFigures<SeatStep> Steps, WeekHours ByHour, IReadOnlyList<SeatRefusal> Newest);

/// <summary>Seats in use, in force and refused (3.8, 6). Every question names the company first.</summary>
public sealed class SeatStatistics(IDbContextFactory<PortalDbContext> contexts, StoreBoard board)
{
    /// <summary>Most refusals that are listed.</summary>
    public const int MostListed = 200;

    internal const string PeaksSql = """SELECT MAX("Used") FROM "SeatSamples" WHERE "CompanyId" = @company AND "Hour" >= @from AND "Hour" < @until""";

    internal const string RefusalsSql = """SELECT "At" / 9000000000, COUNT(*) FROM "SeatRefusals" WHERE "CompanyId" = @company AND "At" >= @from AND "At" < @until GROUP BY 1""";

    // Mapping.Portal.LedgerLineMapping.TurnsFilter, in its very words.
    internal const string TurnsSql = """
        SELECT "At", "Kind", "Charged", "BalanceAfter" FROM "LedgerLines" INDEXED BY "IX_LedgerLines_Turns"
        WHERE "CompanyId" = @company AND ("Kind" <> 2 OR ("BalanceAfter" = 0 AND "Charged" = 1)) AND "At" >= @from AND "At" < @until ORDER BY "At", "Number"
        """;

    /// <summary>Peaks against seats in force, and refusals, for the whole period and for each step.</summary>
    public async Task<SeatFigures> SeatsAsync(CompanyId company, StatisticsPeriod period, StatisticsUnit unit, ZoneHistory zones, CancellationToken cancellation = default)
    {
        await using var read = await StatisticsRead.OpenAsync(contexts, company, cancellation);
        var (from, until) = zones.InstantsOf(period);
        var history = await HistoryAsync(read, company, until, cancellation);
        var refusals = read.Rows(RefusalsSql, from, until, row => (At: row.Quarters(0), Count: row.GetInt64(1)));
        var steps = zones.StepsOf(period, period.UnitOf(unit));
        var refused = MissedStatistics.Sum(steps, refusals);
        var figures = read.Steps(PeaksSql, steps, row => row.Whole(0)).Select((of, i) =>
        {
            var (fewest, most) = history.Within(of.Step.From, of.Step.Until);
            return new Stepped<SeatStep>(of.Step, new SeatStep((int?)of.Rows[0], fewest, most, refused[i].Value));
        }).ToList();
        var hours = new WeekHours();
        foreach (var (at, count) in refusals) hours.Add(at, count, zones);
        var (least, highest) = history.Within(from, until);
        return new(
            new(period.UnitOf(unit), new SeatStep(figures.Max(of => of.Value.Peak), least, highest, refusals.Sum(of => of.Count)), figures),
            hours,
            await read.Context.SeatRefusals.Where(row => row.CompanyId == company && row.At >= from && row.At < until).OrderByDescending(row => row.At).Take(MostListed).ToListAsync(cancellation));
    }

    private async Task<SeatHistory> HistoryAsync(StatisticsRead read, CompanyId company, DateTimeOffset until, CancellationToken cancellation)
    {
        var account = await read.Context.PackageAccounts.AsSplitQuery().SingleOrDefaultAsync(row => row.CompanyId == company, cancellation);
        var clicks = new List<(DateTimeOffset From, bool HasClicks)>();
        foreach (var (at, has) in read.Rows(
            TurnsSql,
            DateTimeOffset.UnixEpoch,
            until,
            // A line that a free answer was charged by holds the free answers left: there were no clicks then.
            row => (At: row.Instant(0), Has: row.Whole(2) != (long)PackageKind.Free && row.GetInt64(3) > 0)))
        {
            if ((clicks.Count == 0 && has) || (clicks.Count > 0 && clicks[^1].HasClicks != has)) clicks.Add((at, has));
        }

        return new SeatHistory(account?.Terms ?? [], clicks, board.Figures.FreeSeats);
    }
}
