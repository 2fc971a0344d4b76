using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>Somebody who reads a shop's pages in a browser of his own, and what he can see and press there.</summary>
public sealed class Visitor(IPage page)
{
    public IPage Page { get; } = page;

    /// <summary>The chat icon on the shop's page; its alternative text says whether somebody is there.</summary>
    public ILocator Icon => Page.GetByRole(AriaRole.Link).Filter(new() { Has = Page.GetByRole(AriaRole.Img) });

    public ILocator IconSaying(string alt) => Page.GetByRole(AriaRole.Img, new() { Name = alt, Exact = true });

    public IFrameLocator Chat => Page.FrameLocator("iframe[src*='/frame']");

    public ILocator Log => Chat.GetByRole(AriaRole.Log);

    public ILocator Box => Chat.GetByRole(AriaRole.Textbox, new() { Name = "输入消息" });

    /// <summary>The loader runs and has drawn the icon in the state it knows; until then a click follows the link.</summary>
    public Task IsDrawnAsync() => Assertions.Expect(Icon.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("src", new Regex(@"\?s=\d$"));

    /// <summary>Clicks the icon once the loader has drawn it as online: a request to chat. Before that a click would follow the link, as it should.</summary>
    public async Task AskAsync()
    {
        await Assertions.Expect(IconSaying("在线客服")).ToHaveAttributeAsync("src", new Regex(@"\?s=1$"));
        await Icon.ClickAsync();
        await Assertions.Expect(Box).ToBeVisibleAsync();
    }

    public async Task SayAsync(string text)
    {
        await Box.FillAsync(text);
        await Chat.GetByRole(AriaRole.Button, new() { Name = "发送" }).ClickAsync();
    }

    public Task ReadsAsync(string marks, TimeSpan? patience = null) => Said.ExpectAsync(Log, marks, patience);
}
