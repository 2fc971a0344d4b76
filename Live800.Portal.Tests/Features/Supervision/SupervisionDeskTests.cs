using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Supervision;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Supervision;

/// <summary>Reading along (rule 4): who may, that it is told to nobody, and in which order conversations stand; with a second company beside.</summary>
public sealed class SupervisionDeskTests : IAsyncLifetime
{
    private ChatRoom _room = null!;
    private Firm _ours = null!;
    private Firm _theirs = null!;
    private Guest _guest = null!;
    private Conversation _talk = null!;

    private SupervisionDesk Desk => _room.Data.Get<SupervisionDesk>();

    private SupervisionQueries Queries => _room.Data.Get<SupervisionQueries>();

    // The administrator is the company's first agent, and holds no seat; the second talks.
    private CurrentAgent Boss => _ours.Boss();

    private Seat Ann => _ours.Agents[1];

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync(services => services.AddSupervision());
        (_ours, _theirs) = (await _room.CompanyAsync("alpha", agents: 3), await _room.CompanyAsync("beta"));
        (_guest, _talk) = await _room.TalkAsync(_ours, await _ours.EnterAsync(1));
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Fact]
    public async Task Who_is_no_administrator_another_company_and_ids_that_are_none_open_nothing_and_leave_no_trace()
    {
        Assert.Equal(Refusal.NotAllowed, (await Desk.OpenAsync(Team.Signed(_ours, 2), _talk.Id)).Refusal);
        // What the sign-in claims is not believed.
        Assert.Equal(Refusal.NotAllowed, (await Desk.OpenAsync(Team.Signed(_ours, 2) with { IsAdministrator = true }, _talk.Id)).Refusal);
        Assert.Equal(Refusal.ConversationUnknown, (await Desk.OpenAsync(_theirs.Boss(), _talk.Id)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.OpenAsync(_theirs.Boss() with { CompanyId = _ours.Id }, _talk.Id)).Refusal);
        foreach (var none in new[] { 0L, -1, long.MaxValue }) Assert.Equal(Refusal.ConversationUnknown, (await Desk.OpenAsync(Boss, new ConversationId(none))).Refusal);
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task A_disabled_administrator_reads_no_more()
    {
        Assert.False((await Desk.OpenAsync(Boss, _talk.Id)).IsRefused);
        var boss = Boss.AgentId;
        await _room.Data.Writes.RunAsync(async (context, token) =>
        {
            await context.Agents.Where(agent => agent.Id == boss).ExecuteUpdateAsync(set => set.SetProperty(agent => agent.IsDisabled, true), token);
        });
        Assert.Equal(Refusal.NotAllowed, (await Desk.OpenAsync(Boss, _talk.Id)).Refusal);
    }

    [Fact]
    public async Task Opening_is_one_audit_entry_for_a_conversation_and_reader_however_often_and_nobody_is_told()
    {
        using var listening = _room.ListenTo(_ours.Id);
        var opened = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Desk.OpenAsync(Boss, _talk.Id))));
        Assert.All(opened, one => Assert.Equal(_talk.Id, one.Value.Id));
        var entry = Assert.Single(await AuditAsync());
        Assert.Equal((AuditAction.ConversationRead, Boss.AgentId.Value, $"alpha · #{_talk.Id}"), (entry.Action, entry.AccountId, entry.Detail));
        Assert.Empty(_room.Told);

        // Another conversation, and the same after it has ended: one more, and none.
        var (_, second) = await _room.TalkAsync(_ours, Ann);
        _ = await Desk.OpenAsync(Boss, second.Id);
        _ = await _room.Desk.EndByAgentAsync(_ours.Id, Ann.Agent, _talk.Id);
        Assert.False((await Desk.OpenAsync(Boss, _talk.Id)).IsRefused);
        Assert.Equal(2, (await AuditAsync()).Count);

        // Nothing of it counts: no seat, no answer, nothing seen, no line.
        Assert.Equal((1, 2), ((await _room.Seats.SituationAsync(_ours.Id)).Used, await _room.AnswersAsync(_ours.Id)));
        Assert.Equal(2, (await _room.FindAsync(_ours.Id, second.Id)).LastSequence);
    }

    [Fact]
    public async Task His_own_conversation_is_nobody_elses_and_no_entry()
    {
        var (_, own) = await _room.TalkAsync(_ours, await _ours.EnterAsync(0));
        Assert.False((await Desk.OpenAsync(Boss, own.Id)).IsRefused);
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task Whoever_waits_longest_for_a_word_stands_first_and_another_companys_are_not_there()
    {
        var (second, quick) = await _room.TalkAsync(_ours, Ann);
        _ = await _room.TalkAsync(_theirs, await _theirs.EnterAsync(0));
        // Nothing said yet.
        Assert.All(await Queries.RunningAsync(_ours.Id, []), talk => Assert.Equal((null, null), (talk.Last, talk.WaitsSince)));

        _ = await SayAsync(second, quick, "有人吗");
        var since = _room.Now;
        _room.Data.Machine.Advance(TimeSpan.FromSeconds(30));
        _ = await SayAsync(_guest, _talk, "第一句");
        _ = await SayAsync(second, quick, "还在吗");
        var running = await Queries.RunningAsync(_ours.Id, []);
        Assert.Equal([quick.Id, _talk.Id], running.Select(talk => talk.Conversation.Id));
        // He waits since his first unanswered word, and the newest is shown.
        Assert.Equal((since, "还在吗"), (running[0].WaitsSince, running[0].Last!.Text));

        _ = await _room.Desk.AgentSaysAsync(_ours.Id, Ann.Agent, Ann.Session, quick.Id, Guid.NewGuid(), "在的");
        var again = await Queries.RunningAsync(_ours.Id, running);
        Assert.Equal([_talk.Id, quick.Id], again.Select(talk => talk.Conversation.Id));
        Assert.Equal((null, "在的"), (again[1].WaitsSince, again[1].Last!.Text));
        // Where nothing was said since, nothing is read again.
        Assert.Same(running[1].Last, again[0].Last);

        _ = await _room.Desk.EndByAgentAsync(_ours.Id, Ann.Agent, quick.Id);
        Assert.Equal(_talk.Id, Assert.Single(await Queries.RunningAsync(_ours.Id, again)).Conversation.Id);
    }

    [Fact]
    public async Task Answers_of_today_are_those_since_the_companys_midnight()
    {
        // It is noon in Shanghai: the day began twelve hours ago.
        var zones = Live800.Domain.Companies.ZoneHistory.Of("Asia/Shanghai");
        Assert.Equal(_room.Now.AddHours(-12), zones.StartOfDate(_room.Now));
        Assert.Equal(1, await Queries.AnsweredAsync(_ours.Id, zones.StartOfDate(_room.Now)));
        Assert.Equal(0, await Queries.AnsweredAsync(_theirs.Id, zones.StartOfDate(_room.Now)));
        _room.Data.Machine.Advance(TimeSpan.FromHours(12));
        Assert.Equal(_room.Now, zones.StartOfDate(_room.Now));
        Assert.Equal(0, await Queries.AnsweredAsync(_ours.Id, zones.StartOfDate(_room.Now)));
    }

    private Task<Outcome<Live800.Portal.Features.Conversations.Said>> SayAsync(Guest guest, Conversation talk, string text) => _room.Desk.VisitorSaysAsync(_ours.Id, guest.Id, talk.Id, Guid.NewGuid(), text);

    private async Task<List<AuditEntry>> AuditAsync()
    {
        await using var context = _room.Data.Read();
        return await context.Set<AuditEntry>().AsNoTracking().ToListAsync();
    }
}
