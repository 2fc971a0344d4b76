using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Packages;

namespace Live800.Portal.Tests.Features.Packages;

/// <summary>S4.4 on real files: the days are the company's own.</summary>
public class RecommendationQueriesTests
{
    [Fact]
    public async Task A_new_company_has_one_day_and_no_data()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        var found = await Queries(room).RecommendAsync(company);
        Assert.Equal((1, false), (found.Past.Days.Count, found.Past.HasData));
        Assert.Null(found.Best);
    }

    [Fact]
    public async Task Answers_refusals_samples_and_requests_without_answers_are_counted_on_their_days()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng", withTrial: false);
        await WithdrawAsync(room, company, 901);
        room.Data.Machine.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 5; i++) _ = await room.AnswerAsync(company);
        room.Data.Machine.Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(room, company, 902);
        var now = room.Data.Now;
        await room.Data.Writes.RunAsync((write, token) =>
        {
            write.AddRange(new SeatRefusal(IdSource.Next(now), company, new AgentId(3), 2, 2, now), new SeatRefusal(IdSource.Next(now), company, new AgentId(3), 2, 2, now), new SeatSample(company, now.AddDays(-1), 1));
            return Task.CompletedTask;
        });
        room.Data.Machine.Advance(TimeSpan.FromDays(1));
        await WithdrawAsync(room, company, 903);
        _ = await room.AnswerAsync(company);

        var past = await Queries(room).PastAsync(company);

        // The request before the answers were used up, and the one after midnight, were missed for another reason.
        Assert.Equal([new PastDay(new(2026, 3, 2), 5, 1, 3), new PastDay(new(2026, 3, 3), 1, 0, 1)], past.Days);
    }

    [Fact]
    public async Task At_most_thirty_days_are_looked_at_and_nothing_of_another_company()
    {
        await using var room = await PackageRoom.OpenAsync();
        var (company, other) = (await room.RegisterAsync("qingfeng", withTrial: false), await room.RegisterAsync("lantian"));
        _ = await room.AnswerAsync(company);
        room.Data.Machine.Advance(TimeSpan.FromDays(40));
        var now = room.Data.Now;
        await room.Data.Writes.RunAsync((write, token) =>
        {
            write.AddRange(new SeatSample(other, now, 9), new SeatRefusal(IdSource.Next(now), other, new AgentId(3), 9, 9, now));
            return Task.CompletedTask;
        });
        for (var i = 0; i < 5; i++) _ = await room.AnswerAsync(other);
        await WithdrawAsync(room, other, 904);

        var past = await Queries(room).PastAsync(company);

        Assert.Equal((30, false, 0), (past.Days.Count, past.HasData, past.Visits));
        Assert.Equal(1, (await Queries(room).RecommendAsync(other)).Outcomes[0].VisitorsTurnedAway);
    }

    [Fact]
    public async Task A_purchase_only_thought_of_is_tried_at_the_catalogues_price()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        _ = await room.AnswerAsync(company);
        var past = await Queries(room).PastAsync(company);
        var outcome = Queries(room).Try(past, OrderItem.Click(100, 2), seatsBeside: 2)!;
        Assert.Equal((200, 1_00L, null), (outcome.Alone.Option.Clicks, outcome.Alone.Cost, outcome.Together));
        Assert.Null(Queries(room).Try(past, OrderItem.Click(7, 1)));
        Assert.Null(Queries(room).Try(past, OrderItem.Term(0, 1, TermStart.Now)));
    }

    [Fact]
    public async Task A_term_only_thought_of_is_tried_alone_and_with_the_seats_that_run_beside_it()
    {
        await using var room = await PackageRoom.OpenAsync();
        var company = await room.RegisterAsync("qingfeng");
        await room.Data.Writes.RunAsync((write, token) =>
        {
            _ = write.Add(new SeatSample(company, room.Data.Now, 4));
            return Task.CompletedTask;
        });
        var outcome = Queries(room).Try(await Queries(room).PastAsync(company), OrderItem.Term(1, 3, TermStart.Now), seatsBeside: 2)!;
        // One day of thirty of one seat's month at ¥98, rounded up.
        Assert.Equal((1, 3_27L, 3), (outcome.Alone.Option.Seats, outcome.Alone.Cost, outcome.Alone.AgentsTurnedAway));
        Assert.Equal((3, 3_27L, 1), (outcome.Together!.Value.Option.Seats, outcome.Together.Value.Cost, outcome.Together.Value.AgentsTurnedAway));
        Assert.Equal((0L, 2), (outcome.Nothing.Cost, outcome.Nothing.AgentsTurnedAway));
    }

    private static RecommendationQueries Queries(PackageRoom room) => room.Data.Get<RecommendationQueries>();

    private static async Task WithdrawAsync(PackageRoom room, CompanyId company, long id)
    {
        var now = room.Data.Now;
        await room.Data.Writes.RunAsync((write, token) =>
        {
            var conversation = Conversation.Request(new ConversationId(id), company, new VisitorId(id), new VisitId(id), now).Conversation;
            Assert.False(conversation.Withdraw(now).IsRefused);
            _ = write.Add(conversation);
            return Task.CompletedTask;
        });
    }
}
