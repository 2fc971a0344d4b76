using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data.Rollups;

/// <summary>How far a rebuild has come.</summary>
/// <param name="Stage">What it does: visits that were never classified, trails, visitors, addresses.</param>
public readonly record struct RebuildProgress(string Stage, long Done, long Total);

/// <summary>
/// Counts all statistics again from the stored facts, in one transaction: afterwards every row is what the live way has made of the same facts. What was counted from trails that were erased since stays as it is. Visits stored before there were
/// statistics are classified first.
/// </summary>
public sealed class RollupRebuild(WriteQueue<TrailDbContext> writes, IDbContextFactory<PortalDbContext> portals, CompanyCalendars calendars, IVisitClassifier classifier)
{
    private const int MostWaiting = 200_000;
    private const int TellEvery = 100_000;

    /// <summary>Whether this version has to count everything once: the file is older than the statistics.</summary>
    public Task<bool> IsOwedAsync(CancellationToken cancellation = default) =>
        writes.RunRawAsync(raw => raw.Statement("SELECT Version FROM RollupState").Number() is not 1, cancellation);

    /// <summary>Counts again.</summary>
    public async Task RunAsync(IProgress<RebuildProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var portal = await portals.CreateDbContextAsync(cancellation);
        var talked = await portal.Conversations.Where(conversation => conversation.AcceptedAt != null).Select(conversation => conversation.VisitId).Distinct().ToListAsync(cancellation);
        _ = await writes.RunRawAsync(
            raw =>
            {
                new Run(raw, new TrailRollups(calendars) { Raw = raw }, classifier, progress, cancellation).All(talked);
                return true;
            },
            cancellation);
    }

    private sealed class Run(RawWrite raw, TrailRollups rollups, IVisitClassifier classifier, IProgress<RebuildProgress>? progress, CancellationToken cancellation)
    {
        private string _stage = "";
        private long _done;
        private long _total;

        public void All(IReadOnlyList<VisitId> talked)
        {
            Classify();
            Talks(talked);
            _ = raw.Execute("DELETE FROM HourRollups WHERE Kept = 0");
            _ = raw.Execute("DELETE FROM ReturnRollups");
            _ = raw.Execute("DELETE FROM SliceRollups");
            _ = raw.Execute("DELETE FROM PageRollups WHERE Kept = 0");
            _ = raw.Execute("DELETE FROM EntryRollups WHERE Kept = 0");
            Trails();
            Visitors();
            Lines();
            End();
            _ = raw.Execute("UPDATE RollupState SET Version = 1");
        }

        /// <summary>Visits of earlier versions, and of the demo's history, which know only browser, address and source.</summary>
        private void Classify()
        {
            Begin("visits", "SELECT count(*) FROM Visits WHERE SourceId = 0");
            var some = raw.Statement(
                """
                SELECT Id, CompanyId, StartedAt, UserAgent, coalesce(WholeAddress, NetworkAddress), Source_Kind, Source_Name, Source_Host, Source_Campaign, EndedAt FROM Visits WHERE SourceId = 0 AND Id > @after ORDER BY Id LIMIT 5000
                """,
                "@after");
            var set = raw.Statement(
                "UPDATE Visits SET SourceId = @source, PlaceId = @place, DeviceId = @device, IsRobot = @robot, NetworkAddress = @short, WholeAddress = @whole WHERE Id = @id",
                "@source", "@place", "@device", "@robot", "@short", "@whole", "@id");
            var after = long.MinValue;
            while (true)
            {
                var rows = new List<(long Id, long Company, long At, string Agent, string Address, VisitSource Source, bool IsOver)>();
                some.Bind(0, after);
                using (var row = some.Rows())
                {
                    while (row.Read())
                    {
                        var source = new VisitSource((VisitSourceKind)row.Int(5), row.Text(6), row.Text(7), row.Text(8), "");
                        rows.Add((row.Long(0), row.Long(1), row.Long(2), row.Text(3), row.Text(4), source, !row.IsNull(9)));
                    }
                }

                if (rows.Count == 0)
                    return;
                foreach (var visit in rows)
                {
                    var facts = classifier.Of(new CompanyId(visit.Company), visit.Agent, visit.Address);
                    set.Bind(0, rollups.Names.IdOf(raw, visit.Company, SliceKind.Source, SourceText.Of(visit.Source)));
                    set.Bind(1, rollups.Names.IdOf(raw, visit.Company, SliceKind.Place, facts.Place));
                    set.Bind(2, rollups.Names.IdOf(raw, visit.Company, SliceKind.Device, facts.Device));
                    set.Bind(3, facts.IsRobot);
                    set.Bind(4, facts.ShortAddress);
                    set.Bind(5, visit.IsOver ? null : visit.Address);
                    set.Bind(6, visit.Id);
                    _ = set.Execute();
                    if (!facts.IsRobot && facts.Line != 0)
                        _ = rollups.AddLine(visit.Company, facts.Line, rollups.HourOf(visit.Company, visit.At));
                    Step();
                }

                after = rows[^1].Id;
            }
        }

