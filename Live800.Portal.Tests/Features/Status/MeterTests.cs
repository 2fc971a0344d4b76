using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Status;

/// <summary>What is measured: it is right, it says nothing about anybody, and it costs nothing where nobody listens.</summary>
public sealed class MeterTests
{
    [Fact]
    public async Task What_happens_is_counted_and_no_tag_says_to_whom()
    {
        await using var portal = new PortalFactory();
        var site = await portal.AddCompanyAsync("metered");
        using var ear = new Ear(portal);
        await portal.SeatAsync(site);
        var visitor = portal.Visitor(site);
        _ = await visitor.ViewAsync();
        var said = await visitor.SayAsync("hello");
        Assert.Equal(HttpStatusCode.OK, said.Status);
        var conversation = new Live800.Domain.Shared.ConversationId((long)said["c"]!);
        _ = await portal.Desk.AcceptAsync(site.Company, site.Agent, site.Session, conversation);
        _ = await portal.Desk.AgentSaysAsync(site.Company, site.Agent, site.Session, conversation, Guid.NewGuid(), "hi");
        using var stream = await visitor.StreamAsync();
        _ = await stream.NextAsync("conv");

        Assert.Equal(1, ear.Sum("live800.messages", "visitor"));
        Assert.Equal(1, ear.Sum("live800.messages", "agent"));
        Assert.Equal(1, ear.Count("live800.message.duration"));
        Assert.Equal(1, ear.Sum("live800.views"));
        Assert.Equal(0, ear.Sum("live800.views.refused"));
        Assert.True(ear.Count("live800.write.commit", "portal") > 0 && ear.Count("live800.write.commit", "trail") > 0);
        Assert.True(ear.Sum("live800.write.batch", "portal") >= ear.Count("live800.write.batch", "portal"));
        ear.Look();
        Assert.Equal(1, ear.Last("live800.visitors"));
        Assert.Equal(1, ear.Last("live800.streams"));
        Assert.Equal(1, ear.Last("live800.seats"));
        Assert.Equal(0, ear.Last("live800.circuits"));
        foreach (var gauge in new[] { "live800.visitors.waiting", "live800.write.waiting", "live800.write.oldest", "live800.trail.waiting", "live800.mail.waiting" }) Assert.True(ear.Last(gauge) >= 0, gauge);
        Assert.Subset(new HashSet<string> { "visitor", "agent", "portal", "trail" }, ear.Tags.Where(tag => tag.Key != "job").Select(tag => (string)tag.Value!).ToHashSet());
        Assert.Subset(new HashSet<string> { "by", "file", "job" }, ear.Tags.Select(tag => tag.Key).ToHashSet());
        Assert.All(ear.Tags.Where(tag => tag.Key == "job"), tag => Assert.EndsWith("Job", (string)tag.Value!, StringComparison.Ordinal));
        Assert.Equal((2, 1), (portal.Get<MessageMeter>().Count, portal.Get<ViewMeter>().Count));
    }

    [Fact]
    public async Task A_view_that_is_refused_with_503_is_counted_as_such()
    {
        await using var portal = new PortalFactory();
        var site = await portal.AddCompanyAsync("refusing");
        using var ear = new Ear(portal);
        await portal.Get<WriteQueue<TrailDbContext>>().DisposeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await portal.Visitor(site).ViewAsync()).Status);
        Assert.Equal(1, ear.Sum("live800.views.refused"));
        Assert.Equal(0, ear.Sum("live800.views"));
        Assert.Equal(1, portal.Get<ViewMeter>().RefusedCount);
    }

    [Fact]
    public async Task Without_a_listener_measuring_allocates_nothing()
    {
        await using var portal = new PortalFactory();
        var (messages, views) = (portal.Get<MessageMeter>(), portal.Get<ViewMeter>());
        Measure(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Measure(int times)
        {
            for (var i = 0; i < times; i++)
            {
                messages.Stored(byVisitor: true);
                messages.Posted(TimeSpan.FromMilliseconds(i));
                views.Stored();
                using var span = Instruments.Source.StartActivity("message");
            }
        }
    }

    [Fact]
    public async Task A_queue_tells_how_many_wait_and_how_long_the_oldest_has()
    {
        await using var room = await DataRoom.OpenAsync();
        Assert.Equal((0, TimeSpan.Zero), (room.Writes.Waiting, room.Writes.OldestWait));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = room.Writes.RunAsync((_, _) =>
        {
            begun.SetResult();
            return open.Task;
        });
        await begun.Task;
        var others = Enumerable.Range(0, 3).Select(_ => room.Writes.RunAsync((_, _) => Task.CompletedTask)).ToList();
        Assert.Equal(3, room.Writes.Waiting);
        Assert.True(room.Writes.OldestWait > TimeSpan.Zero);
        open.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.Equal("portal", room.Writes.File);
        Assert.Equal(0, room.Writes.Waiting);
    }

    [Fact]
    public void A_share_of_times_lies_within_nine_hundredths_of_what_was_counted_since()
    {
        var counts = new LatencyCounts();
        Assert.Null(counts.Read().Percentile(0.99, null));
        counts.Count(TimeSpan.FromDays(1));
        counts.Count(TimeSpan.Zero);
        counts.Count(TimeSpan.FromSeconds(-1));
        var before = counts.Read();
        for (var i = 1; i <= 100; i++) counts.Count(TimeSpan.FromMilliseconds(i));
        var now = counts.Read();
        Assert.Equal(100, now.Since(before));
        Assert.InRange(now.Percentile(0.5, before)!.Value.TotalMilliseconds, 50, 55);
        Assert.InRange(now.Percentile(0.99, before)!.Value.TotalMilliseconds, 99, 108);
        Assert.Null(counts.Read().Percentile(0.5, now));
    }

    /// <summary>Listens to one portal's meter, whatever others run beside it.</summary>
    private sealed class Ear : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> _heard = new();

        public Ear(PortalFactory portal)
        {
            var scope = portal.Get<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Instruments.Name && instrument.Meter.Scope == scope) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _heard.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _heard.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _heard.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.Start();
        }

        public IEnumerable<KeyValuePair<string, object?>> Tags => _heard.SelectMany(heard => heard.Tags);

        public double Sum(string name, string? tag = null) => Of(name, tag).Sum();

        public int Count(string name, string? tag = null) => Of(name, tag).Count();

        public double Last(string name) => Of(name, null).Last();

        public void Look() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private IEnumerable<double> Of(string name, string? tag) =>
            _heard.Where(heard => heard.Name == name && (tag is null || heard.Tags.Any(at => (string?)at.Value == tag))).Select(heard => heard.Value);
    }
}
