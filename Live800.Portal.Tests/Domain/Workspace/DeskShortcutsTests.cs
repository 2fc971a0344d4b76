using Live800.Domain.Shared;
using Live800.Domain.Workspace;

namespace Live800.Portal.Tests.Domain.Workspace;

public sealed class DeskShortcutsTests
{
    private static readonly Shortcut AltZ = Shortcut.AltAnd('Z');

    [Theory]
    [InlineData(false, false, false, false, "KeyZ")] // would be typed
    [InlineData(false, false, true, false, "KeyZ")]
    [InlineData(false, true, false, false, "KeyW")] // closes the tab
    [InlineData(false, true, false, false, "KeyC")] // copies
    [InlineData(true, true, false, false, "KeyE")] // AltGr: a sign on many keyboards
    [InlineData(true, false, false, true, "KeyZ")]
    [InlineData(false, false, false, false, "Enter")]
    [InlineData(false, false, false, false, "F5")]
    [InlineData(true, false, false, false, "Numpad1")]
    [InlineData(true, false, false, false, "")]
    [InlineData(true, false, false, false, "<script>")]
    [InlineData(true, false, false, false, "Keyz")]
    public void Keys_that_would_be_typed_or_belong_to_the_browsers_commands_are_no_shortcut(bool alt, bool ctrl, bool shift, bool meta, string code) =>
        Assert.Equal(Refusal.ShortcutPlain, Shortcut.Of(alt, ctrl, shift, meta, code).Refusal);

    [Theory]
    [InlineData("ArrowLeft")]
    [InlineData("KeyD")]
    [InlineData("F4")]
    [InlineData("Tab")]
    [InlineData("Space")]
    public void Keys_with_which_the_browser_is_steered_stay_his(string code) => Assert.Equal(Refusal.ShortcutReserved, Shortcut.Of(true, false, false, false, code).Refusal);

    [Theory]
    [InlineData(true, false, "KeyJ", "Alt+KeyJ")]
    [InlineData(true, true, "Digit1", "Alt+Shift+Digit1")]
    [InlineData(true, false, "ArrowDown", "Alt+ArrowDown")]
    [InlineData(false, false, "F8", "F8")]
    public void A_shortcut_is_kept_as_it_was_pressed(bool alt, bool shift, string code, string kept)
    {
        var pressed = Shortcut.Of(alt, false, shift, false, code);
        Assert.Equal(kept, pressed.Value.ToString());
        Assert.True(Shortcut.TryParse(kept, out var read));
        Assert.Equal(pressed.Value, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("KeyZ")]
    [InlineData("Shift+Alt+KeyZ")]
    [InlineData("Alt+Alt+KeyZ")]
    [InlineData("Ctrl+Alt+KeyZ")]
    public void What_nobody_wrote_is_not_read(string? text) => Assert.False(Shortcut.TryParse(text, out _));

    [Fact]
    public void Every_action_has_a_shortcut_of_its_own_and_Alt_Z_is_the_next_conversation()
    {
        Assert.Equal(Enum.GetValues<DeskAction>(), DeskShortcuts.Default.All.Select(pair => pair.Action));
        Assert.Equal(Enum.GetValues<DeskAction>().Length, DeskShortcuts.Default.All.Select(pair => pair.Shortcut).Distinct().Count());
        Assert.Equal(DeskAction.NextConversation, DeskShortcuts.Default.ActionOf(AltZ));
    }

    [Fact]
    public void Keys_that_do_something_else_already_are_refused_and_nothing_changes()
    {
        var refused = DeskShortcuts.Default.With(DeskAction.Write, AltZ);
        Assert.Equal(Refusal.ShortcutTaken, refused.Refusal);
        Assert.False(DeskShortcuts.Default.With(DeskAction.NextConversation, AltZ).IsRefused);

        var changed = DeskShortcuts.Default.With(DeskAction.NextConversation, Shortcut.AltAnd('N')).Value;
        Assert.Null(changed.ActionOf(AltZ));
        Assert.Equal(DeskAction.Write, changed.With(DeskAction.Write, AltZ).Value.ActionOf(AltZ));
        Assert.NotEqual(DeskShortcuts.Default, changed);
        Assert.Equal(DeskShortcuts.Default, changed.With(DeskAction.NextConversation, AltZ).Value);
    }

    [Fact]
    public void What_was_kept_and_clashes_today_is_passed_over()
    {
        Assert.Equal(DeskShortcuts.Default, DeskShortcuts.From([new(DeskAction.Write, AltZ)]));
        Assert.Equal(DeskShortcuts.Default, DeskShortcuts.From([new((DeskAction)99, AltZ)]));
        Assert.Equal(DeskAction.Write, DeskShortcuts.From([new(DeskAction.Write, Shortcut.AltAnd('W'))]).ActionOf(Shortcut.AltAnd('W')));
    }
}
