using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>QUALITY 1 and 5: the chat works on pages that others have made, and leaves them as they are.</summary>
public sealed class HostPageTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    /// <summary>Name, what stands in the head, what stands in the body; <c>{icon}</c>, <c>{function}</c> and <c>{second}</c> are the codes.</summary>
    public static TheoryData<string, string, string> Pages => new()
    {
        { "plain", "", "{icon}{function}" },
        { "function-code-before-the-icon", "", "{function}{icon}" },
        { "both-forms-and-twice", "", "{icon}{function}{function}{second}" },
        { "in-the-head", "{function}", "{icon}" },
        { "second-form-in-the-head", "{second}", "{icon}" },
        { "inserted-after-load", "<script>addEventListener('load', () => setTimeout(() => { const s = document.createElement('script'); s.src = '{loader}'; document.body.append(s); }, 100))</script>", "{icon}" },
        { "no-current-script", "<script>Object.defineProperty(document, 'currentScript', { value: null })</script>", "{icon}{function}" },
        {
            "extended-prototypes",
            "<script>Array.prototype.extra = function () {}; Array.prototype.toJSON = () => 'broken'; String.prototype.toJSON = () => 1; Object.prototype.evil = 1; Array.prototype.toString = Array.prototype.toString;</script>",
            "{icon}{function}"
        },
        { "json-and-fetch-overridden-later", "<script>addEventListener('load', () => setTimeout(() => { window.fetch = () => { throw new Error('not ours') }; JSON.parse = () => { throw new Error('not ours') }; }, 800))</script>", "{icon}{function}" },
        { "history-overridden", "<script>history.pushState = history.replaceState = () => { throw new Error('not ours') };</script>", "{icon}{function}" },
        { "module-loaders", "<script>window.define = () => { throw new Error('not ours') }; define.amd = {}; window.module = { exports: {} }; window.exports = module.exports;</script>", "{icon}{function}" },
        {
            "storage-throws",
            "<script>for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new Error('no storage') } });</script>",
            "{icon}{function}"
        },
        { "everything-hidden-by-css", "<style>body * { display: none !important } iframe { display: none !important; width: 1px !important; opacity: 0 !important; visibility: hidden !important }</style>", "<main></main>{icon}{function}" },
        { "body-transformed", "<style>body { transform: scale(.5); overflow: hidden; position: relative }</style>", "{icon}{function}" },
        { "base-address-elsewhere", "<base href=\"https://elsewhere.example/deep/\">", "{icon}{function}" },
        { "form-fields-named-like-the-document", "", "<form><input name=\"title\"><input name=\"body\"><input name=\"documentElement\"></form><img name=\"currentScript\">{icon}{function}" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_chat_works_and_the_page_stays_as_it_is(string name, string head, string body)
    {
        var address = house.Site.Put(name, Codes(head), Codes(body));
        await ChatsAsync(address, name);
    }

    [Fact]
    public async Task The_chat_works_under_a_policy_that_forbids_everything_but_us_and_under_trusted_types()
    {
        var us = house.Server.Address;
        var policy = $"default-src 'none'; script-src {us}; connect-src {us}; frame-src {us}; img-src {us} data:; require-trusted-types-for 'script'; trusted-types 'none'";
        await ChatsAsync(house.Site.Put("strict", "", Codes("{icon}{second}"), headers: ("Content-Security-Policy", policy)), "strict");
    }

    [Fact]
    public async Task The_chat_works_on_an_isolated_page_that_gives_no_referrer() =>
        await ChatsAsync(
            house.Site.Put(
                "isolated", "", Codes("{icon}{second}"), "127.0.0.1",
                ("Cross-Origin-Embedder-Policy", "require-corp"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Referrer-Policy", "no-referrer")),
            "isolated");

    [Fact]
    public async Task The_chat_works_in_quirks_mode() =>
        await ChatsAsync(house.Site.PutRaw("quirks", Codes("<html><title>quirks</title><link rel=icon href=data:,><body>{icon}{function}")), "quirks");

    [Fact]
    public async Task The_chat_works_in_a_context_without_locks() =>
        await ChatsAsync(house.Site.Put("insecure", "", Codes("{icon}{function}"), "shop.test"), "insecure");

    [Fact]
    public async Task One_global_name_is_added_and_no_cookie()
    {
        var page = await SomebodyAsync();
        const string names = "() => Object.getOwnPropertyNames(window).filter(name => isNaN(name)).join()";
        await page.GotoAsync(house.Site.Put("without", "", "<p>nothing of ours</p>"));
        var before = (await page.EvaluateAsync<string>(names)).Split(',');
        await page.VisitAsync(house.Site.Put("with", "", Codes("{icon}{function}")));
        await page.RunAndWaitForRequestAsync(() => page.EvaluateAsync("() => document.querySelector('a').click()"), request => request.Url.Contains("/frame", StringComparison.Ordinal));
        Assert.Equal(["Live800"], (await page.EvaluateAsync<string>(names)).Split(',').Except(before));
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [Fact]
    public async Task Two_companies_on_one_page_are_two_chats()
    {
        var page = await SomebodyAsync();
        var lantian = Live800.Portal.Features.Widget.WidgetCodes.FunctionCode(house.Server.Address, house.Lantian.Code);
        await page.GotoAsync(house.Site.Put("two-companies", "", Codes("{icon}{function}") + lantian));
        await Eventually.EqualAsync(2, () => page.EvaluateAsync<int>("() => Object.keys(localStorage).filter(key => key.endsWith('p')).length"));
        await page.EvaluateAsync($"() => {{ Live800['live800-{house.Qingfeng.Code}'].open(); Live800['live800-{house.Lantian.Code}'].open(); }}");
        foreach (var company in new[] { house.Qingfeng, house.Lantian })
            await Assertions.Expect(page.FrameLocator($"iframe[src*='/{company.Code}/frame']").GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(company.Name);
    }

    [Fact]
    public async Task A_body_replaced_by_a_framework_and_a_frame_taken_away_do_not_end_the_chat()
    {
        var page = await SomebodyAsync();
        var visitor = new Visitor(page);
        await page.GotoAsync(house.Site.Put("replaced", "", Codes("{icon}{function}")));
        await visitor.AskAsync();
        await visitor.SayAsync("v1 in the old body");
        await visitor.ReadsAsync("v1");
        await page.EvaluateAsync("() => document.body.replaceWith(Object.assign(document.createElement('body'), { textContent: 'new' }))");
        await visitor.ReadsAsync("v1");
        await page.EvaluateAsync("() => document.querySelector('iframe').remove()");
        await visitor.ReadsAsync("v1");
        await visitor.SayAsync("v2 in the new frame");
        await visitor.ReadsAsync("v1 v2");
    }

    private async Task ChatsAsync(string address, string name)
    {
        var page = await SomebodyAsync(width: 1280, height: 800);
        var watch = await HostWatch.OfAsync(page);
        var views = 0;
        page.Request += (_, request) => views += request.Url.EndsWith("/view", StringComparison.Ordinal) ? 1 : 0;
        await page.VisitAsync(address);

        // A hidden icon can still be reached by a script of the page's own.
        await page.EvaluateAsync("() => document.querySelector('a[href*=\"/chat/\"]').click()");
        var visitor = new Visitor(page);
        await Assertions.Expect(visitor.Box).ToBeVisibleAsync();
        await visitor.Box.FillAsync("v1 " + name);
        await visitor.Box.PressAsync("Enter");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("已送达");
        await visitor.ReadsAsync("v1");

        Assert.Equal(1, views);
        Assert.Equal(1, await page.Locator("iframe").CountAsync());
        var frame = (await page.Locator("iframe").BoundingBoxAsync())!;
        Assert.Equal((876f, 176f, 380f, 600f), (frame.X, frame.Y, frame.Width, frame.Height));
        Assert.Equal("", await watch.ReadAsync());
    }

    private string Codes(string html) => house.Codes(html);
}
