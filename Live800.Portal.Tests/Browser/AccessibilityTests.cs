using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Web Content Accessibility Guidelines 2.2 AA as far as a machine can tell, on every page there is and in the visitor's frame.</summary>
public sealed class AccessibilityTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    private readonly HashSet<string> _visited = [];
    private readonly StringBuilder _violations = new();
    private bool _inDark = true;

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Axe_finds_nothing_on_any_page(string language)
    {
        _inDark = language == "zh-CN";
        var box = Keep(await Browsers.Box.StartAsync());
        var server = box.Server;
        var site = Keep(await ShopSite.OpenAsync());
        var shop = box.Qingfeng.Embed(site, server);

        // Somebody who is not signed in.
        var stranger = await SomebodyAsync(language);
        foreach (var address in new[] { "/sign-in", "/sign-in/code", "/register", "/setup", "/reset", "/forgot", "/confirm", "/confirm-reply", "/not-found", "/help", "/help/security" }) await VisitAsync(stranger, server, address);

        await stranger.GotoAsync(server.Address + "/join/x");
        await CheckAsync(stranger, "/join");
        _ = _visited.Add("/join/{Token}");

        // The administrator at work, with a visitor in conversation.
        var owner = await SomebodyAsync(language);
        await owner.SignInAsync(server, box.Qingfeng, "linxiao");
        await VisitAllAsync(owner, server, "/", "/profile", "/two-step", "/passkeys", "/profile/replies", "/company/replies", "/company/conversations", "/company/installation", "/company/invitations", "/company/blocks", "/company/sites", "/company/members", "/company/mail", "/company/personal-data", "/company/audit", "/company/close", "/settings", "/first-steps", "/company/agents", "/company/agents/import", "/company/permissions", "/profile/face", "/company/security", "/company/groups", "/company/hours", "/company/icons", "/company/appearance", "/company/before-chat", "/company/codes", "/store", "/store/ledger", "/store/checkout", "/store/orders", "/platform", "/platform/clock", "/not-allowed", "/error");
        await owner.GotoAsync(server.Address + "/company/agents");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(邀请|Invite)$") }).ClickAsync();
        await CheckAsync(owner, "/company/agents, inviting");
        await owner.Locator("table.agents th a").First.ClickAsync();
        await Assertions.Expect(owner.Locator("#face-name")).ToBeVisibleAsync();
        await CheckAsync(owner, "/company/agents/{Id:long}");
        _ = _visited.Add("/company/agents/{Id:long}");
        await owner.GotoAsync(server.Address + "/store/checkout?kind=click");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(提交订单 · |Place order · )") }).ClickAsync();
        await Assertions.Expect(owner.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(new Regex("-1$"));
        await CheckAsync(owner, "/store/orders/1");
        _ = _visited.Add("/store/orders/{Number:int}");
        // What the operator of the box sees.
        await VisitAllAsync(owner, server, "/platform/status", "/platform/mail", "/platform/backups", "/platform/payment", "/platform/companies", "/platform/orders", "/platform/catalogue", "/platform/registration", "/platform/audit", $"/platform/companies?company={box.Lantian.Code}");
        await VisitAsync(owner, server, "/workspace");
        var visitor = new Visitor(await SomebodyAsync(language));
        await visitor.Page.GotoAsync(shop + "/sofa");
        await visitor.IsDrawnAsync();
        await visitor.Icon.ClickAsync();
        var write = visitor.Chat.GetByRole(AriaRole.Textbox);
        await write.FillAsync("v1 https://example.com 在吗？");
        await write.PressAsync("Enter");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(接受|Accept)") }).First.ClickAsync();
        await Said.ExpectAsync(owner.GetByRole(AriaRole.Log), "v1");
        await Said.ExpectAsync(visitor.Log, "v1");
        await CheckAsync(owner, "/workspace, in conversation");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(推送页面|Push page)…$") }).ClickAsync();
        await Assertions.Expect(owner.GetByRole(AriaRole.Dialog, new() { NameRegex = new("^(推送页面|Push page)$") })).ToBeVisibleAsync();
        await CheckAsync(owner, "/workspace, pushing a page");
        await owner.Keyboard.PressAsync("Escape");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(会议|Conference)$") }).ClickAsync();
        await Assertions.Expect(owner.GetByRole(AriaRole.Dialog, new() { NameRegex = new("^(请在岗的同事一起谈|Ask a colleague who is in to join)$") })).ToBeVisibleAsync();
        await CheckAsync(owner, "/workspace, asking a colleague into the conversation");
        await owner.Keyboard.PressAsync("Escape");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(常用语|Canned replies)$") }).ClickAsync();
        await Assertions.Expect(owner.GetByText(new Regex("没有匹配的常用语|No reply matches"))).ToBeVisibleAsync();
        await CheckAsync(owner, "/workspace, choosing a canned reply");
        await CheckAsync(visitor.Page, "shop page with the chat open", "iframe[src*='/frame']");

        await VisitAsync(owner, server, "/wall");
        await VisitAsync(owner, server, "/supervision");
        await owner.GetByRole(AriaRole.Table).First.GetByRole(AriaRole.Button).First.ClickAsync();
        await Said.ExpectAsync(owner.GetByRole(AriaRole.Log), "v1");
        await CheckAsync(owner, "/supervision, reading along");
        await VisitAsync(owner, server, "/history");
        var asks = new WireVisitor(server, box.Qingfeng.Code);
        await asks.ViewAsync();
        _ = await asks.PostAsync("offline", ("p", asks.Pass), ("id", Guid.NewGuid().ToString()), ("name", "王女士"), ("contact", "13800001234"), ("x", "还有黑色的吗？"));
        await VisitAsync(owner, server, "/messages");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("还有黑色的吗") }).ClickAsync();
        await owner.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^(回复|Reply)$") }).FillAsync("有的");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(保存回复|Save reply)$") }).ClickAsync();
        await Assertions.Expect(owner.GetByText(new Regex("访客还没有读|Not read by the visitor yet"))).ToBeVisibleAsync();
        await CheckAsync(owner, "/messages, one message");
        await VisitAsync(owner, server, "/cards");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(创建名片|Create card)$") }).ClickAsync();
        await CheckAsync(owner, "/cards, a new card");
        await owner.GetByLabel(new System.Text.RegularExpressions.Regex("^(姓名|Name)$")).FillAsync("王雪梅");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(创建名片|Create card)$") }).Last.ClickAsync();
        await Assertions.Expect(owner.GetByRole(AriaRole.Heading, new() { Name = "王雪梅" })).ToBeVisibleAsync();
        await CheckAsync(owner, "/cards, one card");

        // The statistics, with somebody in them: each part, and what is shown of it on demand.
        var read = await ReaderAsync(language);
        _ = await read.GotoAsync(shop + "/lamp", new() { Referer = "https://www.baidu.com/s?wd=lamp" });
        await new Visitor(read).IsDrawnAsync();
        await VisitAllAsync(owner, server, [.. StatisticsParts.All.Select(part => part.Address.Length == 0 ? "/statistics" : "/statistics/" + part.Address), "/statistics/sources?of=1", "/statistics/visits?source=1", "/statistics?range=x", "/statistics/traffic?from=2031-01-01&until=2031-01-31&compare=year"]);
        _ = _visited.Add("/statistics/{Part}");
        await owner.GotoAsync(server.Address + "/statistics?range=7d");
        await owner.GetByRole(AriaRole.Button, new() { NameRegex = new("^(以表格显示|Show as table)$") }).First.ClickAsync();
        await Assertions.Expect(owner.Locator("figure.chart table")).ToBeVisibleAsync();
        await CheckAsync(owner, "/statistics, as a table");
        await owner.Locator("button[popovertarget=stat-period]").ClickAsync();
        await Assertions.Expect(owner.Locator("#stat-period")).ToBeVisibleAsync();
        await CheckAsync(owner, "/statistics, choosing a period");
        await owner.GotoAsync(server.Address + "/statistics/visits");
        await owner.Locator("table.figures tbody a").First.ClickAsync();
        await Assertions.Expect(owner.Locator("ol.trail")).ToBeVisibleAsync();
        await CheckAsync(owner, "/statistics/visits, one trail");

        // Nobody is in at the second company: the form.
        var late = new Visitor(await SomebodyAsync(language));
        await late.Page.GotoAsync(box.Lantian.Embed(site, server) + "/");
        await late.IsDrawnAsync();
        await late.Icon.ClickAsync();
        await Assertions.Expect(late.Chat.GetByRole(AriaRole.Heading, new() { Level = 2 }).First).ToBeVisibleAsync();
        await CheckAsync(late.Page, "shop page with the offline form", "iframe[src*='/frame']");
        foreach (var company in new[] { box.Qingfeng, box.Lantian })
        {
            await late.Page.GotoAsync($"{server.Address}/chat/{company.Code}");
            await Assertions.Expect(late.Page.GetByRole(AriaRole.Textbox).First).ToBeVisibleAsync();
            await CheckAsync(late.Page, $"/chat of {company.Name}");
        }

        // No seat is free. The owner has been on other pages for longer than a seat is kept on a slow machine.
        await owner.GotoAsync(server.Address + "/workspace");
        await Assertions.Expect(owner.Locator(".desk")).ToBeVisibleAsync();
        var second = await Desk.OpenAsync(await SomebodyAsync(), server, box.Qingfeng, "chenzy");
        await second.IsOpenAsync();
        var third = await SomebodyAsync(language);
        await third.SignInAsync(server, box.Qingfeng, "zhoumin");
        await third.GotoAsync(server.Address + "/workspace");
        await Assertions.Expect(third.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await CheckAsync(third, "/workspace, seats full");

        Assert.True(_violations.Length == 0, _violations.ToString());
        // A page that is added is looked at too, or this fails.
        var routes = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>()).Select(route => route.Template);
        Assert.Empty(routes.Except(_visited));
    }

    [Fact]
    public async Task Axe_finds_nothing_on_the_set_up_page_of_an_empty_box()
    {
        var server = Keep(await PortalServer.StartAsync());
        await VisitAsync(await SomebodyAsync(), server, "/setup");
        await VisitAsync(await SomebodyAsync("en"), server, "/setup");
        Assert.True(_violations.Length == 0, _violations.ToString());
    }

    /// <summary>A browser that does not call itself a robot: it is in the figures.</summary>
    private async Task<IPage> ReaderAsync(string language) =>
        await Keep(await Browsers.Browser.NewContextAsync(new() { Locale = language, UserAgent = ShopSite.ReaderAgent })).NewPageAsync();

    /// <summary>In two tabs: most of a visit is waiting.</summary>
    private async Task VisitAllAsync(IPage page, PortalServer server, params string[] addresses)
    {
        var left = new ConcurrentQueue<string>(addresses);
        var second = await page.Context.NewPageAsync();
        await Task.WhenAll(WalkAsync(page), WalkAsync(second));
        await second.CloseAsync();

        async Task WalkAsync(IPage tab)
        {
            while (left.TryDequeue(out var address)) await VisitAsync(tab, server, address);
        }
    }

    private async Task VisitAsync(IPage page, PortalServer server, string address)
    {
        await page.GotoAsync(server.Address + address);
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeAttachedAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        lock (_visited) _ = _visited.Add(address);
        await CheckAsync(page, address);
    }

    private async Task CheckAsync(IPage page, string what, string? only = null)
    {
        var where = new AxeRunContext { Include = [new AxeSelector(only ?? "html")] };
        Note(what, await page.RunAxe(where, new AxeRunOptions()));
        // The dark theme changes colours and nothing else, the language no colours: dark is looked at once.
        if (!_inDark) return;
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Note(what + ", dark", await page.RunAxe(where, new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } }));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private void Note(string what, AxeResult found)
    {
        lock (_violations)
        {
            foreach (var (violation, node) in found.Violations.SelectMany(violation => violation.Nodes.Select(node => (violation, node))))
                _ = _violations.AppendLine(CultureInfo.InvariantCulture, $"{what}: {violation.Id} ({violation.Help}) at {node.Target}: {node.Html}\n    {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}");
        }
    }
}
