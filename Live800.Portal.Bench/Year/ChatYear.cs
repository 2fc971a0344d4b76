using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;

namespace Live800.Portal.Bench.Year;

/// <summary>
/// The chats that belong to a year of traffic: one for every visit in which an agent talked, a tenth as many that were missed, invitations, ratings, offline messages, seats. Written straight into the tables, because what is measured is how they are read; the ledger's
/// lines are for counting only and carry no seal. What is there already is left: two who were missed on one day are one.
/// </summary>
internal sealed class ChatYear(WriteQueue<PortalDbContext> writes, CompanyId company, IReadOnlyList<long> agents, ZoneHistory zones, int seed)
{
    private readonly Random _chance = new(seed);

    public async Task WriteAsync(IReadOnlyList<(VisitId Visit, VisitorId Visitor, DateTimeOffset At)> talks)
    {
        _ = await InsertAsync("Conversations", "Id, CompanyId, VisitorId, VisitId, Way, State, AgentId, RequestedAt, AcceptedAt, EndedAt, EndedBy, VisitEndedAt, AnswerTaken, LastSequence, VisitorSeen, AgentSeen, Version, FirstReplyAt", Conversations(talks));
        _ = await InsertAsync("LedgerLines", "CompanyId, Number, Kind, At, Clicks, Seats, Way, AgentId, ConversationId, Charged, BalanceAfter, Seal", talks.Select((talk, i) => new object[]
        {
            company.Value, 1_000_000L + i, (int)LedgerKind.Answer, talk.At.AddSeconds(20).UtcTicks, 0, 0, WayOf(i), AgentOf(i), IdOf(talk), (int)PackageKind.Monthly, 0, "",
        }));
        _ = await InsertAsync("ConversationRatings", "ConversationId, CompanyId, AgentId, Score, Comment, At", talks.Select((talk, i) => (talk, i)).Where(of => of.i % 4 == 0).Select(of => new object[] { IdOf(of.talk), company.Value, AgentOf(of.i), of.i % 40 == 0 ? 2 : 5 - (of.i % 3 == 0 ? 1 : 0), "", of.talk.At.AddMinutes(9).UtcTicks }));
        _ = await InsertAsync("MissedRequests", "Id, CompanyId, VisitorId, Day, Since, At, Times, Reason", talks.Where((_, i) => i % 10 == 3).Select((talk, i) => new object[]
        {
            IdOf(talk) + 1, company.Value, talk.Visitor.Value + 1, zones.DateAt(talk.At).DayNumber, talk.At.UtcTicks, talk.At.AddSeconds(_chance.Next(1, 400)).UtcTicks, 1, i % 5 == 0 ? 2 : i % 6 == 0 ? 3 : i % 3,
        }));
        _ = await InsertAsync("Invitations", "Id, CompanyId, VisitorId, VisitId, AgentId, Text, InvitedAt, SentAt, DeliveredAt, SeenAt, AnsweredAt, ClosedAt, IsRefused, Version", talks.Where((_, i) => i % 2 == 0).Select((talk, i) => new object[]
        {
            IdOf(talk) + 2, company.Value, talk.Visitor.Value, talk.Visit.Value, AgentOf(i), "", talk.At.UtcTicks, talk.At.UtcTicks, talk.At.AddSeconds(1).UtcTicks, i % 3 == 0 ? DBNull.Value : talk.At.AddSeconds(3).UtcTicks, talk.At.AddSeconds(40).UtcTicks, talk.At.AddSeconds(40).UtcTicks, i % 5 < 2, 1,
        }));
        _ = await InsertAsync("OfflineMessages", "Id, CompanyId, ClientId, Name, Contact, Text, At, HandledAt, HandledBy, Page, PageTitle, Version", talks.Where((_, i) => i % 20 == 7).Select((talk, i) => new object[]
        {
            IdOf(talk) + 3, company.Value, Guid.NewGuid().ToString(), "", "", "?", talk.At.UtcTicks, i % 9 == 0 ? DBNull.Value : talk.At.AddHours(_chance.Next(1, 30)).UtcTicks, i % 9 == 0 ? DBNull.Value : AgentOf(i), "", "", 1,
        }));
        _ = await InsertAsync("SeatRefusals", "Id, CompanyId, AgentId, Used, Seats, At", talks.Where((_, i) => i % 400 == 9).Select((talk, i) => new object[] { IdOf(talk) + 4, company.Value, AgentOf(i), 3, 3, talk.At.UtcTicks }));
        var hours = talks.GroupBy(talk => SeatSample.HourOf(talk.At)).OrderBy(group => group.Key).ToList();
        _ = await InsertAsync("SeatSamples", "CompanyId, Hour, Used", hours.Select(hour => new object[] { company.Value, hour.Key.UtcTicks, 1 + _chance.Next(3) }));
        _ = await InsertAsync("SeatStays", "CompanyId, AgentId, [From], Until", hours.GroupBy(hour => zones.DateAt(hour.Key)).SelectMany(day => agents.Select(agent => new object[] { company.Value, agent, day.First().Key.UtcTicks, day.Last().Key.AddHours(1).UtcTicks })));
    }

    private IEnumerable<object[]> Conversations(IReadOnlyList<(VisitId Visit, VisitorId Visitor, DateTimeOffset At)> talks)
    {
        for (var i = 0; i < talks.Count; i++)
        {
            var talk = talks[i];
            var accepted = talk.At.AddSeconds(3 + (int)(-25 * Math.Log(1 - _chance.NextDouble())));
            yield return
            [
                IdOf(talk), company.Value, talk.Visitor.Value, talk.Visit.Value, WayOf(i), 2, AgentOf(i), talk.At.UtcTicks, accepted.UtcTicks, accepted.AddSeconds(60 + _chance.Next(1200)).UtcTicks, 1, accepted.AddMinutes(25).UtcTicks, true, 6, 6, 6, 8,
                accepted.AddSeconds(2 + (int)(-30 * Math.Log(1 - _chance.NextDouble()))).UtcTicks,
            ];
        }
    }

    private static int WayOf(int i) => (i % 20) switch { 0 => 1, 1 or 2 => 2, 3 => 3, _ => 0 };

    private long AgentOf(int i) => agents[i % agents.Count];

    // Below the visit's own id there is room for what happened in it.
    private static long IdOf((VisitId Visit, VisitorId Visitor, DateTimeOffset At) talk) => talk.Visit.Value * 8;

    private Task<int> InsertAsync(string table, string columns, IEnumerable<object[]> rows) => writes.RunRawAsync(raw =>
    {
        var names = columns.Split(", ").Select((_, i) => $"@p{i}").ToArray();
        var insert = raw.Prepared($"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({string.Join(", ", names)})", names);
        var count = 0;
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) insert.Parameters[i].Value = row[i];
            count += insert.ExecuteNonQuery();
        }

        return count;
    });
}
