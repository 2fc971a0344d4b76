using System.Collections.Concurrent;
using System.Diagnostics;
using Live800.Portal.Bench.Wire;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Bench.Rows;

/// <summary>
/// BU: a backup taken while 200 messages a second come in, restored into an empty folder and compared with what was acknowledged: everything acknowledged before it began is in it, and what is in it is the beginning of
/// every conversation, without a gap and equal to the original.
/// </summary>
internal static class BackupRow
{
    private const int PerSecond = 200;

    public static async Task<BenchRow> MeasureAsync(BenchRun run)
    {
        var box = await PreparedBox.MakeAsync(run.Data("backup"), agents: 1, talks: 150);
        var (file, restored) = (run.Data("backup.zip"), run.Data("restored"));
        File.Delete(file);
        if (Directory.Exists(restored)) Directory.Delete(restored, recursive: true);

        var acknowledged = new ConcurrentBag<(Guid Id, long At)>();
        var (before, during) = (new Latencies(), new Latencies());
        long refused = 0, began = long.MaxValue, done = long.MaxValue;
        TimeSpan took;
        await using (var portal = await PublishedPortal.StartAsync(run.Published, box.Folder))
        {
            // A file worth the name: every view is a visitor, a visit and a step.
            _ = await PageViewLoad.RunAsync(portal.EndPoint, $"/w/{box.CompanyCode}/view", run.Size(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(40)));
            var talkers = box.Talks.Select((talk, index) => new BenchVisitor(box.CompanyCode, 1_000_000 + index, talk.Pass) { Conversation = talk.Conversation }).ToArray();
            var queue = new ConcurrentQueue<(Guid Id, byte[] Message)>();
            using var ended = new CancellationTokenSource();
            var workers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            {
                using var connection = await LeanHttp.ConnectAsync(portal.EndPoint);
                while (!ended.IsCancellationRequested || !queue.IsEmpty)
                {
                    if (!queue.TryDequeue(out var next))
                    {
                        await Task.Delay(1);
                        continue;
                    }

                    var sent = Stopwatch.GetTimestamp();
                    var status = await connection.StatusAsync(next.Message);
                    var at = Stopwatch.GetTimestamp();
                    if (status != 200)
                    {
                        Interlocked.Increment(ref refused);
                        continue;
                    }

                    acknowledged.Add((next.Id, at));
                    if (at < Volatile.Read(ref began)) before.Add(sent, at);
                    else if (at < Volatile.Read(ref done)) during.Add(sent, at);
                }
            })).ToArray();
            using var talked = new CancellationTokenSource();
            var talking = Task.Run(async () =>
            {
                var started = Stopwatch.GetTimestamp();
                for (long number = 0; !talked.IsCancellationRequested; await Task.Delay(2))
                {
                    for (; number < Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond; number++)
                    {
                        var id = Guid.NewGuid();
                        queue.Enqueue((id, talkers[(int)(number % talkers.Length)].Message($"备份时的消息 {number}", id)));
                    }
                }
            });

            await Task.Delay(TimeSpan.FromSeconds(5));
            Volatile.Write(ref began, Stopwatch.GetTimestamp());
            await VerbAsync(run, box.Folder, "backup", file);
            Volatile.Write(ref done, Stopwatch.GetTimestamp());
            took = Stopwatch.GetElapsedTime(began, done);
            await Task.Delay(TimeSpan.FromSeconds(2));
            await talked.CancelAsync();
            await talking;
            await ended.CancelAsync();
            await Task.WhenAll(workers);
        }

        var restoring = Stopwatch.GetTimestamp();
        await VerbAsync(run, restored, "restore", file);
        var restoredIn = Stopwatch.GetElapsedTime(restoring);
        await VerbAsync(run, restored, "verify-ledger");

        var (original, copy) = (Read(box.Folder), Read(restored));
        var lost = acknowledged.Count(message => message.At < began && !copy.ContainsKey(message.Id));
        var lostAlive = acknowledged.Count(message => !original.ContainsKey(message.Id));
        var others = copy.Count(pair => !original.TryGetValue(pair.Key, out var line) || line != pair.Value);
        var gaps = copy.Values.GroupBy(line => line.Conversation).Count(lines => lines.Count() != lines.Max(line => line.Sequence) - Rest(restored, lines.Key));
        if (lost + lostAlive + others + gaps > 0)
            throw new InvalidOperationException($"{lost} acknowledged messages are not in the backup, {lostAlive} not in the original, {others} differ from it, {gaps} conversations have gaps");
        var size = new FileInfo(Path.Combine(box.Folder, "portal.db")).Length + new FileInfo(Path.Combine(box.Folder, "trail.db")).Length;
        return new("BU",
            $"backup of {Machine.Mebibytes(size):N0} MiB of databases beside {PerSecond} messages/s, restored into an empty folder and compared",
            $"backup {took.TotalSeconds:0.0} s, restore {restoredIn.TotalSeconds:0.0} s; messages before it {before}, during it {during}; {copy.Count:N0} of {acknowledged.Count:N0} messages in it, 0 acknowledged before it missing, 0 different, 0 gaps; {refused:N0} refused; ledgers verify",
            "", "nothing missing, chats not held up");
    }

    private static async Task VerbAsync(BenchRun run, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(run.Published, "Live800.Portal"), arguments) { WorkingDirectory = run.Published, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Portal__DataDirectory"] = folder;
        using var verb = Process.Start(start)!;
        var errors = verb.StandardError.ReadToEndAsync();
        var said = await verb.StandardOutput.ReadToEndAsync();
        await verb.WaitForExitAsync();
        if (verb.ExitCode != 0) throw new InvalidOperationException($"{arguments[0]} ended with {verb.ExitCode}: {said} {await errors}");
    }

    /// <summary>Every line that a visitor said, by the id its browser gave it.</summary>
    private static Dictionary<Guid, (long Conversation, long Sequence, string Text)> Read(string folder)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT ClientId, ConversationId, Sequence, Text FROM ChatMessages WHERE Text LIKE '备份时的消息%'";
        using var row = command.ExecuteReader();
        var lines = new Dictionary<Guid, (long, long, string)>();
        while (row.Read()) lines.Add(row.GetGuid(0), (row.GetInt64(1), row.GetInt64(2), row.GetString(3)));
        return lines;
    }

    /// <summary>How many lines of a conversation are not the load's.</summary>
    private static long Rest(string folder, long conversation)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM ChatMessages WHERE ConversationId = @id AND Text NOT LIKE '备份时的消息%'";
        _ = command.Parameters.AddWithValue("@id", conversation);
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "portal.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }
}
