using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Supervision;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Supervision;

/// <summary>Taking over 接管 (rules 2 and 4): what is refused, what it changes, and every race; no answer is ever taken.</summary>
public sealed class TakeOverTests : IAsyncLifetime
{
    private ChatRoom _room = null!;
    private Firm _ours = null!;
    private Firm _theirs = null!;
    private Seat _ann = null!;
    private Guest _guest = null!;
    private Conversation _talk = null!;

    private CurrentAgent Boss => _ours.Boss();

    private ConversationDesk Desk => _room.Desk;

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync(services => services.AddSupervision());
        (_ours, _theirs) = (await _room.CompanyAsync("alpha", agents: 4), await _room.CompanyAsync("beta"));
        _ann = await _ours.EnterAsync(1);
        (_guest, _talk) = await _room.TalkAsync(_ours, _ann);
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Fact]
    public async Task Who_may_not_ids_that_are_none_and_conversations_that_do_not_run_change_nothing()
    {
        _ = await _ours.EnterAsync(0);
        _ = await _ours.EnterAsync(2);
        _ = await _theirs.EnterAsync(0);
        Assert.Equal(Refusal.NotAllowed, await TakeAsync(Team.Signed(_ours, 2) with { IsAdministrator = true }));
        Assert.Equal(Refusal.ConversationUnknown, await TakeAsync(_theirs.Boss()));
        Assert.Equal(Refusal.NotAllowed, await TakeAsync(_theirs.Boss() with { CompanyId = _ours.Id }));
        Assert.Equal(Refusal.ConversationUnknown, await TakeAsync(Boss, new ConversationId(-1)));
        var waiting = (await Desk.RequestAsync(_ours.Id, _room.Visitor(_ours.Id).Id)).Value;
        Assert.Equal(Refusal.NothingToTakeOver, await TakeAsync(Boss, waiting.Id));
        _ = await Desk.EndByAgentAsync(_ours.Id, _ann.Agent, _talk.Id);
        Assert.Equal(Refusal.NothingToTakeOver, await TakeAsync(Boss));
        Assert.Empty(await AuditAsync());
        Assert.Equal((_ann.Agent, 1), ((await _room.FindAsync(_ours.Id, _talk.Id)).AgentId, await _room.AnswersAsync(_ours.Id)));
    }

    [Fact]
    public async Task Without_a_seat_with_another_browsers_and_his_own_it_is_refused_with_the_reason()
    {
        Assert.Equal(Refusal.SeatNeeded, await TakeAsync(Boss));
        _ = await _ours.EnterAsync(0);
        Assert.Equal(Refusal.SeatMoved, await TakeAsync(Boss with { SessionId = new SessionId(Guid.NewGuid()) }));
        var (_, own) = await _room.TalkAsync(_ours, _ours.Agents[0]);
        Assert.Equal(Refusal.TransferToSelf, (await Desk.TakeOverAsync(Boss, own.Id, Boss.AgentId, Guid.NewGuid())).Refusal);
        Assert.Equal(_ann.Agent, (await _room.FindAsync(_ours.Id, _talk.Id)).AgentId);
    }

    [Fact]
    public async Task He_has_it_at_once_both_sides_read_one_line_and_no_answer_is_taken()
    {
        _ = await _ours.EnterAsync(0);
        using var listening = _room.ListenTo(_ours.Id);
        var command = Guid.NewGuid();
        var taken = await Desk.TakeOverAsync(Boss, _talk.Id, _ann.Agent, command);
        Assert.Equal((Boss.AgentId, ConversationState.Open), (taken.Value.AgentId, taken.Value.State));
        // The visitor's pages hear of it.
        Assert.Contains(_room.Told, told => told.Topic == Live800.Portal.Realtime.PortalTopic.Conversation && told.Visitor == _guest.Id);
        // The same command again is the same take-over.
        Assert.False((await Desk.TakeOverAsync(Boss, _talk.Id, _ann.Agent, command)).IsRefused);
        Assert.Equal(Refusal.InputInvalid, (await Desk.TakeOverAsync(Boss, (await _room.TalkAsync(_ours, _ann)).Conversation.Id, _ann.Agent, command)).Refusal);

        var line = (await _room.Queries.MessagesAsync(_ours.Id, _talk.Id))[^1];
        Assert.Equal((ChatMessageKind.Transferred, (AgentId?)Boss.AgentId), (line.Kind, line.AgentId));
        Assert.Equal(Refusal.ConversationOfAnother, (await Desk.AgentSaysAsync(_ours.Id, _ann.Agent, _ann.Session, _talk.Id, Guid.NewGuid(), "a")).Refusal);
        Assert.False((await Desk.AgentSaysAsync(_ours.Id, Boss.AgentId, Boss.SessionId, _talk.Id, Guid.NewGuid(), "b")).IsRefused);
        Assert.False((await Desk.VisitorSaysAsync(_ours.Id, _guest.Id, _talk.Id, Guid.NewGuid(), "v")).IsRefused);
        Assert.Equal(2, await _room.AnswersAsync(_ours.Id));
        var entry = Assert.Single(await AuditAsync());
        Assert.Equal((AuditAction.ConversationTakenOver, $"alpha · agent1 · #{_talk.Id}"), (entry.Action, entry.Detail));

        // The former agent hears who took it and may read on; another company's hears nothing.
        var told = Assert.Single(await Transfers.TakenFromAsync(_ours.Id, _ann.Agent, _room.Now.AddMinutes(-1)));
        Assert.Equal((Boss.AgentId, _talk.Id), (told.Transfer.To, told.Conversation.Id));
        Assert.Empty(await Transfers.TakenFromAsync(_theirs.Id, _ann.Agent, _room.Now.AddMinutes(-1)));
        Assert.NotEmpty(await _room.Queries.MessagesAsync(_ours.Id, _talk.Id));
    }

    [Fact]
    public async Task Of_two_supervisors_at_once_one_has_it_and_the_other_hears_of_him()
    {
        var second = _ours.Agents[2].Agent;
        await _room.Data.Writes.RunAsync(async (context, token) => Assert.False((await context.Agents.SingleAsync(agent => agent.Id == second, token)).Become(Live800.Domain.Companies.AgentRole.Administrator, 1).IsRefused));
        _ = await _ours.EnterAsync(0);
        _ = await _ours.EnterAsync(2);
        for (var round = 0; round < 20; round++)
        {
            var (_, talk) = await _room.TalkAsync(_ours, _ann);
            CurrentAgent[] both = [Boss, Team.Signed(_ours, 2)];
            var answers = await Task.WhenAll(both.Select(one => Task.Run(() => Desk.TakeOverAsync(one, talk.Id, _ann.Agent, Guid.NewGuid()))));
            Assert.Single(answers, answer => !answer.IsRefused);
            Assert.Single(answers, answer => answer.Refusal == Refusal.TakenByAnother);
            Assert.Equal(answers.Single(answer => !answer.IsRefused).Value.AgentId, (await _room.FindAsync(_ours.Id, talk.Id)).AgentId);
            Assert.Single(await _room.Queries.MessagesAsync(_ours.Id, talk.Id), line => line.Kind == ChatMessageKind.Transferred);
        }
    }

    [Fact]
    public async Task Twice_at_once_by_two_clicks_is_one()
    {
        _ = await _ours.EnterAsync(0);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Desk.TakeOverAsync(Boss, _talk.Id, _ann.Agent, Guid.NewGuid()))));
        Assert.Single(answers, answer => !answer.IsRefused);
        Assert.Equal(19, answers.Count(answer => answer.Refusal == Refusal.TransferToSelf));
        Assert.Single(await _room.Queries.MessagesAsync(_ours.Id, _talk.Id), line => line.Kind == ChatMessageKind.Transferred);
        Assert.Single(await AuditAsync());
    }

    [Fact]
    public async Task The_agent_ends_it_or_the_visitor_leaves_in_the_same_moment_and_either_comes_first()
    {
        _ = await _ours.EnterAsync(0);
        for (var round = 0; round < 20; round++)
        {
            var (guest, talk) = await _room.TalkAsync(_ours, _ann);
            var taking = Task.Run(() => Desk.TakeOverAsync(Boss, talk.Id, _ann.Agent, Guid.NewGuid()));
            var ending = Task.Run(async () => (round % 2 == 0
                ? await Desk.EndByAgentAsync(_ours.Id, _ann.Agent, talk.Id)
                : await Desk.EndByVisitorAsync(_ours.Id, guest.Id, talk.Id)).Refusal);
            var (taken, ended) = ((await taking).Refusal, await ending);
            var now = await _room.FindAsync(_ours.Id, talk.Id);
            if (taken == Refusal.None)
            {
                // The agent had it no more; the visitor may end whoever has it.
                Assert.Equal(round % 2 == 0 ? Refusal.ConversationOfAnother : Refusal.None, ended);
                Assert.Equal(Boss.AgentId, now.AgentId);
            }
            else
            {
                Assert.Equal((Refusal.NothingToTakeOver, Refusal.None, ConversationState.Ended), (taken, ended, now.State));
            }

            var lines = await _room.Queries.MessagesAsync(_ours.Id, talk.Id);
            Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => line.Sequence));
        }

        Assert.Equal(21, await _room.AnswersAsync(_ours.Id));
    }

    [Fact]
    public async Task A_pending_transfer_is_over_with_it_and_whoever_accepts_in_the_same_moment_is_first_or_too_late()
    {
        _ = await _ours.EnterAsync(0);
        var bob = await _ours.EnterAsync(2);
        var offer = (await Desk.OfferAsync(_ours.Id, _ann.Agent, _talk.Id, bob.Agent, Guid.NewGuid(), null)).Value;
        Assert.Equal(Refusal.None, await TakeAsync(Boss));
        Assert.Equal(Refusal.TransferOver, (await Desk.AcceptTransferAsync(_ours.Id, bob.Agent, bob.Session, offer.Id)).Refusal);
        Assert.Empty(await Transfers.OpenToAsync(_ours.Id, bob.Agent, _room.Now));
        await using (var context = _room.Data.Read())
            Assert.Equal(TransferState.Over, (await context.Transfers.AsNoTracking().SingleAsync(row => row.Id == offer.Id)).Outcome);

        for (var round = 0; round < 10; round++)
        {
            var (_, talk) = await _room.TalkAsync(_ours, _ann);
            var next = (await Desk.OfferAsync(_ours.Id, _ann.Agent, talk.Id, bob.Agent, Guid.NewGuid(), null)).Value;
            var taking = Task.Run(() => Desk.TakeOverAsync(Boss, talk.Id, _ann.Agent, Guid.NewGuid()));
            var accepting = Task.Run(() => Desk.AcceptTransferAsync(_ours.Id, bob.Agent, bob.Session, next.Id));
            var (taken, accepted) = ((await taking).Refusal, (await accepting).Refusal);
            Assert.Contains((taken, accepted), new[] { (Refusal.None, Refusal.TransferOver), (Refusal.TakenByAnother, Refusal.None) });
        }
    }

    [Fact]
    public async Task A_conference_goes_on_and_a_supervisor_who_only_helped_is_its_agent()
    {
        var boss = await _ours.EnterAsync(0);
        var (bob, conferences) = (await _ours.EnterAsync(2), _room.Data.Get<ConferenceQueries>());
        foreach (var seat in new[] { boss, bob })
        {
            var asked = (await Desk.OfferAsync(_ours.Id, _ann.Agent, _talk.Id, seat.Agent, Guid.NewGuid(), null, toConference: true)).Value;
            Assert.False((await Desk.AcceptTransferAsync(_ours.Id, seat.Agent, seat.Session, asked.Id)).IsRefused);
        }

        Assert.Equal(Refusal.None, await TakeAsync(Boss));
        var table = (await conferences.OfAsync(_ours.Id, _talk.Id))!;
        Assert.Equal((boss.Agent, bob.Agent), (table.Agent, Assert.Single(table.Members).AgentId));
        Assert.False((await Desk.AgentSaysAsync(_ours.Id, bob.Agent, bob.Session, _talk.Id, Guid.NewGuid(), "c")).IsRefused);
        Assert.Equal(1, await _room.AnswersAsync(_ours.Id));
    }

    private TransferQueries Transfers => _room.Data.Get<TransferQueries>();

    private async Task<Refusal> TakeAsync(CurrentAgent by, ConversationId? id = null) => (await Desk.TakeOverAsync(by, id ?? _talk.Id, _ann.Agent, Guid.NewGuid())).Refusal;

    private async Task<List<AuditEntry>> AuditAsync()
    {
        await using var context = _room.Data.Read();
        return await context.Set<AuditEntry>().AsNoTracking().ToListAsync();
    }
}
