using Live800.Portal.Bench.Wire;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Bench.Rows;

/// <summary>B3b: messages accepted per second, each acknowledged after the commit with synchronous FULL.</summary>
internal static class MessagesRow
{
    public static async Task<BenchRow> MeasureAsync(BenchRun run)
    {
        var box = await PreparedBox.MakeAsync(run.Data("messages"), agents: 2, talks: 0);
        await using var portal = await PublishedPortal.StartAsync(run.Published, box.Folder);
        var cookies = await SignIn.AsAsync(portal.Address, box.CompanyCode, box.Agents[0], PreparedBox.Password);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address };
        await using var agent = await HeadlessCircuit.OpenAsync(http, cookies, "workspace", (_, _) => { });
        await AgentIsInAsync(portal, box.CompanyCode);

        var visitors = await BenchVisitor.ArriveAsync(portal.EndPoint, box.CompanyCode, run.Size(3000, 9000));
        await BenchVisitor.EachAsync(portal.EndPoint, visitors.Length, (connection, index) => visitors[index].RequestAsync(connection));
        var said = await MessageLoad.RunAsync(portal.EndPoint, visitors, run.Size(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(20)));
        return new("B3b",
            $"messages of {visitors.Length:N0} visitors, one agent looking, each acknowledged after a FULL commit",
            $"{said.PerSecond:N0}/s, {said.Latencies}; {said.Refused:N0} refused",
            $"{RawCommits(run.Data("raw.db")):N0} rows/s raw inserts, 128 to a FULL commit",
            ">= 8,000/s (floor 3,000/s)");
    }

    /// <summary>Waits until a visitor is told that somebody is in.</summary>
    public static async Task AgentIsInAsync(PublishedPortal portal, string company)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            using var http = await LeanHttp.ConnectAsync(portal.EndPoint);
            var (_, body) = await http.ExchangeAsync(LeanHttp.Post($"/w/{company}/view", PageViewLoad.View(tries), "10.250.0.1"));
            if (body.Contains("\"1\":[1,", StringComparison.Ordinal))
                return;
            await Task.Delay(100);
        }
        throw new InvalidOperationException("the agent's page took no seat within ten seconds");
    }

    private static double RawCommits(string path)
    {
        File.Delete(path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE m (c INTEGER, n INTEGER, id TEXT, x TEXT, PRIMARY KEY (c, n)) WITHOUT ROWID; CREATE UNIQUE INDEX i ON m (c, id)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO m VALUES (@c, @n, @id, @x)";
        var (c, n, id, x) = (Parameter("@c"), Parameter("@n"), Parameter("@id"), Parameter("@x"));
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        long rows = 0;
        while (System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2))
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var i = 0; i < 128; i++, rows++)
            {
                (c.Value, n.Value, id.Value, x.Value) = (rows % 5000, rows / 5000, Guid.NewGuid().ToString(), "请问订单什么时候发货？");
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        return rows / System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;

        SqliteParameter Parameter(string name)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = name;
            insert.Parameters.Add(parameter);
            return parameter;
        }

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
