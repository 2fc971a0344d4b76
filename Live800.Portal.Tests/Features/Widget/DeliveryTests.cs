using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>
/// D5: whatever the network does to a visitor's page (lost requests, lost answers, copies, late copies, cut streams), and whenever the server is restarted:
/// what was acknowledged is stored once, in order, without gaps, and shown once.
/// </summary>
public sealed class DeliveryTests() : PortalTest(settings: new Dictionary<string, string>
{
    // The limits have their own tests; here a bad network sends everything several times.
    ["Portal:VisitorLimits:MessagesPer10Seconds"] = "1000000",
    ["Portal:VisitorLimits:MessagesPerMinuteAndAddress"] = "1000000",
    ["Portal:VisitorLimits:ListensPer10Seconds"] = "1000000",
    ["Portal:VisitorLimits:ListensPerMinuteAndAddress"] = "1000000",
    ["Portal:VisitorLimits:ViewsPerMinuteAndAddress"] = "1000000",
})
{
    private static bool IsLong => Environment.GetEnvironmentVariable("LIVE800_LONG") == "1";

    private TestSite _site = null!;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
    }

    [Fact]
    public async Task Whatever_the_network_does_everything_acknowledged_is_stored_once_and_shown_once_in_order()
    {
        var runs = IsLong ? 10_000 : 500;
        await Gen.Int[0, int.MaxValue - 1].SampleAsync(PlayAsync, iter: runs, threads: 4);
        Figures.Tell($"delivery: {runs} runs with drop, duplicate, delay and reorder, differences: 0");
    }

    [Fact]
    public async Task A_restart_in_the_middle_loses_and_doubles_nothing()
    {
        var restarts = IsLong ? 100 : 5;
        for (var restart = 0; restart < restarts; restart++)
        {
            var page = await PageAsync(restart);
            var sending = page.SendAllAsync(12);
            // Not before something was stored, so that the restart really falls between two messages.
            await await Task.WhenAny(page.Acknowledged.WaitAsync(), sending);
            await Portal.RestartAsync();
            await sending;
            await CheckAsync(page);
        }

        Figures.Tell($"delivery: {restarts} restarts between messages, differences: 0");
    }

    private async Task PlayAsync(int seed)
    {
        // All runs together last longer than a seat without a sign of life.
        await Portal.SeatAsync(_site);
        var page = await PageAsync(seed);
        var conversation = (long)(await page.Visitor.RequestAsync()).Of("conv").Single()["c"]!;
        var accepted = await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, new ConversationId(conversation));
        Assert.Equal(Refusal.None, accepted.Outcome.Refusal);
        await Task.WhenAll(page.SendAllAsync(1 + page.Random.Next(6)), page.ListenAsync(2 + page.Random.Next(4)), AgentAsync(conversation, seed));
        await CheckAsync(page);
    }

    private async Task AgentAsync(long conversation, int seed)
    {
        var random = new Random(seed ^ 0x5eed);
        for (var i = random.Next(5); i > 0; i--)
        {
            var id = Guid.NewGuid();
            for (var copies = random.Next(1, 3); copies > 0; copies--)
            {
                var said = await Portal.Desk.AgentSaysAsync(_site.Company, _site.Agent, _site.Session, new ConversationId(conversation), id, $"agent {i}");
                Assert.Equal(Refusal.None, said.Refusal);
            }
        }
    }

    private async Task<BadNetworkPage> PageAsync(int seed)
    {
        var page = new BadNetworkPage(() => Portal.Visitor(_site, page: "p1"), seed);
        await page.OpenAsync();
        return page;
    }

    private async Task CheckAsync(BadNetworkPage page)
    {
        await page.CatchUpAsync();
        using var context = Portal.Read();
        var id = new ConversationId(page.Conversation);
        var stored = await context.ChatMessages.AsNoTracking().Where(line => line.ConversationId == id).OrderBy(line => line.Sequence).ToListAsync();
        Assert.Equal(1, await context.ChatMessages.Where(line => line.ClientId == page.Sent[0].Id).CountAsync());
        Assert.Equal(Enumerable.Range(1, stored.Count), stored.Select(line => line.Sequence));
        var own = stored.Where(line => line is { Author: ChatAuthor.Visitor, Kind: ChatMessageKind.Text }).ToList();
        Assert.Equal(page.Sent.Select(sent => (sent.Id, sent.Text)), own.Select(line => (line.ClientId!.Value, line.Text)));
        Assert.All(own, line => Assert.Equal(page.Numbers[line.ClientId!.Value], line.Sequence));
        Assert.Equal(stored.Select(line => (line.Sequence, line.Text)), page.Shown);
    }

    /// <summary>A page on a bad network: sends in order and again until acknowledged, listens with a cursor, shows by number.</summary>
    private sealed class BadNetworkPage(Func<TestVisitor> connect, int seed)
    {
        private readonly List<Task> _late = [];

        public Random Random { get; } = new(seed);

        public TestVisitor Visitor { get; private set; } = connect();

        public long Conversation { get; private set; }

        public List<(Guid Id, string Text)> Sent { get; } = [];

        public ConcurrentDictionary<Guid, int> Numbers { get; } = new();

        public SortedDictionary<int, string> Lines { get; } = [];

        public IEnumerable<(int, string)> Shown => Lines.Select(line => (line.Key, line.Value));

        public SemaphoreSlim Acknowledged { get; } = new(0);

        public async Task OpenAsync()
        {
            _ = await Visitor.ViewAsync();
        }

        public async Task SendAllAsync(int count)
        {
            // Both directions use the network on their own; each has its own dice, so that a seed replays.
            var dice = new Random(seed + 1);
            for (var i = 0; i < count; i++)
            {
                var (id, text) = (Guid.NewGuid(), $"message {i} 你好");
                Sent.Add((id, text));
                while (!await TrySendAsync(id, text, dice))
                    await Task.Yield();
            }

            await Task.WhenAll(_late);
        }

        public async Task ListenAsync(int times)
        {
            var dice = new Random(seed + 2);
            for (var i = 0; i < times; i++)
            {
                if (dice.Next(2) == 0)
                {
                    var polled = await Visitor.PollAsync(Cursor);
                    // A lost answer: the cursor stays where it was.
                    if (dice.Next(3) > 0)
                        Show(polled.Of("msg"));
                    continue;
                }

                // What a stream has to bring, then some of it, then the stream is cut.
                var due = (await Visitor.PollAsync(Cursor)).Of("msg").Count();
                using var stream = await Visitor.StreamAsync(Cursor);
                for (var lines = dice.Next(due + 1); lines > 0; lines--)
                {
                    var line = await stream.NextAsync("msg");
                    Show(dice.Next(4) == 0 ? [line, line] : [line]);
                }
            }
        }

        public async Task CatchUpAsync()
        {
            Visitor = new TestVisitor(connect().Http, Visitor.Code, Visitor.Page) { Pass = Visitor.Pass };
            Show((await Visitor.PollAsync(Cursor)).Of("msg"));
        }

        private string Cursor => Lines.Count == 0 ? "" : $"{Conversation}.{Lines.Keys.Last()}";

        private void Show(IEnumerable<JsonObject> lines)
        {
            foreach (var line in lines)
            {
                Conversation = (long)line["c"]!;
                var number = (int)line["n"]!;
                var text = (string)line["x"]!;
                // By number, without gaps, each once; a copy says the same.
                if (Lines.TryGetValue(number, out var shown))
                    Assert.Equal(shown, text);
                else
                    Assert.Equal(Lines.Count + 1, number);
                Lines[number] = text;
            }
        }

        private async Task<bool> TrySendAsync(Guid id, string text, Random dice)
        {
            var fate = dice.Next(10);
            if (fate == 0)
                return false;
            try
            {
                var posted = Visitor.SayAsync(text, Conversation, id);
                if (fate == 1)
                    _late.Add(IgnoreAsync(Visitor.SayAsync(text, Conversation, id)));
                var reply = await posted;
                if (fate == 2)
                    _late.Add(LateAsync(id, text, dice.Next(1, 4)));
                // A restart answers with what a restart answers with; the page tries again.
                if (fate == 3 || IsRestarting(reply))
                    return false;
                Assert.Equal(HttpStatusCode.OK, reply.Status);
                var number = (int)reply["n"]!;
                Conversation = (long)reply["c"]!;
                Assert.Equal(number, Numbers.GetOrAdd(id, number));
                _ = Acknowledged.Release();
                return true;
            }
            catch (Exception lost) when (IsLoss(lost))
            {
                Visitor = new TestVisitor(connect().Http, Visitor.Code, Visitor.Page) { Pass = Visitor.Pass };
                return false;
            }
        }

        // A copy that was on its way for as long as some later messages took.
        private async Task LateAsync(Guid id, string text, int turns)
        {
            try
            {
                for (var i = 0; i < turns; i++)
                    _ = await Visitor.PostAsync("beat", ("k", Visitor.Page), ("c", ""));
            }
            catch (Exception lost) when (IsLoss(lost))
            {
                return;
            }

            await IgnoreAsync(Visitor.SayAsync(text, Conversation, id));
        }

        private static async Task IgnoreAsync(Task<WireReply> copy)
        {
            try
            {
                var reply = await copy;
                Assert.True(reply.Status == HttpStatusCode.OK || IsRestarting(reply), $"{reply.Status}");
            }
            catch (Exception lost) when (IsLoss(lost))
            {
                // The server went away under a copy.
            }
        }

        private static bool IsRestarting(WireReply reply) => reply.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError;

        private static bool IsLoss(Exception exception) =>
            exception is HttpRequestException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException;
    }
}
