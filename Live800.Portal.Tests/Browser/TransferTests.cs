using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>A conversation handed to a colleague 转接, with everybody's browser (2, 4).</summary>
public sealed class TransferTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task A_conversation_is_refused_by_a_colleague_then_taken_over_and_costs_one_answer()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var linxiao = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "linxiao");
        var chenzy = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await linxiao.IsOpenAsync();
        await chenzy.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/sofa");
        await visitor.AskAsync();
        await visitor.SayAsync("v1 我要退货。");
        await linxiao.AcceptAsync();
        await linxiao.SayAsync("a1 我转给同事。");

        var offer = chenzy.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "转来" });
        await OfferAsync(linxiao, "要退货");
        await Assertions.Expect(offer).ToContainTextAsync("要退货");
        await offer.GetByRole(AriaRole.Button, new() { NameRegex = new("^拒绝") }).ClickAsync();
        await Assertions.Expect(offer).ToHaveCountAsync(0);
        await Assertions.Expect(linxiao.Page.GetByText("没有接受转接")).ToBeVisibleAsync();
        await Assertions.Expect(linxiao.Box).ToBeEditableAsync();

        await OfferAsync(linxiao, "");
        // What is written meanwhile is not lost: the giving agent is still there.
        await linxiao.SayAsync("a2 请稍等。");
        await offer.GetByRole(AriaRole.Button, new() { NameRegex = new("^接手") }).ClickAsync();
        await chenzy.ReadsAsync("v1 a1 a2");
        await Assertions.Expect(chenzy.Box).ToBeEditableAsync();
        await chenzy.SayAsync("c1 您好，我来处理。");
        await visitor.ReadsAsync("v1 a1 a2 c1");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("继续为您服务");
        await Assertions.Expect(linxiao.Tabs.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        await visitor.SayAsync("v2 谢谢。");
        await chenzy.ReadsAsync("v1 a1 a2 c1 v2");
        Assert.Equal(1, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM LedgerLines WHERE Kind = 2"));
    }

    private static async Task OfferAsync(Desk from, string note)
    {
        await from.Page.GetByRole(AriaRole.Button, new() { Name = "转接", Exact = true }).ClickAsync();
        var menu = from.Page.GetByRole(AriaRole.Dialog, new() { Name = "转接给在岗的同事" });
        await menu.GetByRole(AriaRole.Textbox).FillAsync(note);
        await menu.GetByRole(AriaRole.Button).First.ClickAsync();
    }
}
