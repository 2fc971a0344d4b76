using System.Text;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Visitors;

/// <summary>What the clock does to visits (2.2), on a clock that stands until it is moved.</summary>
public sealed class VisitEndingsTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;
    private TestVisitor _visitor = null!;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
        _visitor = Portal.Visitor(_site);
        _ = await _visitor.ViewAsync("https://shop.example/tables", "Tables");
    }

    [Fact]
    public async Task A_visit_ends_five_minutes_after_its_last_living_page_and_its_conversation_becomes_history()
    {
        var conversation = new ConversationId((long)(await _visitor.SayAsync("hello"))["c"]!);
        Assert.Equal(Refusal.None, (await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, conversation)).Outcome.Refusal);
        _ = await _visitor.LeaveAsync();

        await PassAsync(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(ConversationState.Open, (await FindAsync(conversation)).State);
        await PassAsync(TimeSpan.FromSeconds(1));

        var ended = await FindAsync(conversation);
        Assert.Equal((ConversationState.Ended, EndedBy.Visit), (ended.State, ended.EndedBy));
        Assert.NotNull(ended.VisitEndedAt);
        Assert.Empty(Rows());
        using var context = Portal.ReadTrail();
        var visit = await context.Visits.SingleAsync();
        Assert.Equal((DataRoom.Noon, DataRoom.Noon + TimeSpan.FromMinutes(5)), (visit.LastAliveAt, visit.EndedAt));
        Assert.Equal(DataRoom.Noon, (await context.TrailSteps.SingleAsync()).LeftAt);
    }

    [Fact]
    public async Task Whoever_comes_back_later_makes_another_visit()
    {
        _ = await _visitor.LeaveAsync();
        await PassAsync(TimeSpan.FromMinutes(6));
        _ = await _visitor.ViewAsync();
        Assert.Equal(2, Assert.Single(Rows()).VisitCount);
        Assert.Equal(2, (await Portal.Get<VisitorQueries>().VisitsAsync(_site.Company, VisitorId)).Count);
    }

    [Fact]
    public async Task Between_two_pages_a_visitor_is_still_here_and_after_15_seconds_he_is_offline()
    {
        _ = await _visitor.LeaveAsync();
        await PassAsync(TimeSpan.FromSeconds(14));
        Assert.Equal((QueueStatus.Browsing, null), (Rows()[0].Status, Rows()[0].LeftAt));
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((QueueStatus.Offline, DataRoom.Noon), (Rows()[0].Status, Rows()[0].LeftAt));

        var hidden = Portal.Get<VisitorQueue>().Snapshot(_site.Company, QueueFilter.WithoutOffline, default, Portal.Now);
        Assert.Equal((0, 1, 1), (hidden.Rows.Count, hidden.Hidden, hidden.Counts[QueueStatus.Offline]));

        _ = await _visitor.ViewAsync("https://shop.example/chairs", "Chairs");
        Assert.Equal((QueueStatus.Browsing, "Chairs", 2), (Rows()[0].Status, Rows()[0].Title, Rows()[0].PageCount));
    }

    [Fact]
    public async Task While_a_stream_is_open_the_visit_goes_on_and_its_life_is_written_down()
    {
        using (var stream = await _visitor.StreamAsync())
        {
            _ = await stream.NextAsync("conv");
            await PassAsync(TimeSpan.FromMinutes(30));
            Assert.Equal(QueueStatus.Browsing, Rows()[0].Status);
        }

        await GoneAsync();
        await PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(Rows());
        using var context = Portal.ReadTrail();
        Assert.Equal(DataRoom.Noon + TimeSpan.FromMinutes(30), (await context.Visits.SingleAsync()).LastAliveAt);
    }

    [Fact]
    public async Task A_request_without_a_page_for_60_seconds_is_withdrawn_and_costs_nothing()
    {
        var conversation = new ConversationId((long)(await _visitor.RequestAsync()).Of("conv").Single()["c"]!);
        _ = await _visitor.LeaveAsync();
        await PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(ConversationState.Waiting, (await FindAsync(conversation)).State);
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(ConversationState.Withdrawn, (await FindAsync(conversation)).State);
        using var context = Portal.Read();
        Assert.False(await context.LedgerLines.AnyAsync(line => line.ConversationId == conversation));
    }

    [Fact]
    public async Task After_a_restart_everybody_is_still_here_and_the_time_between_does_not_count()
    {
        var conversation = new ConversationId((long)(await _visitor.SayAsync("hello"))["c"]!);
        var before = Assert.Single(Rows());
        await Portal.RestartAsync(TimeSpan.FromHours(3));
        var after = Assert.Single(Rows());
        Assert.Equal((before.Visit, before.Title, before.StartedAt, conversation), (after.Visit, after.Title, after.StartedAt, after.Conversation));
        Assert.Equal(QueueStatus.Waiting, after.Status);

        // The page speaks again and is the one that was open.
        _visitor = new TestVisitor(Portal.Client(), _site.Code, "p1") { Pass = _visitor.Pass };
        _ = await _visitor.PollAsync();
        _ = await _visitor.ViewAsync("https://shop.example/chairs", "Chairs");
        Assert.Equal((before.Visit, 2), (Rows()[0].Visit, Rows()[0].PageCount));
        _ = await _visitor.LeaveAsync();
        await PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(Rows());
        Assert.NotNull((await FindAsync(conversation)).VisitEndedAt);
    }

    [Fact]
    public async Task Whoever_left_before_the_server_stopped_is_not_brought_back()
    {
        var conversation = new ConversationId((long)(await _visitor.SayAsync("hello"))["c"]!);
        _ = await _visitor.LeaveAsync();
        await PassAsync(TimeSpan.FromMinutes(4));
        Machine.Advance(TimeSpan.FromMinutes(2));
        await Portal.RestartAsync(TimeSpan.FromMinutes(2));
        await Portal.SweepAsync();
        Assert.Empty(Rows());
        Assert.NotNull((await FindAsync(conversation)).VisitEndedAt);
    }

    [Fact]
    public async Task A_page_that_slept_past_its_visit_begins_another_one_with_what_it_showed()
    {
        var first = Rows()[0].Visit;
        await PassAsync(TimeSpan.FromHours(8));
        Assert.Empty(Rows());
        _ = await _visitor.PollAsync();
        var row = Assert.Single(Rows());
        Assert.NotEqual(first, row.Visit);
        Assert.Equal(("https://shop.example/tables", "Tables", 2), (row.Address, row.Title, row.VisitCount));
    }

    [Fact]
    public async Task An_agent_whose_seat_is_not_renewed_is_gone_after_60_seconds_and_the_icon_says_so()
    {
        using var stream = await _visitor.StreamAsync();
        Assert.Equal(1, (int)(await stream.NextAsync("icons"))["on"]!["1"]![0]!);
        await PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, (int)(await stream.NextAsync("icons"))["on"]!["1"]![0]!);
        Assert.Empty(Portal.Get<AgentPresence>().In(_site.Company, Portal.Now));
    }

    [Fact]
    public async Task A_stream_beats_every_20_seconds_and_says_goodbye_when_the_server_stops()
    {
        using var stream = await _visitor.StreamAsync();
        _ = await stream.NextAsync("conv");
        for (var second = 0; second < 20; second++)
            Machine.Advance(TimeSpan.FromSeconds(1));
        await stream.NextBeatAsync();
        var stopping = Portal.RestartAsync();
        Assert.Equal("stop", (string?)(await stream.NextAsync("bye"))["r"]);
        Assert.Null(await stream.NextAsync());
        await stopping;
    }

    private FakeTimeProvider Machine => Portal.Machine!;

    private VisitorId VisitorId =>
        Portal.Get<VisitorPasses>().TryRead(Encoding.ASCII.GetBytes(_visitor.Pass), _site.Company, Portal.Now, out var pass) ? pass.Visitor : throw new InvalidDataException(_visitor.Pass);

    private async Task PassAsync(TimeSpan time)
    {
        Machine.Advance(time);
        await Portal.SweepAsync();
    }

    // Until the server has noticed that the stream is closed.
    private async Task GoneAsync()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var visit = Portal.Get<LiveVisits>().Find(_site.Company, VisitorId, Portal.Now)!;
        using var heard = Portal.Get<PortalEvents>().Subscribe(_site.Company, _ => Look());
        Look();
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));

        void Look()
        {
            if (!visit.IsConnected)
                _ = gone.TrySetResult();
        }
    }

    private async Task<Conversation> FindAsync(ConversationId id)
    {
        using var context = Portal.Read();
        return await context.Conversations.AsNoTracking().SingleAsync(row => row.Id == id);
    }

    private IReadOnlyList<QueueRow> Rows() => Portal.Get<VisitorQueue>().Snapshot(_site.Company, QueueFilter.All, default, Portal.Now).Rows;
}
