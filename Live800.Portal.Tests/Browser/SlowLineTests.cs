using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>An agent far away, whose desk shows everything 400 ms late: what he writes reaches the visitor he chose, or nobody.</summary>
public sealed class SlowLineTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    private Desk _desk = null!;
    private Visitor _red = null!;
    private Visitor _blue = null!;
    private string _shop = "";

    public override async Task InitializeAsync()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        _shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var page = await SomebodyAsync();
        // The server's frames come late, in their order.
        await page.RouteWebSocketAsync("**/_blazor**", line =>
        {
            var server = line.ConnectToServer();
            var last = Task.CompletedTask;
            server.OnMessage(frame =>
            {
                var (before, due) = (last, Task.Delay(400));
                last = DeliverAsync();
                async Task DeliverAsync()
                {
                    await before;
                    await due;
                    if (frame.Binary is { } bytes) line.Send(bytes);
                    else line.Send(frame.Text!);
                }
            });
        });
        _desk = await Desk.OpenAsync(page, box.Server, box.Qingfeng, "chenzy");
        await _desk.IsOpenAsync();
        _red = await AskingAsync("/sofa", "r1 红");
        await _desk.AcceptAsync("r1");
        _blue = await AskingAsync("/lamp", "b1 蓝");
        await _desk.AcceptAsync("b1");
    }

    /// <summary>By tab, by Alt+Z, by the queue's row and by an accept: each time he writes at once, as if the other conversation were there already.</summary>
    [Fact]
    public async Task What_is_written_right_after_turning_to_another_visitor_never_reaches_the_one_before()
    {
        var sofa = await _desk.NumberOfAsync(ShopSite.SofaTitle);
        var lamp = await _desk.NumberOfAsync(ShopSite.LampTitle);
        await TurnAndWriteAsync("错一", () => Tab(sofa).ClickAsync());
        await ArriveAsync("a1", _red, sofa);
        await TurnAndWriteAsync("错二", () => _desk.Box.PressAsync("Alt+z"));
        await ArriveAsync("a2", _blue, lamp);
        await TurnAndWriteAsync("错三", () => _desk.Row(ShopSite.SofaTitle).ClickAsync());
        await ArriveAsync("a3", _red, sofa);
        var green = await AskingAsync("/", "g1 绿");
        await TurnAndWriteAsync("错四", () => _desk.Waiting.GetByRole(AriaRole.Button, new() { NameRegex = new("^接受") }).ClickAsync());
        await Assertions.Expect(_desk.Log).ToContainTextAsync("g1");
        await _desk.SayAsync("a4 对的。");
        await green.ReadsAsync("g1 a4");

        // Whoever was in front before each turn has nothing of it; both have answered since, so that nothing is on its way any more.
        await _red.SayAsync("r2 好");
        await _blue.SayAsync("b2 好");
        await _red.ReadsAsync("r1 a1 a3 r2");
        await _blue.ReadsAsync("b1 a2 b2");
        foreach (var wrong in new[] { "错一", "错三" }) await Assertions.Expect(_blue.Log).Not.ToContainTextAsync(wrong);
        foreach (var wrong in new[] { "错二", "错四" }) await Assertions.Expect(_red.Log).Not.ToContainTextAsync(wrong);
    }

    /// <summary>Pressing something that leaves the conversation in front gives the box back.</summary>
    [Fact]
    public async Task Whoever_stays_with_his_visitor_goes_on_writing()
    {
        await _desk.Box.FillAsync("写到一半");
        await _desk.Tabs.Locator("[aria-current]").ClickAsync();
        await Assertions.Expect(_desk.Box).ToBeEditableAsync();
        await Assertions.Expect(_desk.Box).ToHaveValueAsync("写到一半");
        await _desk.SayAsync("a1 给蓝色。");
        await _blue.ReadsAsync("b1 a1");
    }

    private ILocator Tab(string number) => _desk.Tabs.GetByRole(AriaRole.Button).Filter(new() { HasText = number });

    private async Task<Visitor> AskingAsync(string path, string words)
    {
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(_shop + path);
        await visitor.AskAsync();
        await visitor.SayAsync(words);
        return visitor;
    }

    // The keys go wherever the page lets them, without waiting for anything.
    private async Task TurnAndWriteAsync(string words, Func<Task> turn)
    {
        await Assertions.Expect(_desk.Box).ToBeEditableAsync();
        await turn();
        await _desk.Page.EvaluateAsync("() => document.querySelector('.composer textarea')?.focus()");
        await _desk.Page.Keyboard.TypeAsync(words);
        await _desk.Page.Keyboard.PressAsync("Enter");
    }

    private async Task ArriveAsync(string mark, Visitor visitor, string number)
    {
        await Assertions.Expect(Tab(number)).ToHaveAttributeAsync("aria-current", "true");
        await Assertions.Expect(_desk.Box).ToBeEditableAsync();
        await _desk.SayAsync(mark + " 对的。");
        await Assertions.Expect(visitor.Log).ToContainTextAsync(mark + " 对的。");
    }
}
