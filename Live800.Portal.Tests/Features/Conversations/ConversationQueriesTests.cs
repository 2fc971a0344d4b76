using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Conversations;

public sealed class ConversationQueriesTests
{
    [Fact]
    public async Task A_second_company_sees_nothing_of_the_first_whatever_it_asks()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (ours, theirs) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var agent = await ours.EnterAsync();
        var stranger = await theirs.EnterAsync();
        var (guest, talk) = await room.TalkAsync(ours, agent);
        var (past, over) = await room.TalkAsync(ours, agent);
        _ = await room.Desk.VisitorSaysAsync(ours.Id, past.Id, over.Id, Guid.NewGuid(), "secret");
        await room.Desk.EndVisitAsync(ours.Id, past.Visit);
        var waiting = (await room.Desk.RequestAsync(ours.Id, room.Visitor(ours.Id).Id)).Value;
        var queries = room.Queries;

        Assert.Empty(await queries.WaitingAsync(theirs.Id));
        Assert.Empty(await queries.OpenOfAsync(theirs.Id, agent.Agent));
        Assert.Empty(await queries.OfRunningVisitsAsync(theirs.Id));
        Assert.Empty(await queries.OfVisitAsync(theirs.Id, guest.Visit));
        Assert.Empty(await queries.OfVisitorAsync(theirs.Id, guest.Id));
        Assert.Null(await queries.FindAsync(theirs.Id, talk.Id));
        Assert.Null(await queries.FindOfVisitorAsync(theirs.Id, guest.Id, talk.Id));
        Assert.Null(await queries.LatestOfVisitorAsync(theirs.Id, guest.Id));
        Assert.Equal(0, await queries.PositionAsync(theirs.Id, waiting.Id));
        Assert.Empty(await queries.MessagesAsync(theirs.Id, talk.Id));
        var history = await queries.HistoryAsync(theirs.Id, new HistoryFilter(Text: "secret"));
        Assert.Empty(history.Conversations);
        Assert.Equal(0, history.OfVisitorsOnTheSite);

        // Nor can it do anything.
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.AcceptAsync(theirs.Id, stranger.Agent, stranger.Session, waiting.Id)).Outcome.Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.AgentSaysAsync(theirs.Id, stranger.Agent, stranger.Session, talk.Id, Guid.NewGuid(), "x")).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.VisitorSaysAsync(theirs.Id, guest.Id, talk.Id, Guid.NewGuid(), "x")).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.EndByAgentAsync(theirs.Id, agent.Agent, talk.Id)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.EndByVisitorAsync(theirs.Id, guest.Id, talk.Id)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.WithdrawAsync(theirs.Id, waiting.Id)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.SeenByAgentAsync(theirs.Id, agent.Agent, talk.Id, 1)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.SeenByVisitorAsync(theirs.Id, guest.Id, talk.Id, 1)).Refusal);
        await room.Desk.EndVisitAsync(theirs.Id, guest.Visit);
        Assert.Equal(ConversationState.Open, (await room.FindAsync(ours.Id, talk.Id)).State);
        Assert.Equal(1, await queries.PositionAsync(ours.Id, waiting.Id));
    }

    [Fact]
    public async Task Another_visitors_conversation_does_not_exist_for_a_visitor()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (_, talk) = await room.TalkAsync(firm, await firm.EnterAsync());
        var other = room.Visitor(firm.Id);

        Assert.Null(await room.Queries.FindOfVisitorAsync(firm.Id, other.Id, talk.Id));
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.EndByVisitorAsync(firm.Id, other.Id, talk.Id)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await room.Desk.SeenByVisitorAsync(firm.Id, other.Id, talk.Id, 1)).Refusal);
    }

    [Fact]
    public async Task Messages_are_resumed_after_any_number_in_pages_without_gap()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (guest, talk) = await room.TalkAsync(firm, await firm.EnterAsync());
        _ = await Task.WhenAll(Enumerable.Range(0, 600).Select(i => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), $"line {i}")));

        var first = await room.Queries.MessagesAsync(firm.Id, talk.Id, after: 50, take: int.MaxValue);
        var rest = await room.Queries.MessagesAsync(firm.Id, talk.Id, after: first[^1].Sequence);

        Assert.Equal(Enumerable.Range(51, 552), first.Concat(rest).Select(line => line.Sequence));
        Assert.Empty(await room.Queries.MessagesAsync(firm.Id, talk.Id, after: int.MaxValue));
        Assert.Equal(1, (await room.Queries.MessagesAsync(firm.Id, talk.Id, after: -1, take: 0))[0].Sequence);
    }

    [Fact]
    public async Task The_waiting_line_is_in_the_order_of_asking_and_tells_everybodys_place()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var agent = await firm.EnterAsync();
        var asked = new List<Conversation>();
        for (var i = 0; i < 3; i++)
        {
            asked.Add((await room.Desk.RequestAsync(firm.Id, room.Visitor(firm.Id).Id)).Value);
            room.Data.Machine.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(asked.Select(conversation => conversation.Id), (await room.Queries.WaitingAsync(firm.Id)).Select(conversation => conversation.Id));
        Assert.Equal(3, await room.Queries.PositionAsync(firm.Id, asked[2].Id));
        Assert.False((await room.Desk.AcceptAsync(firm.Id, agent.Agent, agent.Session, asked[0].Id)).Outcome.IsRefused);
        Assert.Equal(2, await room.Queries.PositionAsync(firm.Id, asked[2].Id));
        Assert.Equal(0, await room.Queries.PositionAsync(firm.Id, asked[0].Id));
    }

    [Fact]
    public async Task History_is_read_in_pages_newest_first_and_found_by_words_time_and_agent()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (first, second) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var past = new List<Conversation>();
        for (var i = 0; i < 7; i++)
        {
            // Two at each instant: pages must not lose the twin.
            if (i % 2 == 0) room.Data.Machine.Advance(TimeSpan.FromSeconds(5));
            var (guest, talk) = await room.TalkAsync(firm, i < 5 ? first : second);
            _ = await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), i == 3 ? "退货100%_好" : $"message {i}");
            await room.Desk.EndVisitAsync(firm.Id, guest.Visit);
            past.Add(talk);
        }

        var read = new List<ConversationId>();
        ConversationId? next = null;
        do
        {
            var page = await room.Queries.HistoryAsync(firm.Id, new HistoryFilter(Before: next, Take: 3));
            Assert.InRange(page.Conversations.Count, 1, 3);
            read.AddRange(page.Conversations.Select(conversation => conversation.Id));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(past.Select(conversation => conversation.Id).Reverse(), read);
        Assert.Equal(past[3].Id, Assert.Single((await room.Queries.HistoryAsync(firm.Id, new HistoryFilter(Text: "100%_"))).Conversations).Id);
        Assert.Empty((await room.Queries.HistoryAsync(firm.Id, new HistoryFilter(Text: "1%0"))).Conversations);
        Assert.Equal(2, (await room.Queries.HistoryAsync(firm.Id, new HistoryFilter(Agent: second.Agent))).Conversations.Count);
        Assert.Equal(
            past.Count(conversation => conversation.RequestedAt < past[4].RequestedAt),
            (await room.Queries.HistoryAsync(firm.Id, new HistoryFilter(Until: past[4].RequestedAt))).Conversations.Count);
    }
}
