using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>What a visitor reads, writes and presses (PRODUCT 5, D2, D6, QUALITY 6).</summary>
public sealed class FrameTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    /// <summary>D6: they go out once and in order, although the page was loaded anew in between.</summary>
    [Fact]
    public async Task Unsent_messages_survive_a_reload_and_go_out_once_in_order()
    {
        var visitor = await AskingAsync("unsent");
        await visitor.SayAsync("v1 arrives");
        await visitor.ReadsAsync("v1");
        var messages = visitor.Page.Context.Counts("/message");
        await visitor.Page.RouteAsync("**/message", route => route.AbortAsync());
        await visitor.SayAsync("v2 does not");
        await visitor.SayAsync("v3 neither");
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Button, new() { Name = "重试" })).ToHaveCountAsync(2);
        await visitor.Page.ReloadAsync();
        await visitor.ReadsAsync("v1 v2 v3");
        await visitor.Page.UnrouteAsync("**/message");
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Button)).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Assertions.Expect(visitor.Log).ToContainTextAsync("已送达");
        await house.Desk.AcceptAsync(await house.Desk.NumberOfAsync("unsent"));
        await house.Desk.ReadsAsync("v1 v2 v3");
        Assert.True(messages() >= 4);
    }

    /// <summary>D6 where the browser gives another site's frame no storage: the tab of the page keeps the words, and nobody else's chat finds them.</summary>
    [Fact]
    public async Task In_a_private_window_unsent_messages_and_drafts_survive_a_reload_and_end_with_the_visitor()
    {
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.Context.AddInitScriptAsync("if (top != self) for (const kind of ['localStorage', 'sessionStorage']) Object.defineProperty(window, kind, { get() { throw new DOMException('denied', 'SecurityError'); } });");
        await visitor.Page.VisitAsync(house.Page("no-storage"));
        await visitor.AskAsync();
        await visitor.Page.RouteAsync("**/message", route => route.AbortAsync());
        await visitor.SayAsync("v1 {} waits");
        await visitor.SayAsync("v2 \u2028 too");
        await visitor.Box.FillAsync("not yet said");
        await visitor.Page.ReloadAsync();
        await visitor.ReadsAsync("v1 v2");
        await Assertions.Expect(visitor.Box).ToHaveValueAsync("not yet said");
        await visitor.Page.UnrouteAsync("**/message");
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await house.Desk.AcceptAsync(await house.Desk.NumberOfAsync("no-storage"));
        await house.Desk.ReadsAsync("v1 v2");

        await visitor.Page.EvaluateAsync("Live800.logout()");
        await Eventually.EqualAsync("", () => visitor.Page.EvaluateAsync<string>("Object.values(sessionStorage).join('')"));
        await visitor.Page.ReloadAsync();
        await visitor.AskAsync();
        await visitor.ReadsAsync("");
        await Assertions.Expect(visitor.Box).ToHaveValueAsync("");
    }

    /// <summary>D2: the answer was lost, not the message.</summary>
    [Fact]
    public async Task A_message_whose_answer_was_lost_stands_there_once()
    {
        var visitor = await AskingAsync("lost-answer");
        var lost = false;
        await visitor.Page.RouteAsync("**/message", async route =>
        {
            if (lost)
            {
                await route.ContinueAsync();
                return;
            }

            lost = true;
            _ = await route.FetchAsync();
            await route.AbortAsync();
        });
        await visitor.SayAsync("v1 once");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("已送达");
        await visitor.ReadsAsync("v1");
        await visitor.Page.ReloadAsync();
        await visitor.ReadsAsync("v1");
    }

    [Fact]
    public async Task A_message_that_cannot_go_out_can_be_deleted()
    {
        var visitor = await AskingAsync("deleted");
        await visitor.Page.RouteAsync("**/message", route => route.AbortAsync());
        await visitor.SayAsync("v1 in vain");
        await visitor.Log.GetByRole(AriaRole.Button, new() { Name = "删除" }).ClickAsync();
        await visitor.ReadsAsync("");
        await visitor.Page.UnrouteAsync("**/message");
        await visitor.SayAsync("v2 goes");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("已送达");
        await visitor.ReadsAsync("v2");
    }

    /// <summary>D12.</summary>
    [Fact]
    public async Task Whoever_writes_too_fast_reads_why_and_the_message_goes_out_later()
    {
        var visitor = await AskingAsync("too-fast");
        await visitor.Page.RouteAsync("**/message", route => route.FulfillAsync(new()
        {
            Status = 429,
            ContentType = "application/json",
            Headers = new Dictionary<string, string> { ["Retry-After"] = "1" },
            Body = """{"r":"TooManyRequests","m":"写得太快了，一秒后再发。"}""",
        }));
        await visitor.SayAsync("v1 patient");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("写得太快了，一秒后再发。");
        await visitor.Page.UnrouteAsync("**/message");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("已送达");
        await visitor.ReadsAsync("v1");
    }

    [Fact]
    public async Task An_agents_message_in_a_small_chat_is_noticed_without_covering_the_page()
    {
        var visitor = await AskingAsync("small");
        await visitor.SayAsync("v1 hello");
        await house.Desk.AcceptAsync(await house.Desk.NumberOfAsync("small"));
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Log).Not.ToBeVisibleAsync();
        await house.Desk.SayAsync("a1 one");
        await house.Desk.SayAsync("a2 two");
        var pill = visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "打开与林晓的对话，2 条未读" });
        await Assertions.Expect(pill).ToBeVisibleAsync();
        var box = (await visitor.Page.Locator("iframe").BoundingBoxAsync())!;
        Assert.True(box is { Height: 44, Width: <= 240 }, $"{box.Width} x {box.Height}");

        // It stays so on the next page, and reading is remembered.
        await visitor.Page.ReloadAsync();
        await pill.ClickAsync();
        await visitor.ReadsAsync("v1 a1 a2");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "打开与林晓的对话", Exact = true })).ToBeVisibleAsync();
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "打开与林晓的对话", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Words_that_nobody_sees_ring_until_the_visitor_turns_it_off()
    {
        var visitor = await AskingAsync("rings");
        await visitor.Page.Context.AddInitScriptAsync("window.__tones = 0; const start = OscillatorNode.prototype.start; OscillatorNode.prototype.start = function (...at) { window.__tones++; return start.apply(this, at); };");
        await visitor.Page.ReloadAsync();
        await visitor.SayAsync("v1 hello");
        await house.Desk.AcceptAsync(await house.Desk.NumberOfAsync("rings"));
        await house.Desk.SayAsync("a1 seen");
        await visitor.ReadsAsync("v1 a1");
        var tones = () => visitor.Page.Frames.Single(frame => frame.Url.Contains("/frame", StringComparison.Ordinal)).EvaluateAsync<int>("() => __tones");
        Assert.Equal(0, await tones());

        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Log).Not.ToBeVisibleAsync();
        await house.Desk.SayAsync("a2 unseen");
        await Eventually.EqualAsync(1, tones);
        await Assertions.Expect(visitor.Page.Locator("iframe")).ToHaveAttributeAsync("title", new Regex(@"^\(1\) "));

        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "打开与林晓的对话，1 条未读" }).ClickAsync();
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "提示音", Pressed = true }).ClickAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await house.Desk.SayAsync("a3 quiet");
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "打开与林晓的对话，1 条未读" }).ClickAsync();
        await visitor.ReadsAsync("v1 a1 a2 a3");
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "提示音", Pressed = false })).ToBeVisibleAsync();
        Assert.Equal(1, await tones());
    }

    /// <summary>2.1: it is the visitor's to end, and writing opens it again.</summary>
    [Fact]
    public async Task The_visitor_ends_the_chat_and_goes_on_by_writing()
    {
        var visitor = await AskingAsync("ended");
        await visitor.SayAsync("v1 hello");
        await house.Desk.AcceptAsync(await house.Desk.NumberOfAsync("ended"));
        await Assertions.Expect(visitor.Log).ToContainTextAsync("林晓已接入");
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "结束对话" }).ClickAsync();
        await Assertions.Expect(visitor.Log).ToContainTextAsync("对话已结束");
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "结束对话" })).Not.ToBeVisibleAsync();
        await visitor.SayAsync("v2 one more thing");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("对话已继续");
        await visitor.ReadsAsync("v1 v2");
    }

    [Fact]
    public async Task After_three_minutes_of_waiting_the_form_is_offered_as_well_with_the_text_typed_so_far()
    {
        var page = await SomebodyAsync();
        await page.Clock.InstallAsync();
        var visitor = new Visitor(page);
        await page.VisitAsync(house.Page("waiting"));
        await visitor.AskAsync();
        var offer = visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "改为留言" });
        await Assertions.Expect(visitor.Chat.GetByText("正在为您接通客服")).ToBeVisibleAsync(); // he waits from now on: the three minutes begin here
        await visitor.Box.FillAsync("typed so far");
        await page.Clock.RunForAsync(170_000);
        await Assertions.Expect(offer).Not.ToBeVisibleAsync();
        await page.Clock.RunForAsync(15_000);
        await offer.ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByLabel("留言", new() { Exact = true })).ToHaveValueAsync("typed so far");
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "返回对话" }).ClickAsync();
        await Assertions.Expect(visitor.Box).ToHaveValueAsync("typed so far");
    }

    [Fact]
    public async Task Enter_sends_but_not_while_an_input_method_composes_and_shift_enter_begins_a_line()
    {
        var visitor = await AskingAsync("keys");
        await visitor.Box.FillAsync("v1 ni");
        await visitor.Box.DispatchEventAsync("keydown", new { key = "Enter", isComposing = true, bubbles = true, cancelable = true });
        await Assertions.Expect(visitor.Box).ToHaveValueAsync("v1 ni");
        await visitor.Box.PressAsync("Shift+Enter");
        await visitor.Page.Keyboard.TypeAsync("v2 hao");
        await visitor.Box.PressAsync("Enter");
        await Assertions.Expect(visitor.Box).ToHaveValueAsync("");
        await visitor.ReadsAsync("v1 v2");
    }

    [Fact]
    public async Task Whatever_is_written_is_text_and_only_http_addresses_are_links()
    {
        var visitor = await AskingAsync("text");
        await visitor.SayAsync("v1 <img src=x onerror=alert(1)> <script>alert(2)</script> javascript:alert(3) data:text/html,x https://example.com/a?b=1。");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("<img src=x onerror=alert(1)>");
        Assert.Equal(0, await visitor.Log.Locator("img, script").CountAsync());
        var link = visitor.Log.GetByRole(AriaRole.Link);
        Assert.Equal(1, await link.CountAsync());
        Assert.Equal("https://example.com/a?b=1", await link.GetAttributeAsync("href"));
        Assert.Contains("noopener", await link.GetAttributeAsync("rel"));
    }

    [Fact]
    public async Task Escape_makes_the_chat_small_and_focus_goes_back_to_the_icon()
    {
        var page = await SomebodyAsync();
        var visitor = new Visitor(page);
        await page.VisitAsync(house.Page("keyboard"));
        await visitor.IsDrawnAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Box).ToBeFocusedAsync();
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "结束对话" }).ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "结束对话" })).Not.ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Icon).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("iframe")).Not.ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(320, 568)]
    public async Task On_a_phone_the_chat_fills_the_screen_with_16_pixel_inputs(int width, int height)
    {
        var page = await SomebodyAsync(width: width, height: height);
        var visitor = new Visitor(page);
        await page.VisitAsync(house.Site.Put("phone", "<meta name=\"viewport\" content=\"width=device-width\">", house.Codes("{icon}{function}")));
        await visitor.AskAsync();
        var box = (await page.Locator("iframe").BoundingBoxAsync())!;
        Assert.Equal((0f, 0f, (float)width, (float)height), (box.X, box.Y, box.Width, box.Height));
        Assert.Equal("16px", await visitor.Box.EvaluateAsync<string>("box => getComputedStyle(box).fontSize"));
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.True(await visitor.Chat.Locator("html").EvaluateAsync<bool>("html => html.scrollWidth <= html.clientWidth"));
    }

    // Names differ by language alone and colours by theme alone: two visits see all four.
    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark)]
    public async Task Axe_finds_nothing_in_any_state(string language, ColorScheme theme)
    {
        var page = await SomebodyAsync(language, theme);
        var chinese = language == "zh-CN";
        await page.VisitAsync(house.Site.PutRaw("axe", house.Codes($"<!doctype html><html lang=\"{language}\"><title>axe</title><link rel=icon href=data:,><main><h1>axe</h1>{{icon}}{{function}}</main>")));
        await page.GetByRole(AriaRole.Link).ClickAsync();
        var frame = page.FrameLocator("iframe");
        var box = frame.GetByRole(AriaRole.Textbox, new() { Name = chinese ? "输入消息" : "Type a message" });
        await box.FillAsync("v1 hello https://example.com/");
        await frame.GetByRole(AriaRole.Button, new() { Name = chinese ? "发送" : "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(frame.GetByRole(AriaRole.Log, new() { Name = chinese ? "对话" : "Conversation" })).ToContainTextAsync(chinese ? "已送达" : "Delivered");
        await CleanAsync(page, "waiting");
        await page.RouteAsync("**/message", route => route.AbortAsync());
        await box.FillAsync("v2 not sent");
        await box.PressAsync("Enter");
        await Assertions.Expect(frame.GetByRole(AriaRole.Button, new() { Name = chinese ? "重试" : "Retry" })).ToBeVisibleAsync();
        await CleanAsync(page, "not sent");
        await frame.GetByRole(AriaRole.Button, new() { Name = chinese ? "收起" : "Minimise" }).ClickAsync();
        await CleanAsync(page, "small");

        // Nobody of the other company is in: the form.
        var lantian = Live800.Portal.Features.Widget.WidgetCodes.FunctionCode(house.Server.Address, house.Lantian.Code);
        await page.VisitAsync(house.Site.PutRaw("axe-form", $"<!doctype html><html lang=\"{language}\"><title>axe</title><link rel=icon href=data:,><main><h1>axe</h1>{lantian}</main>"));
        await page.EvaluateAsync("() => Live800.open()");
        await Assertions.Expect(frame.GetByRole(AriaRole.Heading, new() { Name = chinese ? "给我们留言" : "Leave us a message" })).ToBeVisibleAsync();
        await CleanAsync(page, "form");
        await frame.GetByLabel(chinese ? "留言" : "Message", new() { Exact = true }).FillAsync("text");
        await frame.GetByLabel(chinese ? "手机或邮箱" : "Phone or e-mail").FillAsync("a@example.com");
        await frame.GetByRole(AriaRole.Button, new() { Name = chinese ? "提交留言" : "Send message" }).ClickAsync();
        await Assertions.Expect(frame.GetByRole(AriaRole.Heading, new() { Name = chinese ? "留言已收到" : "We have your message" })).ToBeVisibleAsync();
        await CleanAsync(page, "thanks");
    }

    private static async Task CleanAsync(IPage page, string state)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, state + ": " + string.Join("; ", result.Violations.Select(Tell)));
        Assert.Contains(result.Passes, rule => rule.Nodes.Any(node => node.Target.FrameSelectors.Count() > 1));

        static string Tell(AxeResultItem item) => $"{item.Id} {string.Join(' ', item.Nodes.Select(node => node.Target))}";
    }

    private async Task<Visitor> AskingAsync(string name)
    {
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.VisitAsync(house.Page(name));
        await visitor.AskAsync();
        return visitor;
    }
}
