using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Data.Rollups;

/// <summary>A box on which visitors of two companies come and go at random, always the same for one seed; over the night in which Berlin's clocks go back.</summary>
internal sealed class TrailHistory : IAsyncDisposable
{
    public static readonly CompanyId Shanghai = new(1);
    public static readonly CompanyId Berlin = new(2);
    public static readonly DateTimeOffset Begin = new(2026, 10, 20, 0, 0, 0, TimeSpan.Zero);
    public const int Days = 12;

    private static readonly string[] Agents = ["Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Googlebot/2.1"];
    private static readonly string[] Pages = ["https://shop.example/", "https://shop.example/tables/oak", "https://shop.example/tables/ash", "https://shop.example/cart", ""];

    private static readonly VisitSource[] Sources =
    [
        VisitSource.Direct, new(VisitSourceKind.Search, "百度", "baidu.com", "", "餐桌"), new(VisitSourceKind.Search, "百度", "m.baidu.com", "", ""), new(VisitSourceKind.Link, "", "blog.example", "", ""),
        new(VisitSourceKind.Campaign, "newsletter", "", "november", "oak"),
    ];

    private readonly Random _chance;
    private readonly TrailWriter _writer;
    private readonly IVisitClassifier _classifier;
    private int _nextVisitor = 1;
    private int _nextVisit = 1;

    private TrailHistory(DataRoom room, int seed)
    {
        Room = room;
        _chance = new Random(seed);
        _writer = room.Get<TrailWriter>();
        _classifier = room.Get<IVisitClassifier>();
    }

    public DataRoom Room { get; }

    public List<(CompanyId Company, VisitorId Visitor, VisitId Id, bool IsOver)> Visits { get; } = [];

    public static async Task<TrailHistory> OpenAsync(int seed, int visits)
    {
        var room = await DataRoom.OpenAsync(services => services
            .AddSingleton<TrailWriter>()
            .AddSingleton<IVisitClassifier, PlainClassifier>()
            .AddSingleton<RollupRebuild>());
        await room.Writes.RunAsync((context, _) =>
        {
            context.AddRange(
                Company.Register(Shanghai, "alpha", "Alpha", "Asia/Shanghai", room.Now).Value,
                Company.Register(Berlin, "beta", "Beta", "Europe/Berlin", room.Now).Value);
            return Task.CompletedTask;
        });
        var history = new TrailHistory(room, seed);
        for (var i = 0; i < visits; i++) await history.VisitAsync();
        return history;
    }

    /// <summary>One visit at a random instant, not in the order of time: views that come late must land in their own hour.</summary>
    private async Task VisitAsync()
    {
        var company = _chance.Next(2) == 0 ? Shanghai : Berlin;
        var at = Begin.AddSeconds(_chance.Next(Days * 86_400));
        var known = Visits.Where(visit => visit.Company == company).Select(visit => visit.Visitor).ToList();
        var visitor = known.Count > 0 && _chance.Next(2) == 0 ? known[_chance.Next(known.Count)] : new VisitorId(_nextVisitor++);
        var id = new VisitId(_nextVisit++);
        var (agent, address) = (Agents[_chance.Next(20) == 0 ? 2 : _chance.Next(2)], $"203.0.113.{_chance.Next(12)}");
        var facts = _classifier.Of(company, agent, address);
        var pages = 1 + Math.Min(_chance.Next(6), _chance.Next(6));
        var start = new NewVisit(Sources[_chance.Next(Sources.Length)], Pages[_chance.Next(Pages.Length)], "title", agent, address, at, facts);
        var works = new List<TrailWork>();
        for (var number = 1; number <= pages; number++)
        {
            works.Add(new TrailView(company, visitor, id, number, number == 1 ? start.EntryAddress : Pages[_chance.Next(Pages.Length)], $"title {number}", at)
            {
                NewVisit = number == 1 ? start : null,
                IsRobot = facts.IsRobot,
                LeftNumber = number > 1 && _chance.Next(3) > 0 ? number - 1 : null,
            });
            at = at.AddSeconds(_chance.Next(4000));
        }

        if (_chance.Next(2) == 0) works.Add(new TrailLeave(id, pages, at, facts.IsRobot));
        if (_chance.Next(4) == 0) works.AddRange([new TrailTalk(id), new TrailTalk(id)]);
        var isOver = _chance.Next(5) > 0;
        if (isOver) works.AddRange([new TrailEnd(id, at, at.AddMinutes(5)), new TrailEnd(id, at.AddHours(1), at.AddHours(2))]);
        foreach (var work in works) await _writer.StoreAsync(work);
        Visits.Add((company, visitor, id, isOver));
    }

    public Task StoreAsync(TrailWork work) => _writer.StoreAsync(work);

    public Task RebuildAsync() => Room.Get<RollupRebuild>().RunAsync();

    /// <summary>Every row of the statistics' tables as text.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(bool keptApart = true)
    {
        await using var connection = new SqliteConnection(Room.Get<DataFile<TrailDbContext>>().ConnectionString);
        await connection.OpenAsync();
        var rows = new List<string>();
        foreach (var (table, columns) in new[]
        {
            ("HourRollups", "CompanyId, Day, Hour, Kept"), ("ReturnRollups", "CompanyId, Kind, Day, Before"), ("SliceRollups", "CompanyId, Kind, Span, At, NameId"),
            ("PageRollups", "CompanyId, Span, At, PageId, Kept"), ("EntryRollups", "CompanyId, SourceId, Span, At, PageId, Kept"), ("LineHours", "CompanyId, Line, Day, Hour"),
        })
        {
            await using var command = connection.CreateCommand();
            var keys = columns.Split(", ").Where(name => keptApart || name != "Kept").ToList();
            await using var shape = connection.CreateCommand();
            shape.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
            var sums = new List<string>();
            await using (var names = await shape.ExecuteReaderAsync())
            {
                while (await names.ReadAsync())
                {
                    if (!columns.Split(", ").Contains(names.GetString(0))) sums.Add($"sum({names.GetString(0)})");
                }
            }

            command.CommandText = $"SELECT {string.Join(", ", keys.Concat(sums))} FROM {table} GROUP BY {string.Join(", ", keys)} ORDER BY {string.Join(", ", keys)}";
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync()) rows.Add($"{table} {string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(i => $"{row.GetName(i)}={row.GetValue(i)}"))}");
        }

        return rows;
    }

    public async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new SqliteConnection(Room.Get<DataFile<TrailDbContext>>().ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() is long number ? number : 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await Room.DisposeAsync();
    }

    private sealed class PlainClassifier : IVisitClassifier
    {
        public VisitFacts Of(CompanyId company, string userAgent, string networkAddress) =>
            new(networkAddress.EndsWith('1') ? "CN|广东|Guangdong|广州|Guangzhou" : "", VisitDevice.Of(userAgent).ToText(), (company.Value * 1_000_003) + networkAddress.GetHashCode(StringComparison.Ordinal) % 1000 is var line && line != 0 ? Math.Abs(line) : 1, CustomerLine.Shorten(networkAddress), userAgent.Contains("bot", StringComparison.Ordinal));
    }
}
