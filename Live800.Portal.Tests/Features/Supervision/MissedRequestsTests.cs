using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Supervision;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Features.Hours;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Supervision;

/// <summary>Requests that came to nothing, and why, as it was at that moment (rule 4). It is Monday noon.</summary>
public sealed class MissedRequestsTests : IAsyncLifetime
{
    private ChatRoom _room = null!;
    private Firm _firm = null!;
    private Firm _other = null!;

    public async Task InitializeAsync()
    {
        _room = await ChatRoom.OpenAsync(services => services.AddSupervision().AddSingleton<VisitorQueries>());
        (_firm, _other) = (await _room.CompanyAsync("alpha", agents: 4), await _room.CompanyAsync("beta"));
    }

    public async Task DisposeAsync() => await _room.DisposeAsync();

    [Fact]
    public async Task A_stranger_who_presses_for_hours_is_one_row_and_tries_within_a_minute_are_one()
    {
        var guest = _room.Visitor(_firm.Id);
        for (var i = 0; i < 50; i++) Assert.Equal(Refusal.NobodyCanAnswer, (await _room.Desk.RequestAsync(_firm.Id, guest.Id)).Refusal);
        // By writing too, twice in one batch.
        var said = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _room.Desk.VisitorSaysAsync(_firm.Id, guest.Id, null, Guid.NewGuid(), "在吗"))));
        Assert.All(said, one => Assert.Equal(Refusal.NobodyCanAnswer, one.Refusal));
        var row = Assert.Single(await AllAsync());
        Assert.Equal((MissedReason.NobodyIn, 1, false), (row.Reason, row.Times, row.HasWaited));

        _room.Pass(MissedRequest.SameTry);
        _ = _room.Visits.FindOrStart(_firm.Id, guest.Id, _room.Now);
        _ = await _room.Desk.RequestAsync(_firm.Id, guest.Id);
        Assert.Equal(2, Assert.Single(await AllAsync()).Times);
        Assert.Equal(0, (await MissedAsync(_other)).Count);
    }

    [Fact]
    public async Task Of_one_day_a_bounded_number_is_kept_and_a_waiting_one_is_kept_beyond_it()
    {
        var (day, now) = (DateOnly.FromDateTime(_room.Now.AddHours(8).DateTime), _room.Now);
        await _room.Data.Writes.RunAsync((context, _) =>
        {
            context.AddRange(Enumerable.Range(0, MissedRequest.MostOfDay).Select(i => MissedRequest.NotStarted(_firm.Id, new VisitorId(1000 + i), null, MissedReason.NobodyIn, day, now)));
            return Task.CompletedTask;
        });
        Assert.Equal(Refusal.NobodyCanAnswer, (await _room.Desk.RequestAsync(_firm.Id, _room.Visitor(_firm.Id).Id)).Refusal);
        Assert.Equal(MissedRequest.MostOfDay, (await AllAsync()).Count);
        var missed = await MissedAsync(_firm);
        Assert.Equal((MissedRequest.MostOfDay, SupervisionQueries.MostMissed), (missed.Count, missed.Rows.Count));

        _ = await _firm.EnterAsync(0);
        var (guest, asked) = await _room.AskAsync(_firm.Id);
        _ = await _room.Desk.EndByVisitorAsync(_firm.Id, guest.Id, asked.Id);
        Assert.Equal(MissedRequest.MostOfDay + 1, (await MissedAsync(_firm)).Count);
    }

    [Fact]
    public async Task Each_reason_a_start_is_refused_for_is_told_apart()
    {
        Assert.Equal(MissedReason.NobodyIn, await RefusedAsync());
        _ = await _firm.EnterAsync(0);
        await _firm.OpensAsync(Openings.Until(11));
        Assert.Equal(MissedReason.OutsideHours, await RefusedAsync());
        await _firm.OpensAsync(Openings.Until(18));
        await AskMembersAsync(MemberWay.Required);
        Assert.Equal(MissedReason.MembersOnly, await RefusedAsync());
        await AskMembersAsync(MemberWay.Off);
        // Whoever is in has gone away: of a company without a limit of seats nobody is in.
        Assert.False((await _room.Seats.ShowAsync(_firm.Id, _firm.Agents[0].Agent, _firm.Agents[0].Session, AgentStatus.Away)).IsRefused);
        Assert.Equal(MissedReason.NobodyIn, await RefusedAsync());
    }

    [Fact]
    public async Task Seats_taken_by_who_cannot_answer_and_answers_used_up_are_told_apart()
    {
        // Free: two seats, five answers a day.
        var free = await _room.CompanyAsync("free", clicks: 0, agents: 3);
        var (ann, bob) = (await free.EnterAsync(0), await free.EnterAsync(1));
        foreach (var seat in new[] { ann, bob }) Assert.False((await _room.Seats.ShowAsync(free.Id, seat.Agent, seat.Session, AgentStatus.Away)).IsRefused);
        Assert.Equal(MissedReason.SeatsFull, await RefusedAsync(free));
        Assert.False((await _room.Seats.ShowAsync(free.Id, ann.Agent, ann.Session, AgentStatus.Online)).IsRefused);
        for (var i = 0; i < 5; i++) _ = await _room.TalkAsync(free, ann);
        Assert.Equal(MissedReason.AnswersUsedUp, await RefusedAsync(free));
    }

    [Fact]
    public async Task Who_gave_up_waiting_is_missed_with_the_reason_of_that_moment()
    {
        var ann = await _firm.EnterAsync(0);
        Assert.Equal(MissedReason.NotTaken, await GivesUpAsync(() => Task.CompletedTask));
        _ = await _room.Groups().LimitAsync(_firm.Boss(), ann.Agent, 1);
        _ = await _room.TalkAsync(_firm, ann);
        Assert.Equal(MissedReason.AgentsFull, await GivesUpAsync(() => Task.CompletedTask));
        _ = await _room.Groups().LimitAsync(_firm.Boss(), ann.Agent, null);
        Assert.Equal(MissedReason.OutsideHours, await GivesUpAsync(() => _firm.OpensAsync(Openings.Until(11))));
        await _firm.OpensAsync(Openings.Until(18));
        Assert.Equal(MissedReason.NobodyIn, await GivesUpAsync(() => _room.Seats.LeaveAsync(_firm.Id, ann.Agent, ann.Session)));
        Assert.Equal(4, (await MissedAsync(_firm)).Count);
        Assert.All((await MissedAsync(_firm)).Rows, row => Assert.True(row.HasWaited));
    }

    [Fact]
    public async Task Blocked_while_waiting_and_a_suspended_company_have_reasons_of_their_own_and_once_is_once()
    {
        _ = await _firm.EnterAsync(0);
        var (guest, asked) = await _room.AskAsync(_firm.Id);
        await _room.TellAsync(guest, "Chrome", "203.0.113.5");
        Assert.Equal(Refusal.None, (await _room.Data.Get<BlockDesk>().BlockVisitorAsync(SignedIn.To(_firm.Id, _firm.Agents[0].Agent), guest.Id, null, null)).Refusal);
        Assert.Equal(MissedReason.Rejected, (await RowOfAsync(asked.Id))!.Reason);
        Assert.Equal(Refusal.ConversationNotOpen, (await _room.Desk.EndByVisitorAsync(_firm.Id, guest.Id, asked.Id)).Refusal);

        var (_, second) = await _room.AskAsync(_firm.Id);
        await _room.Data.Writes.RunAsync(async (context, token) => await ConversationDesk.EndAllAsync(context, _firm.Id, _room.Now, token));
        Assert.Equal(MissedReason.Suspended, (await RowOfAsync(second.Id))!.Reason);
        Assert.Equal(2, (await AllAsync()).Count);
    }

    [Fact]
    public async Task Without_a_living_page_and_with_the_end_of_the_visit_it_is_missed_too_and_a_talk_that_ends_is_not()
    {
        var ann = await _firm.EnterAsync(0);
        var (_, talk) = await _room.TalkAsync(_firm, ann);
        var (leaver, ending) = await _room.AskAsync(_firm.Id);
        _ = await _room.Desk.EndByAgentAsync(_firm.Id, ann.Agent, talk.Id);
        await _room.Desk.EndVisitAsync(_firm.Id, leaver.Visit);
        await _room.Desk.EndVisitAsync(_firm.Id, leaver.Visit);
        Assert.NotNull(await RowOfAsync(ending.Id));

        var (_, abandoned) = await _room.AskAsync(_firm.Id);
        _room.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await _room.Desk.WithdrawAbandonedAsync());
        Assert.NotNull(await RowOfAsync(abandoned.Id));
        Assert.Equal(2, (await AllAsync()).Count);
    }

    [Fact]
    public async Task A_declined_invitation_is_not_missed_and_a_yes_that_nobody_could_serve_is()
    {
        var ann = await _firm.EnterAsync(0);
        var (no, yes) = (_room.Visitor(_firm.Id), _room.Visitor(_firm.Id));
        var declined = (await _room.Desk.InviteAsync(_firm.Id, ann.Agent, ann.Session, no.Id, Guid.NewGuid(), "")).Value;
        Assert.False((await _room.Desk.DeclineAsync(_firm.Id, no.Id, declined.Id)).IsRefused);
        Assert.Empty(await AllAsync());

        Assert.False((await _room.Desk.InviteAsync(_firm.Id, ann.Agent, ann.Session, yes.Id, Guid.NewGuid(), "")).IsRefused);
        await _room.Seats.LeaveAsync(_firm.Id, ann.Agent, ann.Session);
        Assert.Equal(Refusal.NobodyCanAnswer, (await _room.Desk.RequestAsync(_firm.Id, yes.Id)).Refusal);
        Assert.Equal((MissedReason.NobodyIn, yes.Id), Assert.Single(await AllAsync()) is var row ? (row.Reason, row.VisitorId) : default);
    }

    [Fact]
    public async Task Who_was_only_asked_something_first_and_then_began_is_not_among_them()
    {
        _ = await _firm.EnterAsync(0);
        var (day, now) = (DateOnly.FromDateTime(_room.Now.AddHours(8).DateTime), _room.Now);
        var (began, left) = (_room.Visitor(_firm.Id), _room.Visitor(_firm.Id));
        await _room.Data.Writes.RunAsync((context, _) =>
        {
            context.AddRange(new[] { began, left }.Select(guest => MissedRequest.NotStarted(_firm.Id, guest.Id, null, MissedReason.NotAnswered, day, now)));
            return Task.CompletedTask;
        });
        Assert.Equal(2, (await MissedAsync(_firm)).Count);
        _ = await _room.AskAsync(_firm.Id, guest: began);
        Assert.Equal(left.Id, Assert.Single((await MissedAsync(_firm)).Rows).VisitorId);
    }

    [Fact]
    public async Task A_new_day_begins_at_the_companys_midnight()
    {
        Assert.Equal(MissedReason.NobodyIn, await RefusedAsync());
        _room.Pass(TimeSpan.FromHours(12) - TimeSpan.FromTicks(1));
        Assert.Equal(1, (await MissedAsync(_firm)).Count);
        _room.Pass(TimeSpan.FromTicks(1));
        Assert.Equal(0, (await MissedAsync(_firm)).Count);
        Assert.Equal(MissedReason.NobodyIn, await RefusedAsync());
        Assert.Equal(1, (await MissedAsync(_firm)).Count);
        Assert.Equal(2, (await AllAsync()).Select(row => row.Day).Distinct().Count());
    }

    private async Task<MissedReason> RefusedAsync(Firm? firm = null)
    {
        var (company, guest) = ((firm ?? _firm).Id, _room.Visitor((firm ?? _firm).Id));
        Assert.True((await _room.Desk.RequestAsync(company, guest.Id)).IsRefused);
        return (await AllAsync()).Single(row => row.VisitorId == guest.Id).Reason;
    }

    private async Task<MissedReason> GivesUpAsync(Func<Task> meanwhile)
    {
        var (guest, asked) = await _room.AskAsync(_firm.Id);
        await meanwhile();
        Assert.False((await _room.Desk.EndByVisitorAsync(_firm.Id, guest.Id, asked.Id)).IsRefused);
        return (await RowOfAsync(asked.Id))!.Reason;
    }

    private Task AskMembersAsync(MemberWay way) => _room.Data.Writes.RunAsync(async (context, token) =>
    {
        var company = await context.Companies.SingleAsync(row => row.Id == _firm.Id, token);
        Assert.False(company.Recognise(way, company.Settings.Members, hasKey: true).IsRefused);
    });

    private Task<MissedDay> MissedAsync(Firm firm) => _room.Data.Get<SupervisionQueries>().MissedAsync(firm.Id, ZoneHistory.Of("Asia/Shanghai").StartOfDate(_room.Now));

    private async Task<List<MissedRequest>> AllAsync()
    {
        await using var context = _room.Data.Read();
        return await context.MissedRequests.AsNoTracking().ToListAsync();
    }

    private async Task<MissedRequest?> RowOfAsync(ConversationId id)
    {
        await using var context = _room.Data.Read();
        return await context.MissedRequests.AsNoTracking().SingleOrDefaultAsync(row => row.ConversationId == id);
    }
}
