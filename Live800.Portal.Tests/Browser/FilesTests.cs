using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>Files, pasted screenshots and emoji between two browsers (rule 4).</summary>
public sealed class FilesTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    // Chromium gives no test a clipboard with pictures: the event is the one the browser makes.
    private const string Paste = """
        async (box, [name, width, height]) => {
          const canvas = Object.assign(document.createElement('canvas'), { width, height });
          canvas.getContext('2d').fillRect(0, 0, width, height / 2);
          const blob = await new Promise(done => canvas.toBlob(done));
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File([blob], name, { type: 'image/png' }));
          box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        }
        """;

    [Fact]
    public async Task Files_pasted_screenshots_and_emoji_go_both_ways_and_an_upload_is_cancelled_and_tried_again()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var shop = box.Qingfeng.Embed(Keep(await ShopSite.OpenAsync()), box.Server);
        var desk = await Desk.OpenAsync(await SomebodyAsync(), box.Server, box.Qingfeng, "chenzy");
        await desk.IsOpenAsync();
        var visitor = new Visitor(await SomebodyAsync());
        await visitor.Page.GotoAsync(shop + "/");
        await visitor.AskAsync();
        await visitor.SayAsync("v1 您好");
        await desk.AcceptAsync();
        var attach = visitor.Chat.GetByLabel("添加文件");

        // What is not taken says so where it stands; nothing of it reaches the agent.
        await attach.SetInputFilesAsync(File("a.exe", [77, 90]));
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Alert)).ToContainTextAsync("不接收这类文件");
        await visitor.Log.GetByRole(AriaRole.Button, new() { Name = "删除" }).ClickAsync();
        await attach.SetInputFilesAsync(File("a.png", TestFiles.Utf8("<html><script>alert(1)</script>")));
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Alert)).ToContainTextAsync("不符");
        await visitor.Log.GetByRole(AriaRole.Button, new() { Name = "删除" }).ClickAsync();

        // The visitor's file and his screenshot; the large one arrives smaller.
        await attach.SetInputFilesAsync(File("../报价 <b>.pdf", TestFiles.Pdf()));
        await Assertions.Expect(desk.Log.GetByRole(AriaRole.Link, new() { Name = "文件 报价 _b_.pdf，下载" })).ToBeVisibleAsync();
        await PasteAsync(visitor.Chat.GetByRole(AriaRole.Textbox, new() { Name = "输入消息" }), "image.png", 3000, 1500);
        await Assertions.Expect(visitor.Log).ToContainTextAsync("还没有发送");
        await visitor.Log.GetByRole(AriaRole.Button, new() { Name = "发送", Exact = true }).ClickAsync();
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Button, new() { Name = "图片 image.png，下载" })).ToBeVisibleAsync();
        var picture = desk.Log.GetByRole(AriaRole.Link, new() { Name = "图片 image.png，下载" }).Locator("img");
        await Eventually.EqualAsync(2560, () => picture.EvaluateAsync<int>("img => img.naturalWidth"));
        Assert.Equal("240x120", await picture.EvaluateAsync<string>("img => `${img.clientWidth}x${img.clientHeight}`"));

        // An upload under way shows that it can be cancelled; one that fails stays and goes out again, once.
        var held = new TaskCompletionSource<IRoute>();
        await visitor.Page.RouteAsync("**/upload", route => _ = held.TrySetResult(route));
        await attach.SetInputFilesAsync(File("cancelled.txt", TestFiles.Utf8("a")));
        _ = await held.Task;
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Progressbar, new() { Name = "正在发送 cancelled.txt" })).ToBeVisibleAsync();
        await visitor.Log.GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync();
        await Assertions.Expect(visitor.Log.GetByText("cancelled.txt")).ToHaveCountAsync(0);
        await visitor.Page.UnrouteAsync("**/upload");
        await visitor.Page.RouteAsync("**/upload", route => route.AbortAsync());
        await attach.SetInputFilesAsync(File("retried.txt", TestFiles.Utf8("b")));
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Alert)).ToContainTextAsync("未发出");
        await visitor.Page.UnrouteAsync("**/upload");
        await visitor.Log.GetByRole(AriaRole.Button, new() { Name = "重试" }).ClickAsync();
        await Assertions.Expect(desk.Log.GetByRole(AriaRole.Link, new() { Name = "文件 retried.txt，下载" })).ToHaveCountAsync(1);

        // The agent's screenshot stands there with its preview until "send"; the emoji is chosen by keyboard.
        await PasteAsync(desk.Box, "截图.png", 300, 200);
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Img, new() { Name = "截图.png 的预览" })).ToBeVisibleAsync();
        await desk.Box.FillAsync("a1 ");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "表情" }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Button, new() { Name = "😀", Exact = true })).ToBeFocusedAsync();
        await desk.Page.Keyboard.PressAsync("ArrowRight");
        await desk.Page.Keyboard.PressAsync("ArrowRight");
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Box).ToHaveValueAsync("a1 😂");
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Log).ToContainTextAsync("a1 😂");
        var theirs = visitor.Log.GetByRole(AriaRole.Button, new() { Name = "图片 截图.png，下载" });
        await Assertions.Expect(theirs.Locator("canvas")).ToBeVisibleAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Img, new() { Name = "截图.png 的预览" })).ToHaveCountAsync(0);
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => theirs.ClickAsync());
        Assert.Equal("截图.png", download.SuggestedFilename);

        // The visitor's own emoji, by keyboard too; then a reload shows every file once, and the box has what was chosen.
        await visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "表情" }).ClickAsync();
        await Assertions.Expect(visitor.Chat.GetByRole(AriaRole.Button, new() { Name = "😀", Exact = true })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowRight");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Log).ToContainTextAsync("😁");
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.Log.GetByRole(AriaRole.Button, new() { NameRegex = new("，下载$") })).ToHaveCountAsync(4);
        Assert.Equal(4, await box.Server.ReadAsync<long>("SELECT COUNT(*) FROM Attachments"));
        Assert.Equal(4, Directory.EnumerateFiles(Path.Combine(box.Server.Folder, "uploads"), "*", SearchOption.AllDirectories).Count());
    }

    private static FilePayload File(string name, byte[] bytes) => new() { Name = name, MimeType = "application/octet-stream", Buffer = bytes };

    private static async Task PasteAsync(ILocator box, string name, int width, int height) => _ = await box.EvaluateAsync(Paste, new object[] { name, width, height });
}
