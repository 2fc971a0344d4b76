using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Features.Invitations;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Tests.Features.Hours;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>What statistics of chats say, against a plain count over all rows (6).</summary>
public sealed class ChatStatisticsTests : IAsyncLifetime
{
    private static readonly ZoneHistory Berlin = ZoneHistory.Of("Europe/Berlin");
    private static readonly StatisticsPeriod Year = StatisticsPeriod.Parse("2026-01-01", "2026-12-31")!.Value;
    private ChatRoom _room = null!;
    private Firm _firm = null!;
    private Firm _other = null!;

    public static TheoryData<string, string, StatisticsUnit> Periods => new()
    {
        { "2026-01-01", "2026-12-31", StatisticsUnit.Week },
        { "2026-01-01", "2026-12-31", StatisticsUnit.Month },
        { "2026-03-29", "2026-03-29", StatisticsUnit.Hour },
        { "2026-10-25", "2026-10-25", StatisticsUnit.Hour },
        { "2026-10-12", "2026-11-08", StatisticsUnit.Hour },
        { "2026-03-15", "2026-04-15", StatisticsUnit.Day },
        { "2000-01-01", "2049-12-31", StatisticsUnit.Month },
        { "2000-01-01", "2049-12-31", StatisticsUnit.Hour },
    };

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync(services => services.AddChatStatistics().AddInvitations());
        (_firm, _other) = (await _room.CompanyAsync("alpha", agents: 4), await _room.CompanyAsync("beta", agents: 3));
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Theory]
    [InlineData("2026-03-01", "2026-03-01")]
    [InlineData("2090-01-01", "2090-12-31")]
    [InlineData("2000-01-01", "2049-12-31")]
    public async Task A_company_without_any_data_has_noughts_and_no_medians(string first, string last)
    {
        var period = StatisticsPeriod.Parse(first, last)!.Value;
        var requests = await Get<ChatStatistics>().RequestsAsync(_firm.Id, period, period.BestUnit, Berlin);
        Assert.Equal(0, requests.Whole.Count);
        Assert.All(requests.Steps, of => Assert.Equal(0, of.Value.Count));
        Assert.Equal(0, (await Get<ChatStatistics>().AnswersAsync(_firm.Id, period, period.BestUnit, Berlin)).Whole.Count);
        Assert.Equal(new ChatTimes(TimeSpread.None, TimeSpread.None, TimeSpread.None), await Get<ChatStatistics>().TimesAsync(_firm.Id, period, Berlin));
        var missed = await Get<MissedStatistics>().MissedAsync(_firm.Id, period, period.BestUnit, Berlin);
        Assert.Equal((0L, 0L, TimeSpread.None, 0L), (missed.Count, missed.NotBegun, missed.Waited, missed.Hours.Count));
        Assert.Empty(await Get<MissedStatistics>().VisitorsAsync(_firm.Id, period, Berlin));
        Assert.Empty(await Get<MissedStatistics>().AllAsync(_firm.Id, period, Berlin));
        Assert.Empty(await Get<MissedStatistics>().MoreSeatsAsync(_firm.Id, period, Berlin));
        Assert.Equal(RatingSpread.None, (await Get<RatingStatistics>().SatisfactionAsync(_firm.Id, period, Berlin)).Whole);
        Assert.Empty(await Get<RatingStatistics>().LabelsAsync(_firm.Id, period, Berlin));
        Assert.Equal(default, (await Get<InvitationStatistics>().InvitationsAsync(_firm.Id, period, Berlin)).Whole);
        Assert.Equal(default, (await Get<OfflineStatistics>().OfflineAsync(_firm.Id, period, period.BestUnit, Berlin)).Counts.Whole);
        var agents = await Get<AgentStatistics>().AgentsAsync(_firm.Id, period, Berlin);
        Assert.Equal(4, agents.Count);
        Assert.All(agents, of => Assert.Equal((0L, 0L, null), (of.Conversations, of.Answers, of.PerOnlineHour)));
        var seats = await Get<SeatStatistics>().SeatsAsync(_firm.Id, period, period.BestUnit, Berlin);
        Assert.Equal((null, 0L, 0L), (seats.Steps.Whole.Peak, seats.Steps.Whole.Refusals, seats.ByHour.Count));
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public async Task Requests_answers_and_times_are_those_of_a_plain_count(string first, string last, StatisticsUnit unit)
    {
        await FillAsync(1, 900);
        var period = StatisticsPeriod.Parse(first, last)!.Value;
        var all = await AllAsync(context => context.Conversations.Where(row => row.CompanyId == _firm.Id));
        bool Has(DateTimeOffset at) => Berlin.DateAt(at) is var day && day >= period.From && day <= period.Until;
        var mine = all.Where(row => Has(row.RequestedAt)).ToList();
        static RequestResult Result(Conversation row) => row.AcceptedAt is not null ? RequestResult.Taken : row.State == ConversationState.Waiting ? RequestResult.Waiting : RequestResult.Withdrawn;

        var requests = await Get<ChatStatistics>().RequestsAsync(_firm.Id, period, unit, Berlin);
        Assert.Equal(mine.Count, requests.Whole.Count);
        foreach (var way in Enum.GetValues<AnswerWay>())
        {
            foreach (var result in Enum.GetValues<RequestResult>())
            {
                Assert.Equal(mine.Count(row => row.Way == way && Result(row) == result), requests.Whole[way, result]);
                Assert.Equal(requests.Whole[way, result], requests.Steps.Sum(of => of.Value[way, result]));
            }
        }

        Assert.All(requests.Steps, of => Assert.Equal(mine.Count(row => of.Step.Has(row.RequestedAt)), of.Value.Count));

        var lines = (await AllAsync(context => context.LedgerLines.Where(row => row.CompanyId == _firm.Id && row.Kind == LedgerKind.Answer))).Where(row => Has(row.At)).ToList();
        var answers = await Get<ChatStatistics>().AnswersAsync(_firm.Id, period, unit, Berlin);
        Assert.Equal((lines.Count, lines.Count), (answers.Whole.Count, answers.Steps.Sum(of => of.Value.Count)));
        foreach (var of in lines.GroupBy(row => (row.AgentId, row.Way))) Assert.Equal(of.Count(), answers.Whole.Of(of.Key.AgentId!.Value, of.Key.Way!.Value));

        var times = await Get<ChatStatistics>().TimesAsync(_firm.Id, period, Berlin);
        Assert.Equal(Plain(mine.Where(row => row.AcceptedAt is not null && (row.Way is AnswerWay.VisitorAsks or AnswerWay.AutomaticInvitation)).Select(row => row.AcceptedAt!.Value - row.RequestedAt)), times.Waiting);
        Assert.Equal(Plain(mine.Where(row => row.FirstReplyAfter is not null).Select(row => row.FirstReplyAfter!.Value)), times.FirstReply);
        Assert.Equal(Plain(mine.Where(row => row is { AcceptedAt: not null, EndedAt: not null }).Select(row => row.EndedAt!.Value - row.AcceptedAt!.Value)), times.Duration);

        var agents = await Get<AgentStatistics>().AgentsAsync(_firm.Id, period, Berlin);
        foreach (var of in agents)
        {
            Assert.Equal(mine.Count(row => row.AcceptedAt is not null && row.AgentId == of.Agent.Id), of.Conversations);
            Assert.Equal(lines.Count(row => row.AgentId == of.Agent.Id), of.Answers);
            Assert.Equal(Plain(mine.Where(row => row.FirstReplyBy == of.Agent.Id).Select(row => row.FirstReplyAfter!.Value)), of.FirstReply);
        }
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public async Task Missed_requests_messages_and_ratings_are_those_of_a_plain_count(string first, string last, StatisticsUnit unit)
    {
        await FillAsync(2, 900);
        var period = StatisticsPeriod.Parse(first, last)!.Value;
        bool Has(DateTimeOffset at) => Berlin.DateAt(at) is var day && day >= period.From && day <= period.Until;
        var talks = await AllAsync(context => context.Conversations.Where(row => row.CompanyId == _firm.Id));
        var mine = (await AllAsync(context => context.MissedRequests.Where(row => row.CompanyId == _firm.Id))).Where(row => Has(row.At)
            && !(row.Reason == MissedReason.NotAnswered && talks.Exists(talk => talk.VisitorId == row.VisitorId && talk.RequestedAt >= row.Since))).ToList();

        var missed = await Get<MissedStatistics>().MissedAsync(_firm.Id, period, unit, Berlin);
        Assert.Equal((mine.Count, mine.Count, mine.Count), (missed.Count, missed.Steps.Steps.Sum(of => of.Value), missed.Hours.Count));
        Assert.All(missed.Steps.Steps, of => Assert.Equal(mine.Count(row => of.Step.Has(row.At)), of.Value));
        foreach (var reason in Enum.GetValues<MissedReason>())
        {
            Assert.Equal(mine.Count(row => row.Reason == reason), missed.Of(reason));
            for (var hour = 0; hour < 24; hour++) Assert.Equal(mine.Count(row => row.Reason == reason && TimeZoneInfo.ConvertTime(row.At, Berlin.ZoneAt(row.At)).Hour == hour), missed.OfHour(reason, hour));
        }

        Assert.Equal(mine.Count(row => !row.HasWaited), missed.NotBegun);
        Assert.Equal(Plain(mine.Where(row => row.HasWaited).Select(row => row.At - row.Since)), missed.Waited);
        var listed = await Get<MissedStatistics>().VisitorsAsync(_firm.Id, period, Berlin);
        Assert.Equal(listed, (await Get<MissedStatistics>().AllAsync(_firm.Id, period, Berlin)).Take(MissedStatistics.MostListed));
        Assert.Equal(mine.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(MissedStatistics.MostListed).Select(row => row.Id), listed.Select(row => row.Id));

        var left = (await AllAsync(context => context.OfflineMessages.Where(row => row.CompanyId == _firm.Id))).Where(row => Has(row.At)).ToList();
        var offline = await Get<OfflineStatistics>().OfflineAsync(_firm.Id, period, unit, Berlin);
        Assert.Equal((left.Count, left.Count(row => !row.IsNew)), (offline.Counts.Whole.Left, offline.Counts.Whole.Handled));
        var replied = (await AllAsync(context => context.OfflineReplies.Where(row => row.CompanyId == _firm.Id))).Select(row => row.MessageId).ToHashSet();
        Assert.Equal(left.Count(row => replied.Contains(row.Id)), offline.Counts.Whole.Replied);
        Assert.Equal(Plain(left.Where(row => !row.IsNew).Select(row => row.HandledAt!.Value - row.At)), offline.Handling);

        var rated = (await AllAsync(context => context.ConversationRatings.Where(row => row.CompanyId == _firm.Id))).Where(row => Has(row.At)).ToList();
        var ratings = await Get<RatingStatistics>().SatisfactionAsync(_firm.Id, period, Berlin);
        Assert.Equal(new RatingSpread(rated.Select(row => (row.Score, 1L))), ratings.Whole);
        Assert.Equal(rated.Select(row => row.AgentId).Distinct().Count(), ratings.ByAgent.Count);
    }

    [Fact]
    public async Task Another_companys_rows_are_never_counted()
    {
        await FillAsync(3, 300, _other);
        Assert.Equal(0, (await Get<ChatStatistics>().RequestsAsync(_firm.Id, Year, StatisticsUnit.Month, Berlin)).Whole.Count);
        Assert.Equal(0, (await Get<ChatStatistics>().AnswersAsync(_firm.Id, Year, StatisticsUnit.Month, Berlin)).Whole.Count);
        Assert.Equal(0, (await Get<ChatStatistics>().TimesAsync(_firm.Id, Year, Berlin)).Duration.Count);
        Assert.Equal(0, (await Get<MissedStatistics>().MissedAsync(_firm.Id, Year, StatisticsUnit.Month, Berlin)).Count);
        Assert.Empty(await Get<MissedStatistics>().VisitorsAsync(_firm.Id, Year, Berlin));
        Assert.Empty(await Get<MissedStatistics>().ShortHoursAsync(_firm.Id, Year, Berlin));
        Assert.Equal(0, (await Get<RatingStatistics>().SatisfactionAsync(_firm.Id, Year, Berlin)).Whole.Count);
        Assert.Empty(await Get<RatingStatistics>().LabelsAsync(_firm.Id, Year, Berlin));
        Assert.Equal(0, (await Get<InvitationStatistics>().InvitationsAsync(_firm.Id, Year, Berlin)).Whole.Sent);
        Assert.Equal(0, (await Get<OfflineStatistics>().OfflineAsync(_firm.Id, Year, StatisticsUnit.Month, Berlin)).Counts.Whole.Left);
        Assert.All(await Get<AgentStatistics>().AgentsAsync(_firm.Id, Year, Berlin), of => Assert.Equal((0L, 0L, 0L, 0L, TimeSpan.Zero), (of.Conversations, of.Answers, of.FirstReply.Count, of.Ratings.Count, of.Online)));
        var seats = await Get<SeatStatistics>().SeatsAsync(_firm.Id, Year, StatisticsUnit.Month, Berlin);
        Assert.Equal((null, 0L), (seats.Steps.Whole.Peak, seats.Steps.Whole.Refusals));
        Assert.Empty(seats.Newest);
        Assert.NotEqual(0, (await Get<ChatStatistics>().RequestsAsync(_other.Id, Year, StatisticsUnit.Month, Berlin)).Whole.Count);
    }

    [Fact]
    public async Task Invitations_are_told_by_rule_and_by_hand_and_a_deleted_rule_keeps_its_name()
    {
        var (kept, gone) = (Rule("站内", 1), Rule("促销", 2));
        var moments = Moments.Default;
        var sent = _room.Now - TimeSpan.FromMinutes(30);
        await _room.Data.Writes.RunAsync((context, token) =>
        {
            context.AddRange(kept, gone);
            Invitation Of(int visitor, AgentId? agent, InvitationRule? rule, DateTimeOffset at)
            {
                var id = new InvitationId(IdSource.Next(at));
                var one = Invitation.Send(id, _firm.Id, new VisitorId(visitor), new VisitId(visitor), agent, at, null, null, at, moments, rule: rule?.Id).Value;
                _ = context.Add(one);
                return one;
            }

            var ann = _firm.Agents[0].Agent;
            _ = Of(1, ann, null, sent).Reached(true, sent.AddSeconds(1));
            var accepted = Of(2, ann, null, sent);
            _ = accepted.Join(new ConversationId(7), sent.AddSeconds(9), moments);
            _ = Of(3, null, kept, sent).Refuse(sent.AddSeconds(9), moments);
            Of(4, null, gone, sent).LeaveUnserved(sent.AddSeconds(9));
            _ = Of(5, null, gone, sent).Expire(sent.AddMinutes(5), moments);
            // Nobody looked after this one: it is expired by the clock alone.
            _ = Of(6, null, gone, sent);
            _ = Of(7, null, gone, _room.Now - TimeSpan.FromSeconds(5)).Reached(false, _room.Now);
            return Task.CompletedTask;
        });
        await _room.Data.Writes.RunAsync(async (context, token) =>
        {
            var rule = await context.InvitationRules.SingleAsync(row => row.Id == gone.Id, token);
            _ = context.Remove(rule);
            _ = context.Add(new DeletedRule(rule, _room.Now));
        });

        var figures = await Get<InvitationStatistics>().InvitationsAsync(_firm.Id, StatisticsPeriod.Of(Berlin.DateAt(_room.Now)), Berlin);
        Assert.Equal(new InvitationCounts(2, 2, 2, 1, 0, 1, 0, 0), figures.ByHand);
        Assert.Equal([
            new RuleInvitations(gone.Id, "促销", true, new InvitationCounts(4, 2, 1, 0, 0, 2, 1, 1)),
            new RuleInvitations(kept.Id, "站内", false, new InvitationCounts(1, 1, 1, 0, 1, 0, 0, 0))], figures.ByRule);
        Assert.Equal(7, figures.Whole.Sent);
    }

    [Fact]
    public async Task Online_time_is_cut_to_the_period_and_holds_the_seat_held_now()
    {
        var (ann, bob) = (_firm.Agents[0].Agent, _firm.Agents[1].Agent);
        var today = Berlin.DateAt(_room.Now);
        var midnight = Berlin.StartOf(today);
        await _room.Data.Writes.RunAsync((context, token) =>
        {
            // Two hours, half an hour of them yesterday.
            _ = context.Add(new SeatStay(_firm.Id, bob, midnight.AddMinutes(-30), midnight.AddMinutes(90)));
            return Task.CompletedTask;
        });
        var seat = await _firm.EnterAsync(0);
        for (var i = 0; i < 40; i++)
        {
            _room.Pass(TimeSpan.FromSeconds(20));
            _ = await _room.Seats.RenewAsync(_firm.Id, ann, seat.Session);
        }

        var figures = (await Get<AgentStatistics>().AgentsAsync(_firm.Id, StatisticsPeriod.Of(today), Berlin)).ToDictionary(of => of.Agent.Id);
        Assert.Equal(TimeSpan.FromMinutes(90), figures[bob].Online);
        Assert.InRange(figures[ann].Online!.Value, TimeSpan.FromSeconds(780), TimeSpan.FromSeconds(800));
        Assert.Equal(TimeSpan.Zero, figures[_firm.Agents[2].Agent].Online);
        var old = StatisticsPeriod.Of(today.AddDays(-500));
        Assert.All(await Get<AgentStatistics>().AgentsAsync(_firm.Id, old, Berlin), of => Assert.Null(of.Online));
    }

    [Fact]
    public async Task Seats_are_told_against_those_in_force_then_and_refusals_say_what_more_seats_would_have_caught()
    {
        // Clicks: without limit. A second company has the free package's two.
        var free = await _room.CompanyAsync("gamma", clicks: 0, agents: 3);
        var at = _room.Now;
        var today = Berlin.DateAt(at);
        await _room.Data.Writes.RunAsync((context, token) =>
        {
            context.AddRange(new SeatSample(free.Id, at, 2), new SeatSample(free.Id, at.AddHours(-1), 1));
            for (var i = 0; i < 3; i++) _ = context.Add(new SeatRefusal(IdSource.Next(at), free.Id, free.Agents[i % 2].Agent, 2, 2, at));
            context.AddRange(
                MissedRequest.NotStarted(free.Id, new VisitorId(1), null, MissedReason.SeatsFull, today, at),
                MissedRequest.NotStarted(free.Id, new VisitorId(2), null, MissedReason.SeatsFull, today, at.AddHours(-3)),
                MissedRequest.NotStarted(free.Id, new VisitorId(3), null, MissedReason.NobodyIn, today, at));
            return Task.CompletedTask;
        });

        var seats = await Get<SeatStatistics>().SeatsAsync(free.Id, StatisticsPeriod.Of(today), StatisticsUnit.Hour, Berlin);
        Assert.Equal(new SeatStep(2, 2, 2, 3), seats.Steps.Whole);
        Assert.Equal((3, 3L), (seats.Newest.Count, seats.ByHour.Count));
        Assert.Equal(3, Assert.Single(seats.Steps.Steps, of => of.Step.Has(at)).Value.Refusals);
        Assert.Equal([new MoreSeatsCatch(1, 1, 1), new MoreSeatsCatch(2, 2, 2)], await Get<MissedStatistics>().MoreSeatsAsync(free.Id, StatisticsPeriod.Of(today), Berlin));

        var clicks = await Get<SeatStatistics>().SeatsAsync(_firm.Id, StatisticsPeriod.Of(today), StatisticsUnit.Hour, Berlin);
        // Before they were bought the free package was in force.
        Assert.Equal((2L, null), (clicks.Steps.Whole.Fewest, clicks.Steps.Whole.Most));
        Assert.Equal((null, null), (clicks.Steps.Steps[^1].Value.Fewest, clicks.Steps.Steps[^1].Value.Most));
        Assert.Equal((2L, 2L), (clicks.Steps.Steps[0].Value.Fewest, clicks.Steps.Steps[0].Value.Most));
    }

    [Fact]
    public async Task What_statistics_ask_is_found_by_an_index_of_the_company()
    {
        string[] asked =
        [
            ChatStatistics.RequestsSql, ChatStatistics.AnswersSql, ChatStatistics.TimesSql, AgentStatistics.ConversationsSql, AgentStatistics.AnswersSql,
            AgentStatistics.StaysSql, RatingStatistics.RatingsSql, RatingStatistics.LabelsSql, InvitationStatistics.CountsSql, OfflineStatistics.CountsSql, OfflineStatistics.HandlingSql,
            MissedStatistics.CountsSql, MissedStatistics.WaitedSql, MissedStatistics.SeatsFullSql, MissedStatistics.RefusedSql, MissedStatistics.ListSql, SeatStatistics.PeaksSql, SeatStatistics.RefusalsSql, SeatStatistics.TurnsSql,
        ];
        foreach (var sql in asked)
        {
            var steps = await _room.Data.Writes.RunRawAsync(raw =>
            {
                var read = new List<string>();
                using var reader = raw.Prepared("EXPLAIN QUERY PLAN " + sql, "@company", "@from", "@until").ExecuteReader();
                while (reader.Read()) read.Add(reader.GetString(3));
                return read;
            });
            Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal));
            Assert.Contains(steps, step => step.Contains("(CompanyId=? AND", StringComparison.Ordinal));
            // Conversations, answers, ratings and labels are many: no row of the table is read.
            if (sql.Contains("FROM \"Conversations\"", StringComparison.Ordinal) && !sql.Contains("MissedRequests", StringComparison.Ordinal)) Assert.Contains(steps, step => step.Contains("COVERING INDEX IX_Conversations_Statistics", StringComparison.Ordinal));
        }
    }

    private static TimeSpread Plain(IEnumerable<TimeSpan> lengths)
    {
        var sorted = lengths.Order().ToList();
        static TimeSpan Whole(TimeSpan length) => TimeSpan.FromSeconds(length.Ticks / TimeSpan.TicksPerSecond);
        return sorted.Count == 0 ? TimeSpread.None : new TimeSpread(
            sorted.Count,
            new TimeSpan(sorted.Sum(length => length.Ticks) / sorted.Count),
            Whole(sorted[((sorted.Count + 1) / 2) - 1]),
            Whole(sorted[(((sorted.Count * 9) + 9) / 10) - 1]),
            Whole(sorted[^1]));
    }

    private T Get<T>()
        where T : notnull => _room.Data.Get<T>();

    private InvitationRule Rule(string name, int position) =>
        InvitationRule.Write(new InvitationRuleId(IdSource.Next(_room.Now)), _firm.Id, position, name, "", new RuleConditions(null, 0, 0, 1, 1, null), false).Value;

    private async Task<List<T>> AllAsync<T>(Func<Portal.Data.PortalDbContext, IQueryable<T>> of)
        where T : class
    {
        await using var context = _room.Data.Read();
        return await of(context).AsNoTracking().ToListAsync();
    }

    /// <summary>A year as it may have been, the same for the same seed; other companies have rows too.</summary>
    private async Task FillAsync(int seed, int count, Firm? only = null)
    {
        var random = new Random(seed);
        foreach (var firm in only is null ? new[] { _firm, _other } : [only]) await FillAsync(firm, random, count);
    }

    private Task<bool> FillAsync(Firm firm, Random random, int count) => _room.Data.Writes.RunAsync((context, raw, token) =>
    {
        var moments = Moments.Default;
        // Much of it near the days on which clocks change.
        DateTimeOffset Any() => (random.Next(4) switch
        {
            0 => new DateTimeOffset(2026, 3, 28, 20, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(random.Next(40 * 3600)),
            1 => new DateTimeOffset(2026, 10, 24, 20, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(random.Next(40 * 3600)),
            _ => new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(random.Next(420 * 86400)),
        }).AddTicks(random.Next(10_000_000));
        AgentId Agent() => firm.Agents[random.Next(firm.Agents.Count)].Agent;
        var line = 1000;
        var conversations = new List<Conversation>();
        var labels = new[] { LabelKind.Topic, LabelKind.Reason }.Select((kind, i) => ConversationLabel.Make(new ConversationLabelId(IdSource.Next(_room.Now)), firm.Id, kind, "label" + i, i).Value).ToList();
        context.AddRange(labels);
        for (var i = 0; i < count; i++)
        {
            var (at, agent, visitor) = (Any(), Agent(), new VisitorId(IdSource.Next(_room.Now)));
            var id = new ConversationId(IdSource.Next(_room.Now));
            Conversation talk;
            if (random.Next(5) == 0)
            {
                talk = Conversation.Proactive(id, firm.Id, visitor, new VisitId(i + 1), agent, at).Conversation;
            }
            else if (random.Next(5) == 0)
            {
                var byRule = random.Next(2) == 0;
                var invitation = Invitation.Send(new InvitationId(IdSource.Next(_room.Now)), firm.Id, visitor, new VisitId(i + 1), byRule ? null : agent, at, null, null, at.AddSeconds(-20), moments).Value;
                talk = invitation.Accept(id, true, at, moments).Value.Conversation;
                _ = context.Add(invitation);
            }
            else
            {
                talk = Conversation.Request(id, firm.Id, visitor, new VisitId(i + 1), at).Conversation;
            }

            var now = at.AddTicks(random.Next(1_000_000_000));
            if (talk.State == ConversationState.Waiting && random.Next(10) < 7) _ = talk.Accept(agent, now, now, moments);
            if (random.Next(2) == 0) _ = talk.Say(Speaker.Visitor, Guid.NewGuid(), "a", now = now.AddTicks(random.Next(100_000_000)));
            if (talk.State == ConversationState.Open)
            {
                _ = talk.Say(Speaker.Agent(agent), Guid.NewGuid(), "b", now = now.AddTicks(random.Next(900_000_000)));
                var values = $"({firm.Id.Value}, {line++}, 2, {(talk.AcceptedAt ?? at).UtcTicks}, 0, 0, {(int)talk.Way}, {agent.Value}, {id.Value}, 2, 7, '')";
                _ = raw.Execute($"INSERT INTO LedgerLines (CompanyId, Number, Kind, At, Clicks, Seats, Way, AgentId, ConversationId, Charged, BalanceAfter, Seal) VALUES {values}");
                if (random.Next(3) == 0 && talk.Rate(Guid.NewGuid(), random.Next(1, 6), null, now) is { IsRefused: false } rated) _ = context.Add(rated.Value.Rating);
                foreach (var label in labels.Where(_ => random.Next(3) == 0)) _ = context.Add(new ConversationLabelling(talk, label, agent, now));
                if (random.Next(8) == 0) _ = talk.ReturnToGroup(now);
                else if (random.Next(8) != 0) _ = talk.End(Speaker.Agent(agent), now.AddTicks(random.NextInt64(20_000_000_000)));
            }

            if (talk.State == ConversationState.Waiting && random.Next(3) != 0)
            {
                _ = talk.Withdraw(now = now.AddTicks(random.Next(1_000_000_000)));
                _ = context.Add(MissedRequest.GivenUp(talk, (MissedReason)random.Next(10), Berlin.DateAt(now), now));
            }

            conversations.Add(talk);
            if (random.Next(3) == 0)
            {
                // Some of those who were asked something first began later, some did not.
                var (who, when) = random.Next(2) == 0 ? (visitor, at.AddSeconds(random.Next(-60, 60))) : (new VisitorId(IdSource.Next(_room.Now)), Any());
                _ = context.Add(MissedRequest.NotStarted(firm.Id, who, null, (MissedReason)random.Next(10), Berlin.DateAt(when), when));
            }

            if (random.Next(3) == 0)
            {
                var left = OfflineMessage.Leave(new OfflineMessageId(IdSource.Next(_room.Now)), firm.Id, visitor, Guid.NewGuid(), "n", "c", "t", at).Value;
                _ = context.Add(left);
                if (random.Next(2) == 0) left.Handle(agent, at.AddTicks(random.NextInt64(900_000_000_000)));
                if (random.Next(2) == 0 && left.Reply(new OfflineReplyId(IdSource.Next(_room.Now)), agent, Guid.NewGuid(), "r", null, left.Version, left.IsNew, now) is { IsRefused: false } reply) _ = context.Add(reply.Value);
            }

            if (random.Next(9) == 0) _ = context.Add(new SeatRefusal(IdSource.Next(_room.Now), firm.Id, agent, 2, 2, at));
        }

        context.AddRange(conversations);
        return Task.FromResult(true);
    });
}
