using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Groups;

/// <summary>In which line a request waits (4).</summary>
public sealed class GroupLinesTests
{
    [Fact]
    public async Task A_request_to_a_group_waits_in_its_line_and_a_place_is_that_of_the_line()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync(1);
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 1);
        var (_, first) = await room.AskAsync(firm.Id);
        room.Data.Machine.Advance(TimeSpan.FromSeconds(1));
        var (_, second) = await room.AskAsync(firm.Id, sales.Id);
        room.Data.Machine.Advance(TimeSpan.FromSeconds(1));
        var (_, third) = await room.AskAsync(firm.Id);

        Assert.Equal((null, (GroupId?)sales.Id), (first.GroupId, second.GroupId));
        Assert.Equal(1, await room.Queries.PositionAsync(firm.Id, first.Id));
        Assert.Equal(1, await room.Queries.PositionAsync(firm.Id, second.Id));
        Assert.Equal(2, await room.Queries.PositionAsync(firm.Id, third.Id));
    }

    [Fact]
    public async Task A_group_that_is_another_companys_removed_or_empty_is_the_whole_company()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        _ = await firm.EnterAsync(0);
        var (strange, gone, empty) = (await other.GroupAsync("Sales", RoutingWay.ByHand, 0), await firm.GroupAsync("Gone", RoutingWay.ByHand, 0), await firm.GroupAsync("Sales", RoutingWay.ByHand, 1));
        _ = await room.Groups().RemoveAsync(firm.Boss(), gone.Id);

        foreach (var quiet in new[] { strange.Id, gone.Id, new GroupId(7) })
        {
            var (_, asked) = await room.AskAsync(firm.Id, quiet);
            Assert.Null(asked.GroupId);
            Assert.False((await room.LinesAsync(firm.Id, asked.Id)).Has(ChatMessageKind.WaitsForCompany));
        }

        var (_, told) = await room.AskAsync(firm.Id, empty.Id);
        Assert.Null(told.GroupId);
        Assert.True((await room.LinesAsync(firm.Id, told.Id)).Has(ChatMessageKind.WaitsForCompany));
    }

    [Fact]
    public async Task The_group_chosen_with_the_first_words_counts_and_later_ones_do_not()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.EnterAsync(0);
        var (sales, service) = (await firm.GroupAsync("Sales", RoutingWay.ByHand, 0), await firm.GroupAsync("Service", RoutingWay.ByHand, 0));
        var (guest, asked) = await room.AskAsync(firm.Id, words: null);
        Task SayAsync(GroupId group) => room.Desk.VisitorSaysAsync(firm.Id, guest.Id, asked.Id, Guid.NewGuid(), "hello", group);

        await SayAsync(sales.Id);
        Assert.Equal(sales.Id, (await room.FindAsync(firm.Id, asked.Id)).GroupId);
        await SayAsync(service.Id);
        Assert.Equal(sales.Id, (await room.FindAsync(firm.Id, asked.Id)).GroupId);

        // Words without a request before are a request to that group.
        var another = room.Visitor(firm.Id);
        var said = (await room.Desk.VisitorSaysAsync(firm.Id, another.Id, null, Guid.NewGuid(), "hello", service.Id)).Value;
        Assert.Equal(service.Id, (await room.FindAsync(firm.Id, said.Conversation)).GroupId);
    }

    [Fact]
    public async Task Anybody_may_help_out_across_groups_and_the_history_is_found_by_group()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (ann, _) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 1);
        var (guest, asked) = await room.AskAsync(firm.Id, sales.Id);
        Assert.False((await room.Desk.AcceptAsync(firm.Id, ann.Agent, ann.Session, asked.Id)).Outcome.IsRefused);
        _ = await room.Desk.EndByAgentAsync(firm.Id, ann.Agent, asked.Id);
        await room.Desk.EndVisitAsync(firm.Id, guest.Visit);

        _ = Assert.Single((await room.Queries.HistoryAsync(firm.Id, new HistoryFilter(Group: sales.Id))).Conversations);
        Assert.Empty((await room.Queries.HistoryAsync(firm.Id, new HistoryFilter(Group: new GroupId(7)))).Conversations);
    }

    [Fact]
    public async Task A_seat_that_is_released_gives_its_conversations_back_to_their_group()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (_, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 0, 1);
        var (_, asked) = await room.AskAsync(firm.Id, sales.Id);
        _ = await room.Desk.AcceptAsync(firm.Id, bob.Agent, bob.Session, asked.Id);
        Assert.False((await room.Seats.ReleaseAsync(firm.Id, firm.Agents[0].Agent, bob.Agent)).IsRefused);
        var back = await room.FindAsync(firm.Id, asked.Id);
        Assert.Equal((ConversationState.Waiting, (GroupId?)sales.Id), (back.State, back.GroupId));
    }
}
