using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Features.Members;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Widget;

/// <summary>5: members whom the site signs, on one page: A, then B, then A again, and out.</summary>
public sealed class MemberTests(BrowserFixture browsers, WidgetHouse house) : BrowserTest(browsers), IClassFixture<WidgetHouse>
{
    [Fact]
    public async Task Two_members_after_each_other_on_one_page_never_see_each_others_words_and_signing_out_clears_them()
    {
        var administrator = await SomebodyAsync();
        await administrator.SignInAsync(house.Server, house.Qingfeng, "linxiao");
        await administrator.GotoAsync($"{house.Server.Address}/company/members");
        await administrator.GetByRole(AriaRole.Button, new() { Name = "生成密钥" }).ClickAsync();
        var secret = await administrator.Locator("#new-key").InnerTextAsync();
        await administrator.GetByRole(AriaRole.Radio, new() { Name = "识别会员" }).CheckAsync();
        await Assertions.Expect(administrator.GetByText("还没有识别到会员")).ToBeVisibleAsync();
        var site = new SignedToken(secret.Trim(), house.Qingfeng.Code, DateTimeOffset.UtcNow);

        // The token stands in the page before the loader comes.
        var page = await SomebodyAsync();
        var watch = await HostWatch.OfAsync(page);
        await page.VisitAsync(house.Site.Put("members", $"<script>(window.Live800 = window.Live800 || {{}}).member = \"{site.For("A", ("name", "Member A"))}\"</script>", house.Codes("<h1>members</h1>{icon}{function}")));
        var visitor = new Visitor(page);
        await visitor.AskAsync();
        await visitor.SayAsync("v1 words of A");
        await visitor.ReadsAsync("v1");
        await Assertions.Expect(visitor.Log.GetByText("已送达")).ToBeVisibleAsync();

        // B signs in on the same page, without a reload.
        await EnterAsync(page, site.For("B", ("name", "Member B")));
        await Assertions.Expect(visitor.Log.GetByText("words of A")).ToHaveCountAsync(0);
        await visitor.SayAsync("v1 words of B");
        await visitor.ReadsAsync("v1");
        await Assertions.Expect(visitor.Log.GetByText("已送达")).ToBeVisibleAsync();

        // A comes back and finds his conversation, and nothing of B.
        await EnterAsync(page, site.For("A", ("name", "Member A")));
        await Assertions.Expect(visitor.Log.GetByText("words of A")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Log.GetByText("words of B")).ToHaveCountAsync(0);

        // The agent has two members, each by name.
        foreach (var name in new[] { "Member A", "Member B" })
            await Assertions.Expect(house.Desk.Page.GetByText(name).First).ToBeVisibleAsync();

        await page.EvaluateAsync("() => Live800.logout()");
        await Assertions.Expect(visitor.Log.GetByText("words of A")).ToHaveCountAsync(0);
        Assert.Equal("", await watch.ReadAsync());
    }

    private static Task<IResponse> EnterAsync(IPage page, string token) =>
        page.RunAndWaitForResponseAsync(() => page.EvaluateAsync("token => { Live800.member = token; }", token), response => response.Url.EndsWith("/view", StringComparison.Ordinal) && response.Ok);
}
