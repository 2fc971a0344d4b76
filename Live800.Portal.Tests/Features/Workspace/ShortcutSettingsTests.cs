using Bunit;
using Live800.Domain.Shared;
using Live800.Domain.Workspace;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Web;

namespace Live800.Portal.Tests.Features.Workspace;

public class ShortcutSettingsTests : ComponentTest
{
    private DeskSettings _settings = DeskSettings.Default;

    [Fact]
    public async Task Keys_that_clash_are_refused_by_name_and_others_are_kept()
    {
        var part = Page.Render<ShortcutSettings>(p => p.Add(x => x.Shortcuts, _settings.Shortcuts).Add(x => x.Keep, Keep));
        AngleSharp.Dom.IElement Change() => part.FindAll("button").First(button => button.TextContent.EndsWith("写消息", StringComparison.Ordinal));
        await part.InvokeAsync(() => Change().ClickAsync(new MouseEventArgs()));
        Assert.Contains("请按新的组合键", part.Markup, StringComparison.Ordinal);
        await part.InvokeAsync(() => Change().KeyDownAsync(new KeyboardEventArgs { Code = "AltLeft", AltKey = true }));
        await part.InvokeAsync(() => Change().KeyDownAsync(new KeyboardEventArgs { Code = "KeyZ", AltKey = true }));
        Assert.Equal("这组键已用于“下一个对话（未读优先）”。", part.Find("[role=alert]").TextContent);
        Assert.Equal(DeskShortcuts.Default, _settings.Shortcuts);

        await part.InvokeAsync(() => Change().KeyDownAsync(new KeyboardEventArgs { Code = "KeyW", CtrlKey = true }));
        Assert.Contains("Alt", part.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await part.InvokeAsync(() => Change().KeyDownAsync(new KeyboardEventArgs { Code = "KeyW", AltKey = true }));
        Assert.Empty(part.FindAll("[role=alert]"));
        Assert.Equal(Shortcut.AltAnd('W'), _settings.Shortcuts.Of(DeskAction.Write));
        Assert.Equal("“写消息”现在是 Alt W", part.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Keys_pressed_without_being_asked_for_and_Escape_change_nothing()
    {
        var part = Page.Render<ShortcutSettings>(p => p.Add(x => x.Shortcuts, _settings.Shortcuts).Add(x => x.Keep, Keep));
        AngleSharp.Dom.IElement Change() => part.FindAll("button").First(button => button.TextContent.EndsWith("写消息", StringComparison.Ordinal));
        await part.InvokeAsync(() => Change().KeyDownAsync(new KeyboardEventArgs { Code = "KeyW", AltKey = true }));
        await part.InvokeAsync(() => Change().ClickAsync(new MouseEventArgs()));
        await part.InvokeAsync(() => Change().KeyDownAsync(new KeyboardEventArgs { Code = "Escape" }));
        await part.InvokeAsync(() => Change().KeyDownAsync(new KeyboardEventArgs { Code = "KeyW", AltKey = true }));
        Assert.Equal(DeskSettings.Default, _settings);
        Assert.DoesNotContain("请按新的组合键", part.Markup, StringComparison.Ordinal);
    }

    private Task<Refusal> Keep(Func<DeskSettings, Outcome<DeskSettings>> change)
    {
        var changed = change(_settings);
        if (!changed.IsRefused) _settings = changed.Value;
        return Task.FromResult(changed.Refusal);
    }
}