        /// <summary>That an agent talked to somebody is portal.db's to say; a word of it that was lost between the files is found here.</summary>
        private void Talks(IReadOnlyList<VisitId> talked)
        {
            var talk = raw.Statement("UPDATE Visits SET HasTalked = 1 WHERE Id = @id AND HasTalked = 0", "@id");
            foreach (var visit in talked)
            {
                talk.Bind(0, visit.Value);
                _ = talk.Execute();
            }
        }

        /// <summary>Visits and their steps lie in the same order, so both are read once and side by side.</summary>
        private void Trails()
        {
            Begin("trails", "SELECT count(*) FROM Visits");
            using var visits = Open($"SELECT {CountedRow.Columns} FROM Visits ORDER BY Id");
            using var steps = Open("SELECT VisitId, Number, Address, At, LeftAt, Title FROM TrailSteps ORDER BY VisitId, Number");
            var isStep = steps.Read();
            while (visits.Read())
            {
                var visit = CountedRow.Read(visits);
                var counted = rollups.Counted(visit);
                rollups.Book.Begin(counted);
                if (visit.Pages > 1)
                    rollups.Book.GoOn(counted);
                if (visit.EntryAddress.Length > 0 && !visit.IsRobot)
                    rollups.Book.Enter(counted, rollups.PageOf(visit.Company, visit.EntryAddress));
                if (visit.EndedAt is not null)
                    rollups.Book.End(counted, visit.Seconds);
                if (visit.HasTalked)
                    rollups.Book.Talk(counted);

                var fold = new TrailFold(rollups, visit.Company);
                for (; isStep && steps.Long(0) <= visit.Id; isStep = steps.Read())
                {
                    if (steps.Long(0) != visit.Id || visit.IsRobot)
                        continue;
                    rollups.Names.Title(raw, rollups.PageOf(visit.Company, steps.Text(2)), steps.Text(5));
                    fold.Step(steps.Int(1), steps.Text(2), steps.Long(3), steps.IsNull(4) ? null : steps.Long(4), Enter);
                }

                fold.Finish(Enter);
                Step();
            }

            void Enter(Action<RollupBook, bool, int> count) => count(rollups.Book, false, 1);
        }

        private void Visitors()
        {
            Begin("visitors", "SELECT count(*) FROM Visits WHERE IsRobot = 0");
            using var row = Open("SELECT CompanyId, VisitorId, StartedAt FROM Visits WHERE IsRobot = 0 ORDER BY CompanyId, VisitorId, StartedAt");
            Count(row, ReturnKind.Visitor, () => rollups.HourOf(row.Long(0), row.Long(2)));
        }

        private void Lines()
        {
            Begin("addresses", "SELECT count(*) FROM LineHours");
            using var row = Open("SELECT CompanyId, Line, Day, Hour FROM LineHours ORDER BY CompanyId, Line, Day, Hour");
            Count(row, ReturnKind.Line, () => new(new DateTimeOffset(row.Long(3), TimeSpan.Zero), DateOnly.FromDayNumber(row.Int(2))));
        }

        private void Count(RawRows row, ReturnKind kind, Func<Domain.Statistics.StatisticsHour> hourOf)
        {
            (long Company, long Who) last = default;
            var (lastHour, isFirst) = (default(Domain.Statistics.StatisticsHour), true);
            while (row.Read())
            {
                var (who, hour) = ((row.Long(0), row.Long(1)), hourOf());
                isFirst = isFirst || who != last;
                if (isFirst || hour != lastHour)
                    rollups.Book.Come(who.Item1, kind, hour);
                if (isFirst || hour.Day != lastHour.Day)
                    rollups.Book.Return(who.Item1, kind, hour.Day.DayNumber, isFirst ? 0 : lastHour.Day.DayNumber, 0);
                (last, lastHour, isFirst) = (who, hour, false);
                Step();
            }
        }

        private RawRows Open(string sql) => raw.Statement(sql).Rows();

        private void Begin(string stage, string count)
        {
            End();
            (_stage, _done, _total) = (stage, 0, raw.Statement(count).Number()!.Value);
            Tell();
        }

        /// <summary>The last of a stage is told, too.</summary>
        private void End()
        {
            rollups.Book.Flush(raw);
            if (_done % TellEvery != 0)
                Tell();
        }

        private void Step()
        {
            if (++_done % TellEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                Tell();
            }

            if (rollups.Book.Count >= MostWaiting)
                rollups.Book.Flush(raw);
        }

        private void Tell() => progress?.Report(new(_stage, _done, _total));
    }
}
