using System.Collections.Concurrent;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Browser.Widget.Frameworks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>QUALITY 5: small applications built with the real React, Vue, jQuery 1.12, Prototype.js and Turbo. They go on working, print nothing, and a chat goes through.</summary>
public sealed class FrameworkPageTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    private readonly ConcurrentQueue<(string Path, string Title)> _views = new();
    private IPage _page = null!;
    private HostWatch _watch = null!;
    private Visitor _visitor = null!;
    private Func<int> _frames = null!;

    public override async Task InitializeAsync()
    {
        await FrameworkLibraries.PutOnAsync(house.Site);
        _page = await SomebodyAsync(width: 1280, height: 800);
        _watch = await HostWatch.OfAsync(_page);
        _visitor = new Visitor(_page);
        _frames = _page.Context.Counts("/frame");
        _page.Request += (_, request) =>
        {
            if (!request.Url.EndsWith("/view", StringComparison.Ordinal)) return;
            var fields = QueryHelpers.ParseQuery(request.PostData);
            _views.Enqueue((new Uri(fields["u"]!).PathAndQuery + new Uri(fields["u"]!).Fragment, fields["t"]!));
        };
    }

    [Fact]
    public async Task React_in_a_part_of_the_page_renders_and_navigates_and_draws_its_icon_late_and_again()
    {
        await _page.VisitAsync(await PutAsync("react"));
        await WishesAsync("灯");

        // The icon comes after the view of this address was told, and without another one.
        await ViewedAsync("/react/contact", () => _page.GetByRole(AriaRole.Link, new() { Name = "联系" }).ClickAsync());
        await Assertions.Expect(_visitor.Icon).ToHaveCountAsync(0);
        await TalksAsync("react 联系");
        await WishesAsync("灯", "椅");

        // React writes an address of its own; ours stands there again soon, and both then leave it.
        var pictures = _page.Context.Counts("/icon/1");
        await _page.GetByRole(AriaRole.Button, new() { Name = "重画图标" }).ClickAsync();
        await _visitor.IsDrawnAsync();
        var drawn = pictures();
        await WishesAsync("灯", "椅", "桌");
        await _visitor.SayAsync("v2 still here");
        await _visitor.ReadsAsync("v1 a1 v2");

        await ViewedAsync("/react", () => _page.GetByRole(AriaRole.Link, new() { Name = "首页" }).ClickAsync());
        await Assertions.Expect(_visitor.Icon).ToHaveCountAsync(0);
        await ViewedAsync("/react/contact", () => _page.GoBackAsync());
        await _visitor.IsDrawnAsync();
        await WishesAsync("灯", "椅", "桌", "床");
        await SaysBackAsync("v1 a1 v2");
        Assert.InRange(drawn, 0, 2);
        Assert.InRange(pictures(), 0, 4);
        await EndsWellAsync(("/react", "react 首页"), ("/react/contact", "react 联系"), ("/react", "react 首页"), ("/react/contact", "react 联系"));
    }

    /// <summary>Taking the document over leaves our frame where it is; rendering it anew takes the frame away, and it comes again.</summary>
    [Theory]
    [InlineData("hydrateRoot")]
    [InlineData("createRoot")]
    public async Task React_that_owns_the_whole_document_takes_it_over_during_a_chat(string begin)
    {
        var name = "whole-" + begin;
        await _page.VisitAsync(await PutAsync("react-document", name));
        await TalksAsync(name);
        await _page.EvaluateAsync($"() => begin.{begin}()");
        if (begin == "createRoot") await Assertions.Expect(_page.Locator("body > script")).ToHaveCountAsync(2);
        for (var count = 1; count <= 3; count++)
        {
            await _page.GetByRole(AriaRole.Button, new() { Name = "加一" }).ClickAsync();
            await Assertions.Expect(_page.GetByRole(AriaRole.Heading)).ToHaveTextAsync($"数到 {count}");
            await Assertions.Expect(_page).ToHaveTitleAsync($"{name} {count}");
            await Assertions.Expect(_page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(count + 1);
        }

        await _visitor.ReadsAsync("v1 a1");
        await _visitor.IsDrawnAsync();
        Assert.Equal(begin == "hydrateRoot" ? 1 : 2, _frames());
        await SaysBackAsync("v1 a1");
        await EndsWellAsync(($"/{name}", $"{name} 0"));
    }

    [Fact]
    public async Task Vue_binds_and_navigates_by_hash_and_by_history_and_takes_its_icon_away_and_back()
    {
        await _page.VisitAsync(await PutAsync("vue"));
        await WishesAsync("灯");
        await ViewedAsync("/vue#/help", () => _page.GetByRole(AriaRole.Link, new() { Name = "帮助" }).ClickAsync());
        await TalksAsync("vue 帮助");
        await WishesAsync("灯", "椅");
        await ViewedAsync("/vue/basket", () => _page.GetByRole(AriaRole.Link, new() { Name = "购物车" }).ClickAsync());
        await Assertions.Expect(_page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("vue 购物车");
        await Assertions.Expect(_visitor.Icon).ToHaveCountAsync(0);
        await _visitor.ReadsAsync("v1 a1");
        await ViewedAsync("/vue#/help", () => _page.GoBackAsync());
        await _visitor.IsDrawnAsync();
        await WishesAsync("灯", "椅", "桌");
        await SaysBackAsync("v1 a1");
        Assert.Equal(1, _frames());
        await EndsWellAsync(("/vue", "vue 首页"), ("/vue#/help", "vue 帮助"), ("/vue/basket", "vue 购物车"), ("/vue#/help", "vue 帮助"));
    }

    [Fact]
    public async Task JQuery_replaces_the_body_and_sees_none_of_our_requests_and_every_click_of_its_own()
    {
        _ = house.Site.PutRaw("jquery-price", "98 元");
        var body = house.Codes(await FrameworkLibraries.PageAsync("jquery-body"));
        await _page.VisitAsync(await PutAsync("jquery"));
        await SendsAsync("灯");
        await _page.GetByRole(AriaRole.Link, new() { Name = "价格" }).ClickAsync();
        await Assertions.Expect(_page.Locator("output")).ToHaveTextAsync("98 元");
        await TalksAsync("jquery 首页");
        await LooksAtAPictureAsync();

        // The new body brings the function code again, in both forms: jQuery runs the scripts in it, and fetches the loader by a way of its own.
        await _page.EvaluateAsync("body => { $(document.body).html(body); equip(); }", body);
        await _visitor.IsDrawnAsync();
        await SendsAsync("椅");
        await LooksAtAPictureAsync();
        await _page.EvaluateAsync("() => { window.jq = $.noConflict(true); }");
        await SendsAsync("椅", "桌");
        await SaysBackAsync("v1 a1");

        Assert.Equal(1, _frames());
        Assert.Equal((2, 1), (await _page.Locator("head > script[src*='/w/l.js']").CountAsync(), await _page.Locator("body > script[src*='/w/l.js']").CountAsync()));
        Assert.Equal("undefined undefined function", await _page.EvaluateAsync<string>("() => [typeof $, typeof jQuery, typeof jq].join(' ')"));
        Assert.Equal("price chat lamp lamp", await _page.EvaluateAsync<string>("() => seen.clicks.join(' ')"));

        // The second form's file is jQuery's own way to run a script that it was given; what the loader sends goes past jQuery.
        Assert.Equal($"/jquery-price,{house.Server.Address}/w/l.js 1", await _page.EvaluateAsync<string>("() => seen.sent + ' ' + seen.started"));
        await EndsWellAsync(("/jquery", "jquery 首页"));
    }

    [Fact]
    public async Task Prototype_extends_what_it_likes_and_evaluates_our_codes_and_hears_none_of_our_requests()
    {
        await FrameworkLibraries.PutPrototypeOnAsync(house.Site);
        _ = house.Site.PutRaw("prototype-part", house.Codes("<a id=\"less\" href=\"#less\">更少</a> {icon}{function}"));
        await _page.VisitAsync(await PutAsync("prototype"));
        Assert.Equal("\"[1]\"", await _page.EvaluateAsync<string>("() => JSON.stringify([1])"));
        await SendsAsync("灯");
        await _page.GetByRole(AriaRole.Link, new() { Name = "更多" }).ClickAsync();
        await TalksAsync("prototype 首页");
        await SendsAsync("灯", "椅");
        await Assertions.Expect(_page.Locator("#count")).ToHaveTextAsync("2");
        await ViewedAsync("/prototype#less", () => _page.GetByRole(AriaRole.Link, new() { Name = "更少" }).ClickAsync());
        await SaysBackAsync("v1 a1");
        Assert.Equal(1, _frames());
        Assert.Equal("more chat less", await _page.EvaluateAsync<string>("() => seen.clicks.without('elsewhere').join(' ')"));
        Assert.Equal(1, await _page.EvaluateAsync<int>("() => seen.requests"));
        await EndsWellAsync(("/prototype", "prototype 首页"), ("/prototype#less", "prototype 首页"));
    }

    [Fact]
    public async Task Turbo_changes_bodies_and_every_visit_is_one_view_while_the_chat_stays_open()
    {
        foreach (var name in (string[])["turbo-home", "turbo-lamp", "turbo-order", "turbo-thanks"]) _ = await PutAsync("turbo", name);
        var orders = house.Site.Receive("turbo-order", "turbo-thanks");
        var home = await PutAsync("turbo", "turbo-home");
        await _page.VisitAsync(home);
        await TalksAsync("turbo-home");

        // Turbo fetches what the pointer rests on; nobody has seen that page yet.
        var lamp = _page.GetByRole(AriaRole.Link, new() { Name = "落地灯" });
        var ahead = await _page.RunAndWaitForRequestAsync(() => lamp.HoverAsync(), request => request.Url.EndsWith("/turbo-lamp", StringComparison.Ordinal));
        Assert.Equal("prefetch", (await ahead.AllHeadersAsync())["x-sec-purpose"]);
        await _visitor.SayAsync("v2 while hovering");
        await _visitor.ReadsAsync("v1 a1 v2");
        _ = Assert.Single(_views);

        await ViewedAsync("/turbo-lamp", () => lamp.ClickAsync());
        await StandsAsync("turbo-lamp", 2);
        await ViewedAsync("/turbo-home", () => _page.GoBackAsync());
        await StandsAsync("turbo-home", 3);
        await ViewedAsync("/turbo-order", () => _page.GetByRole(AriaRole.Link, new() { Name = "订购" }).ClickAsync());
        await StandsAsync("turbo-order", 4);
        await _page.GetByLabel("件数").FillAsync("3");
        await ViewedAsync("/turbo-thanks", () => _page.GetByRole(AriaRole.Button, new() { Name = "下单" }).ClickAsync());
        await StandsAsync("turbo-thanks", 5);
        Assert.Equal(["count=3"], orders);

        await house.Desk.SayAsync("a2 thanks");
        await _visitor.ReadsAsync("v1 a1 v2 a2");
        await EndsWellAsync(("/turbo-home", "turbo-home"), ("/turbo-lamp", "turbo-lamp"), ("/turbo-home", "turbo-home"), ("/turbo-order", "turbo-order"), ("/turbo-thanks", "turbo-thanks"));

        async Task StandsAsync(string name, int bodies)
        {
            await Assertions.Expect(_page.GetByRole(AriaRole.Heading)).ToHaveTextAsync(name);
            await _visitor.IsDrawnAsync();
            await _visitor.ReadsAsync("v1 a1 v2");
            Assert.Equal(1, _frames());

            // The function code ran again with the second body and asked for the loader again, which does nothing then.
            Assert.Equal(bodies, await _page.EvaluateAsync<int>("() => bodies"));
            Assert.True(await _page.Locator("head > script[src*='/w/l.js']").CountAsync() > 1, "the function code did not run again");
        }
    }

    /// <summary>One of the pages of the folder Frameworks, under a name that is its title's beginning too.</summary>
    private async Task<string> PutAsync(string page, string? name = null) =>
        house.Site.PutRaw(name ?? page, house.Codes(await FrameworkLibraries.PageAsync(page)).Replace("{name}", name ?? page, StringComparison.Ordinal));

    /// <summary>The icon is live, and words go both ways.</summary>
    private async Task TalksAsync(string title)
    {
        await _visitor.AskAsync();
        await _visitor.SayAsync("v1 hello");
        await house.Desk.AcceptAsync(await house.Desk.NumberOfAsync(title));
        await house.Desk.SayAsync("a1 hello to you");
        await _visitor.ReadsAsync("v1 a1");
    }

    /// <summary>And once more, after what the page did meanwhile.</summary>
    private async Task SaysBackAsync(string before)
    {
        await _visitor.SayAsync("v3 back again");
        await house.Desk.ReadsAsync(before + " v3");
        await house.Desk.SayAsync("a3 so am I");
        await _visitor.ReadsAsync(before + " v3 a3");
    }

    /// <summary>Types a wish, sees it bound while typing, and adds it to those that stand there.</summary>
    private async Task WishesAsync(params string[] wishes)
    {
        await _page.GetByLabel("想买").FillAsync(wishes[^1]);
        await Assertions.Expect(_page.Locator("output")).ToHaveTextAsync(wishes[^1]);
        await SendsAsync(wishes);
        await Assertions.Expect(_page.Locator("output")).ToHaveTextAsync("");
    }

    private async Task SendsAsync(params string[] wishes)
    {
        await _page.GetByLabel("想买").FillAsync(wishes[^1]);
        await _page.GetByRole(AriaRole.Button, new() { Name = "加入" }).ClickAsync();
        await Assertions.Expect(_page.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(wishes);
    }

    private async Task LooksAtAPictureAsync()
    {
        await _page.GetByRole(AriaRole.Link, new() { Name = "看图" }).ClickAsync();
        var box = _page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(box).ToHaveTextAsync("lamp.png");
        await box.ClickAsync();
        await Assertions.Expect(box).ToHaveCountAsync(0);
    }

    /// <summary>Does something that leads to an address, and waits until that is told.</summary>
    private async Task ViewedAsync(string path, Func<Task> act)
    {
        var before = _views.Count;
        await act();
        await Eventually.EqualAsync(path, () => Task.FromResult(_views.Skip(before).FirstOrDefault().Path));
    }

    /// <summary>Every visit was told once, the page saw nothing wrong, and there is one frame.</summary>
    private async Task EndsWellAsync(params (string Path, string Title)[] views)
    {
        Assert.Equal(views, _views);
        Assert.Equal("", await _watch.ReadAsync());
        Assert.Equal(1, await _page.Locator("iframe").CountAsync());
        Assert.Equal("Live800", await _page.EvaluateAsync<string>("() => Object.keys(window).filter(name => /live800/i.test(name)).join()"));
    }
}
