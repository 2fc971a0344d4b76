using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>An agent at the workspace, in a browser of his own.</summary>
public sealed partial class Desk(IPage page)
{
    public IPage Page { get; } = page;

    public ILocator Queue => Page.GetByRole(AriaRole.Grid, new() { Name = "访客队列" });

    public ILocator Waiting => Page.GetByRole(AriaRole.Region, new() { Name = "等待接待" });

    public ILocator Tabs => Page.GetByRole(AriaRole.Navigation, new() { Name = "我的对话" });

    public ILocator Log => Page.GetByRole(AriaRole.Log, new() { Name = "对话记录" });

    public ILocator Box => Page.GetByRole(AriaRole.Textbox, new() { Name = "消息", Exact = true });

    public ILocator SendButton => Page.GetByRole(AriaRole.Button, new() { Name = "发送", Exact = true });

    /// <summary>Signs in and opens the workspace; whether a seat was free shows there.</summary>
    public static async Task<Desk> OpenAsync(IPage page, PortalServer server, TestCompany company, string agent)
    {
        await page.SignInAsync(server, company, agent);
        await page.GotoAsync(server.Address + "/workspace");
        return new Desk(page);
    }

    /// <summary>The desk itself, with a seat: the queue's pane is there.</summary>
    public Task IsOpenAsync() => Assertions.Expect(Page.GetByRole(AriaRole.Region, new() { Name = "对话", Exact = true })).ToBeVisibleAsync();

    /// <summary>The visitor's row, found by what it shows: a page's title or a number.</summary>
    public ILocator Row(string text) => Queue.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    /// <summary>The number by which the visitor on this page is called, "#48210".</summary>
    public async Task<string> NumberOfAsync(string title)
    {
        await Assertions.Expect(Row(title)).ToBeVisibleAsync();
        return NumberPattern().Match(await Row(title).InnerTextAsync()).Value;
    }

    /// <summary>Accepts whoever waits, or the one whose line shows this text; his conversation is in front then, not one that was open before.</summary>
    public async Task AcceptAsync(string? text = null)
    {
        var lines = Waiting.GetByRole(AriaRole.Listitem);
        if (text is not null) lines = lines.Filter(new() { HasText = text });
        var number = NumberPattern().Match(await lines.InnerTextAsync()).Value;
        await lines.GetByRole(AriaRole.Button, new() { NameRegex = AcceptPattern() }).ClickAsync();
        await Assertions.Expect(Tabs.Locator("[aria-current]")).ToContainTextAsync(number);
        await Assertions.Expect(Box).ToBeVisibleAsync();
    }

    public async Task SayAsync(string text)
    {
        await Box.FillAsync(text);
        await SendButton.ClickAsync();
    }

    public Task ReadsAsync(string marks, TimeSpan? patience = null) => Said.ExpectAsync(Log, marks, patience);

    [GeneratedRegex(@"#\d+")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("^接受")]
    private static partial Regex AcceptPattern();
}
