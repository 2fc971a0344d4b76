using System.Globalization;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Browser;

public sealed class LatencyTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    // Each says fewer than the twenty in ten seconds at which a visitor is slowed down.
    private const int Visitors = 12;
    private const int MessagesEach = 17;

    /// <summary>From the visitor's key to the agent's screen, both clocks being this machine's. Told, not judged: the machine is shared.</summary>
    [Fact]
    public async Task Two_hundred_messages_reach_the_agents_page_and_how_fast_is_told()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        await desk.IsOpenAsync();
        var waits = new List<double>();
        for (var i = 1; i <= Visitors; i++)
        {
            await using var browser = await Browsers.PersonAsync(width: 1000, height: 700);
            var visitor = new Visitor(await browser.NewPageAsync());
            await visitor.Page.GotoAsync(shop + "/");
            await visitor.AskAsync();
            await visitor.SayAsync("h0 你好。");
            await desk.AcceptAsync();
            await Said.ExpectAsync(desk.Log, "h0");
            await desk.Log.EvaluateAsync(NoteArrivals);
            await visitor.Box.EvaluateAsync(NoteSending);
            for (var n = 1; n <= MessagesEach; n++)
            {
                await visitor.Box.FillAsync($"m{n.ToString(CultureInfo.InvariantCulture)} 这件有现货吗？");
                await visitor.Box.PressAsync("Enter");
                var arrived = await desk.Log.EvaluateAsync<double>(Arrival, "m" + n.ToString(CultureInfo.InvariantCulture));
                waits.Add(arrived - await visitor.Box.EvaluateAsync<double>("box => box.sentAt"));
            }
            await visitor.Page.CloseAsync();
        }

        waits.Sort();
        Assert.Equal(Visitors * MessagesEach, waits.Count);
        Assert.Equal(Visitors * (MessagesEach + 1), await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM ChatMessages WHERE Kind = 0"));
        Figures.Tell(string.Create(CultureInfo.InvariantCulture, $"visitor's send -> agent's page, {waits.Count} messages in real browsers: median {At(0.5):0} ms, 99th percentile {At(0.99):0} ms"));

        double At(double part) => waits[Math.Min(waits.Count - 1, (int)Math.Ceiling(waits.Count * part) - 1)];
    }

    private const string NoteSending = "box => box.addEventListener('keydown', e => { if (e.key === 'Enter') box.sentAt = performance.timeOrigin + performance.now(); }, true)";

    private const string NoteArrivals = """
        log => {
          log.arrivals = {};
          const look = () => {
            for (const [, mark] of log.innerText.matchAll(/^(m\d+) /gm)) log.arrivals[mark] ??= performance.timeOrigin + performance.now();
          };
          new MutationObserver(look).observe(log, { childList: true, subtree: true, characterData: true });
        }
        """;

    private const string Arrival = """
        async (log, mark) => {
          for (let tries = 0; tries < 3000 && !log.arrivals[mark]; tries++) await new Promise(done => setTimeout(done, 10));
          return log.arrivals[mark];
        }
        """;
}
