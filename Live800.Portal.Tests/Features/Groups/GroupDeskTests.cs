using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Groups;

public sealed class GroupDeskTests
{
    [Fact]
    public async Task Names_that_are_none_taken_or_too_many_are_refused_and_nothing_is_kept()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        _ = await firm.GroupAsync("Sales", RoutingWay.ByHand, 0);
        Task<Outcome> MakeAsync(string? name) => room.Groups().CreateAsync(firm.Boss(), new GroupWish(name, RoutingWay.ByHand, false, []));

        Assert.Equal(Refusal.GroupNameInvalid, (await MakeAsync(" ")).Refusal);
        Assert.Equal(Refusal.GroupNameTaken, (await MakeAsync("sALES")).Refusal);
        for (var i = 2; i <= Group.MostOfCompany; i++) Assert.False((await MakeAsync($"Group {i}")).IsRefused);
        Assert.Equal(Refusal.TooManyGroups, (await MakeAsync("One more")).Refusal);
        var groups = (await room.BoardAsync(firm.Id)).Groups;
        Assert.Equal(Group.MostOfCompany, groups.Count);
        Assert.Equal(Refusal.GroupNameTaken, (await room.Groups().ChangeAsync(firm.Boss(), groups[1].Id, groups[1].Version, new GroupWish("SALES", RoutingWay.InTurn, true, []))).Refusal);
        Assert.Equal(("Group 2", RoutingWay.ByHand), ((await room.BoardAsync(firm.Id)).Groups[1].Name, (await room.BoardAsync(firm.Id)).Groups[1].Way));
        Assert.Equal(Refusal.ChangedMeanwhile, (await room.Groups().ChangeAsync(firm.Boss(), groups[1].Id, groups[1].Version + 1, new GroupWish("Two", RoutingWay.InTurn, true, []))).Refusal);
    }

    [Fact]
    public async Task Only_the_companys_own_administrators_change_anything_and_strangers_agents_are_left_out()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 1);
        var wish = new GroupWish("Mine", RoutingWay.InTurn, true, [firm.Agents[1].Agent, other.Agents[0].Agent, new AgentId(5)]);

        Assert.Equal(Refusal.NotAllowed, (await room.Groups().CreateAsync(Team.Signed(firm, 1), wish)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await room.Groups().RouteAsync(Team.Signed(firm, 1), RoutingWay.InTurn)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await room.Groups().ChangeAsync(other.Boss(), sales.Id, sales.Version, wish)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await room.Groups().RemoveAsync(other.Boss(), sales.Id)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await room.Groups().MoveAsync(other.Boss(), sales.Id, true)).Refusal);
        Assert.Equal(Refusal.AgentUnknown, (await room.Groups().LimitAsync(other.Boss(), firm.Agents[1].Agent, 3)).Refusal);
        Assert.Equal(Refusal.ConversationLimitInvalid, (await room.Groups().LimitAsync(firm.Boss(), 51)).Refusal);
        // A forged signature of the other company's administrator meets the stored rows.
        Assert.Equal(Refusal.NotAllowed, (await room.Groups().CreateAsync(other.Boss() with { CompanyId = firm.Id }, wish)).Refusal);

        Assert.False((await room.Groups().CreateAsync(firm.Boss(), wish)).IsRefused);
        var board = await room.BoardAsync(firm.Id);
        Assert.Equal([firm.Agents[1].Agent], board.Groups[1].Members.Select(member => member.AgentId));
        Assert.Equal("Sales", board.Groups[0].Name);
        Assert.Empty((await room.BoardAsync(other.Id)).Groups);
        Assert.Equal((RoutingWay.ByHand, (int?)null), (board.Routing.Way, board.Routing.Most));
    }

    [Fact]
    public async Task A_removed_group_sends_who_waits_to_the_company_lets_talks_go_on_ends_its_transfers_and_gives_its_name_back()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 0, 1);
        var (_, waiting) = await room.AskAsync(firm.Id, sales.Id);
        var (_, talk) = await room.AskAsync(firm.Id, sales.Id);
        Assert.False((await room.Desk.AcceptAsync(firm.Id, ann.Agent, ann.Session, talk.Id)).Outcome.IsRefused);
        var offer = (await room.Desk.OfferToGroupAsync(firm.Id, ann.Agent, talk.Id, sales.Id, Guid.NewGuid(), null)).Value;

        Assert.False((await room.Groups().RemoveAsync(firm.Boss(), sales.Id)).IsRefused);
        Assert.False((await room.Groups().RemoveAsync(firm.Boss(), sales.Id)).IsRefused);

        Assert.Null((await room.FindAsync(firm.Id, waiting.Id)).GroupId);
        Assert.True((await room.LinesAsync(firm.Id, waiting.Id)).Has(ChatMessageKind.WaitsForCompany));
        Assert.Equal(((GroupId?)null, ConversationState.Open, (AgentId?)ann.Agent), ((await room.FindAsync(firm.Id, talk.Id)).GroupId, (await room.FindAsync(firm.Id, talk.Id)).State, (await room.FindAsync(firm.Id, talk.Id)).AgentId));
        Assert.Equal(Refusal.ConversationOfAnother, (await room.Desk.AcceptTransferAsync(firm.Id, bob.Agent, bob.Session, offer.Id)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await room.Desk.OfferToGroupAsync(firm.Id, ann.Agent, talk.Id, sales.Id, Guid.NewGuid(), null)).Refusal);
        Assert.NotEqual(sales.Code, (await firm.GroupAsync("SALES", RoutingWay.ByHand, 0)).Code);
    }

    [Fact]
    public async Task What_was_done_stands_in_the_audit_log_with_what_was_there_before()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var sales = await firm.GroupAsync("Sales", RoutingWay.ByHand, 1);
        Assert.False((await room.Groups().ChangeAsync(firm.Boss(), sales.Id, sales.Version, new GroupWish("Service", RoutingWay.LeastBusy, true, []))).IsRefused);
        Assert.False((await room.Groups().RouteAsync(firm.Boss(), RoutingWay.InTurn)).IsRefused);
        Assert.False((await room.Groups().LimitAsync(firm.Boss(), 7)).IsRefused);
        Assert.True((await room.Groups().LimitAsync(firm.Boss(), 77)).IsRefused);
        Assert.False((await room.Groups().RemoveAsync(firm.Boss(), sales.Id)).IsRefused);

        await using var context = room.Data.Read();
        var entries = await context.Set<AuditEntry>().OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal([AuditAction.GroupMade, AuditAction.GroupChanged, AuditAction.RoutingChanged, AuditAction.ConversationLimitChanged, AuditAction.GroupRemoved], entries.Select(entry => entry.Action));
        Assert.Equal(("Sales · ByHand · agent1", "Service · LeastBusy ·  · *"), (entries[1].Changes[0].Before, entries[1].Changes[0].After));
        Assert.Equal(("", "7"), (entries[3].Changes[0].Before, entries[3].Changes[0].After));
    }

    [Fact]
    public async Task Groups_change_places_and_stay_first_and_last()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        foreach (var name in new[] { "A", "B", "C" }) _ = await firm.GroupAsync(name, RoutingWay.ByHand);
        async Task<string> OrderAsync() => string.Concat((await room.BoardAsync(firm.Id)).Groups.Select(group => group.Name));
        var last = (await room.BoardAsync(firm.Id)).Groups[2].Id;

        _ = await room.Groups().MoveAsync(firm.Boss(), last, up: false);
        Assert.Equal("ABC", await OrderAsync());
        _ = await room.Groups().MoveAsync(firm.Boss(), last, up: true);
        Assert.Equal("ACB", await OrderAsync());
        _ = await room.Groups().MoveAsync(firm.Boss(), last, up: true);
        _ = await room.Groups().MoveAsync(firm.Boss(), last, up: true);
        Assert.Equal("CAB", await OrderAsync());
    }
}
