using System.Diagnostics;
using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Components;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Features.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Bench.Year;

/// <summary>A data folder with a year of one company's traffic, made once and kept.</summary>
internal sealed class YearBox : IAsyncDisposable
{
    public const int Days = 365;
    private const int Seed = 20261127;

    private readonly WebApplication _app;

    private YearBox(WebApplication app, CompanyId company, DateOnly firstDay, string made) => (_app, Company, FirstDay, Made) = (app, company, firstDay, made);

    public IServiceProvider Services => _app.Services;

    public CompanyId Company { get; }

    public DateOnly FirstDay { get; }

    /// <summary>How long it took to make, in words.</summary>
    public string Made { get; }

    public ZoneHistory Zones => Services.GetRequiredService<CompanyCalendars>().Of(Company);

    public static async Task<YearBox> OpenAsync(string folder, long views)
    {
        var (trafficMark, mark) = (Path.Combine(folder, "traffic.txt"), Path.Combine(folder, "made.txt"));
        var wanted = string.Create(CultureInfo.InvariantCulture, $"{views} {Seed} 2");
        var hasTraffic = File.Exists(trafficMark) && (await File.ReadAllLinesAsync(trafficMark))[0] == wanted;
        if (!hasTraffic) _ = await PreparedBox.MakeAsync(folder, agents: 4, talks: 0);
        var builder = PreparedBox.Builder(folder);
        _ = builder.AddCards();
        _ = builder.AddStatistics();
        _ = builder.AddChatStatistics();
        _ = builder.Services.AddSingleton<CompanyProfiles>();
        _ = builder.AddPages();
        var app = builder.Build();
        await app.StartDataAsync();
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var company = await context.Companies.AsNoTracking().SingleAsync();
        var firstDay = new DateOnly(2025, 11, 1);
        if (!hasTraffic)
        {
            var started = Stopwatch.GetTimestamp();
            var year = new TrafficYear(app.Services.GetRequiredService<WriteQueue<TrailDbContext>>(), app.Services.GetRequiredService<CompanyCalendars>(), company.Id, company.Zones.ZoneAt(DateTimeOffset.UtcNow), firstDay, Days, views, Seed);
            await year.WriteAsync(day =>
            {
                if (day % 30 == 0) Console.Error.WriteLine($"  a year of traffic: day {day} of {Days}, {year.Views:N0} views");
            });
            await File.WriteAllLinesAsync(trafficMark, [wanted, string.Create(CultureInfo.InvariantCulture, $"{year.Views:N0} views written in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s")]);
        }

        if (!File.Exists(mark) || (await File.ReadAllTextAsync(mark)).Trim() != wanted)
        {
            await using var trail = await app.Services.GetRequiredService<IDbContextFactory<TrailDbContext>>().CreateDbContextAsync();
            var talks = await trail.Visits.AsNoTracking().Where(visit => visit.HasTalked).OrderBy(visit => visit.StartedAt).Select(visit => new { visit.Id, visit.VisitorId, visit.StartedAt }).ToListAsync();
            var agents = await context.Agents.AsNoTracking().Select(agent => agent.Id).ToListAsync();
            await new ChatYear(app.Services.GetRequiredService<WriteQueue<PortalDbContext>>(), company.Id, agents.ConvertAll(agent => agent.Value), company.Zones, Seed).WriteAsync(talks.ConvertAll(talk => (talk.Id, talk.VisitorId, talk.StartedAt.AddSeconds(30))));
            await File.WriteAllTextAsync(mark, wanted);
        }

        var made = (await File.ReadAllLinesAsync(trafficMark))[1];
        return new YearBox(app, company.Id, firstDay, made);
    }

    /// <summary>One number of trail.db.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = Connection();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() is long number ? number : 0;
    }

    /// <summary>A number that differs when any row of the statistics differs.</summary>
    public async Task<(long Rows, ulong Sum)> FingerprintAsync()
    {
        await using var connection = Connection();
        var (rows, sum) = (0L, 14_695_981_039_346_656_037UL);
        foreach (var table in new[] { "HourRollups", "ReturnRollups", "SliceRollups", "PageRollups", "EntryRollups", "LineHours" })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                rows++;
                for (var i = 0; i < row.FieldCount; i++) sum = (sum ^ (ulong)row.GetInt64(i)) * 1_099_511_628_211UL;
            }
        }

        return (rows, sum);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private SqliteConnection Connection()
    {
        var connection = new SqliteConnection(Services.GetRequiredService<DataFile<TrailDbContext>>().ConnectionString);
        connection.Open();
        return connection;
    }
}
