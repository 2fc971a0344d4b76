using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Realtime;

public sealed class VisitorStreamsTests : IDisposable
{
    private static readonly CompanyId Company = new(1);
    private static readonly VisitorId Visitor = new(1000);

    private readonly FakeTimeProvider _clock = new(DataRoom.Noon);
    private readonly PortalEvents _events = new(NullLogger<PortalEvents>.Instance);
    private readonly Lifetime _lifetime = new();
    private readonly VisitorStreams _streams;
    private int _aborted;

    public VisitorStreamsTests() => _streams = new VisitorStreams(_events, _clock, _lifetime);

    [Fact]
    public async Task News_that_nobody_has_read_yet_become_one()
    {
        var stream = Open();
        for (var i = 0; i < 1000; i++)
            _events.Publish(new PortalEvent(Company, PortalTopic.Conversation, 5, Visitor));
        _events.Publish(new PortalEvent(Company, PortalTopic.Typing, 5, Visitor));
        Assert.Equal(VisitorNews.Conversation | VisitorNews.Typing, await stream.WaitAsync());
        var next = stream.WaitAsync();
        Assert.False(next.IsCompleted);
        stream.Tell(VisitorNews.Beat);
        Assert.Equal(VisitorNews.Beat, await next);
    }

    [Fact]
    public void Only_the_visitor_himself_hears_of_his_conversation()
    {
        var stranger = Open(visitor: new VisitorId(1001)).WaitAsync();
        var foreigner = Open(company: new CompanyId(2)).WaitAsync();
        _events.Publish(new PortalEvent(Company, PortalTopic.Conversation, 5, Visitor));
        Assert.False(stranger.IsCompleted);
        Assert.False(foreigner.IsCompleted);
    }

    [Fact]
    public void A_reader_that_takes_nothing_for_20_seconds_is_cut_off_and_others_are_not()
    {
        var slow = Open();
        var quick = Open(visitor: new VisitorId(1001)).WaitAsync();
        slow.Writing(_clock.GetTimestamp());
        _clock.Advance(VisitorStreams.StuckAfter);
        Assert.Equal(0, _aborted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _aborted);
        Assert.True(quick.IsCompleted);
    }

    [Fact]
    public async Task A_reader_that_was_stuck_and_takes_again_is_told_to_come_back()
    {
        var stream = Open();
        stream.Writing(_clock.GetTimestamp());
        for (var second = 0; second < 11; second++)
            _clock.Advance(TimeSpan.FromSeconds(1));
        stream.Written();
        Assert.Equal(VisitorNews.Slow, await stream.WaitAsync());
        Assert.Equal(0, _aborted);
    }

    [Fact]
    public async Task The_same_page_opening_again_takes_over_and_so_does_the_fifth_line()
    {
        var first = Open("p1");
        var again = Open("p1");
        Assert.Equal(VisitorNews.Moved, await first.WaitAsync());
        _streams.Close(first);
        _ = Open("p2");
        _ = Open("p3");
        _ = Open("p4");
        _ = Open("p5");
        Assert.Equal(VisitorNews.Moved, await again.WaitAsync());
        Assert.Equal(5, _streams.Count);
    }

    [Fact]
    public async Task Whoever_waits_looks_at_his_place_again_once_a_second_at_most()
    {
        var waiting = Open();
        waiting.IsWaiting = true;
        for (var i = 0; i < 10; i++)
            _events.Publish(new PortalEvent(Company, PortalTopic.Conversation, 5, new VisitorId(1001)));
        var news = waiting.WaitAsync();
        Assert.False(news.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(VisitorNews.Conversation, await news);
        var next = waiting.WaitAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task When_the_server_stops_every_line_is_told_and_none_is_opened()
    {
        var stream = Open();
        _lifetime.StopApplication();
        Assert.Equal(VisitorNews.Stop, await stream.WaitAsync());
        Assert.Null(_streams.Open(Company, Visitor, "p9", () => { }));
    }

    public void Dispose()
    {
        _streams.Dispose();
        _lifetime.Dispose();
    }

    private VisitorStream Open(string page = "p1", VisitorId? visitor = null, CompanyId? company = null) =>
        _streams.Open(company ?? Company, visitor ?? Visitor, page, () => _aborted++)!;

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => _stopping.Token;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
