using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Permissions;

/// <summary>Who may read whose conversations, and who may be invisible (S2.17): asked of the stored rows.</summary>
public sealed class SeeOthersTests : IAsyncLifetime
{
    private ChatRoom _room = null!;
    private Firm _firm = null!;
    private Seat _ann = null!;
    private Seat _bob = null!;

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync();
        _firm = await _room.CompanyAsync("alpha", agents: 3);
        (_ann, _bob) = (await _firm.EnterAsync(1), await _firm.EnterAsync(2));
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Fact]
    public async Task S2_17_Without_the_right_a_colleagues_conversation_is_not_there_and_his_own_and_whoever_waits_are()
    {
        var (_, talk) = await _room.TalkAsync(_firm, _ann);
        var (_, asked) = await _room.AskAsync(_firm.Id);
        Assert.True(await ReadsAsync(_bob, talk.Id));
        await AgentsMayAsync(PermissionSet.Of(Permission.History));

        Assert.False(await ReadsAsync(_bob, talk.Id));
        Assert.True(await ReadsAsync(_ann, talk.Id));
        Assert.True(await ReadsAsync(_bob, asked.Id));
        Assert.True(await ReadsAsync(_firm.Agents[0], talk.Id));

        // Another company's agent never, whatever he may in his own.
        var other = await _room.CompanyAsync("beta");
        Assert.Null(await _room.Queries.FindForAsync(other.Id, other.Agents[0].Agent, talk.Id));
    }

    [Fact]
    public async Task S2_17_Who_gave_it_away_or_helped_in_it_reads_on_and_who_supervises_while_it_runs()
    {
        await AgentsMayAsync(PermissionSet.None);
        var (_, given) = await _room.TalkAsync(_firm, _ann);
        var offer = (await _room.Desk.OfferAsync(_firm.Id, _ann.Agent, given.Id, _bob.Agent, Guid.NewGuid(), null)).Value;
        Assert.False((await _room.Desk.AcceptTransferAsync(_firm.Id, _bob.Agent, _bob.Session, offer.Id)).IsRefused);
        Assert.True(await ReadsAsync(_ann, given.Id));

        var (_, helped) = await _room.TalkAsync(_firm, _ann);
        Assert.False(await ReadsAsync(_bob, helped.Id));
        var asked = (await _room.Desk.OfferAsync(_firm.Id, _ann.Agent, helped.Id, _bob.Agent, Guid.NewGuid(), null, toConference: true)).Value;
        Assert.False((await _room.Desk.AcceptTransferAsync(_firm.Id, _bob.Agent, _bob.Session, asked.Id)).IsRefused);
        Assert.True(await ReadsAsync(_bob, helped.Id));

        var (_, other) = await _room.TalkAsync(_firm, _ann);
        Assert.False(await ReadsAsync(_bob, other.Id));
        await AgentsMayAsync(PermissionSet.Of(Permission.Supervise));
        Assert.True(await ReadsAsync(_bob, other.Id));
        Assert.False((await _room.Desk.EndByAgentAsync(_firm.Id, _ann.Agent, other.Id)).IsRefused);
        Assert.False(await ReadsAsync(_bob, other.Id));
    }

    [Fact]
    public async Task S2_17_The_history_of_somebody_without_the_right_holds_what_he_had_a_part_in()
    {
        var (mine, anns) = (await _room.TalkAsync(_firm, _bob), await _room.TalkAsync(_firm, _ann));
        var (_, given) = await _room.TalkAsync(_firm, _bob);
        var offer = (await _room.Desk.OfferAsync(_firm.Id, _bob.Agent, given.Id, _ann.Agent, Guid.NewGuid(), null)).Value;
        Assert.False((await _room.Desk.AcceptTransferAsync(_firm.Id, _ann.Agent, _ann.Session, offer.Id)).IsRefused);
        foreach (var talk in new[] { mine.Conversation, anns.Conversation, given }) await _room.Desk.EndVisitAsync(_firm.Id, talk.VisitId);

        Assert.Equal(3, (await _room.Queries.HistoryAsync(_firm.Id, new HistoryFilter())).Conversations.Count);
        var part = await _room.Queries.HistoryAsync(_firm.Id, new HistoryFilter { WithPartOf = _bob.Agent });
        Assert.Equal([mine.Conversation.Id, given.Id], part.Conversations.Select(talk => talk.Id).OrderBy(id => id.Value));
    }

    [Fact]
    public async Task S2_17_Being_invisible_is_a_right()
    {
        Assert.Equal(Refusal.NotAllowed, (await _room.Seats.ShowAsync(_firm.Id, _ann.Agent, _ann.Session, AgentStatus.Invisible)).Refusal);
        Assert.Equal(AgentStatus.Online, _room.Presence.StatusOf(_firm.Id, _ann.Agent, _room.Now));
        await AgentsMayAsync(PermissionSet.Of(Permission.Invisible));
        Assert.False((await _room.Seats.ShowAsync(_firm.Id, _ann.Agent, _ann.Session, AgentStatus.Invisible)).IsRefused);
        Assert.Equal(AgentStatus.Invisible, _room.Presence.StatusOf(_firm.Id, _ann.Agent, _room.Now));
    }

    private async Task<bool> ReadsAsync(Seat seat, ConversationId id) => await _room.Queries.FindForAsync(_firm.Id, seat.Agent, id) is not null;

    // What the template of every agent may.
    private Task AgentsMayAsync(PermissionSet rights) => _room.Data.Writes.RunAsync(async (context, token) =>
    {
        var template = await context.PermissionTemplates.FindAsync([_firm.Id, AgentRole.Agent], token);
        if (template is null) _ = context.Add(template = PermissionTemplate.Of(_firm.Id, AgentRole.Agent));
        Assert.False(template.Change(null, rights).IsRefused);
    });
}
