using Live800.Domain.Shared;

namespace Live800.Domain.Workspace;

/// <summary>What a shortcut can do on the desk (S2.12).</summary>
public enum DeskAction
{
    /// <summary>To the next conversation, unread ones first.</summary>
    NextConversation = 0,

    /// <summary>Accepts whoever waits longest.</summary>
    AcceptFirst = 1,

    /// <summary>Into the box where the agent writes.</summary>
    Write = 2,

    /// <summary>Into the visitor queue.</summary>
    GoToQueue = 3,

    /// <summary>Into the queue's search.</summary>
    Search = 4,

    /// <summary>Hides or shows visitors who left.</summary>
    HideOffline = 5,

    /// <summary>To the visitor's panel.</summary>
    GoToVisitor = 6,

    /// <summary>Ends the conversation in front.</summary>
    EndConversation = 7,
}

/// <summary>
/// A key pressed together with others, by its place on the keyboard, because keyboards of other languages have other letters there: <c>Alt+KeyZ</c>,
/// <c>Alt+Shift+Digit1</c>, <c>F8</c>.
/// </summary>
public readonly record struct Shortcut
{
    private static readonly HashSet<string> OwnKeys = ["F2", "F4", "F7", "F8", "F9", "F10"];

    // Back, forward, address bar, the window's own menus: taking these away would surprise more than help.
    private static readonly HashSet<string> BrowserKeys = ["Alt+ArrowLeft", "Alt+ArrowRight", "Alt+Home", "Alt+KeyD", "Alt+KeyE", "Alt+KeyF", "Alt+F4", "Alt+Tab", "Alt+Space", "Alt+Enter"];

    private Shortcut(bool alt, bool shift, string code)
    {
        Alt = alt;
        Shift = shift;
        Code = code;
    }

    public bool Alt { get; }

    public bool Shift { get; }

    /// <summary>The key as browsers name its place.</summary>
    public string Code { get; }

    /// <summary>Alt with a letter, a figure or an arrow.</summary>
    public static Shortcut AltAnd(char letter) => new(true, false, "Key" + letter);

    /// <summary>
    /// What was pressed, if it can be a shortcut. Refusals: ShortcutPlain (without Alt it would be typed, and Ctrl belongs to the browser and the text),
    /// ShortcutReserved (the browser's own).
    /// </summary>
    public static Outcome<Shortcut> Of(bool alt, bool ctrl, bool shift, bool meta, string code)
    {
        var isKey = code is ['K', 'e', 'y', >= 'A' and <= 'Z'] or ['D', 'i', 'g', 'i', 't', >= '0' and <= '9'] or "ArrowUp" or "ArrowDown" or "ArrowLeft" or "ArrowRight" or "Home" or "Space" or "Enter" or "Tab" or "F4";
        var isOwn = OwnKeys.Contains(code) && !alt;
        if (ctrl || meta || (!alt && !isOwn) || (!isKey && !isOwn)) return Refusal.ShortcutPlain;
        var made = new Shortcut(alt, shift, code);
        return BrowserKeys.Contains(made.ToString()) ? Refusal.ShortcutReserved : made;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(string? text, out Shortcut shortcut)
    {
        var parts = text?.Split('+') ?? [];
        var made = parts is [.. var with, var code] ? Of(with.Contains("Alt"), with.Contains("Ctrl"), with.Contains("Shift"), with.Contains("Meta"), code) : Refusal.ShortcutPlain;
        shortcut = made.IsRefused ? default : made.Value;
        return !made.IsRefused && shortcut.ToString() == text;
    }

    public override string ToString() => $"{(Alt ? "Alt+" : "")}{(Shift ? "Shift+" : "")}{Code}";
}

/// <summary>An agent's shortcuts: every action has exactly one, and no two have the same (S2.12).</summary>
public sealed class DeskShortcuts : IEquatable<DeskShortcuts>
{
    private static readonly Dictionary<DeskAction, Shortcut> Usual = new()
    {
        [DeskAction.NextConversation] = Shortcut.AltAnd('Z'),
        [DeskAction.AcceptFirst] = Shortcut.AltAnd('A'),
        [DeskAction.Write] = Shortcut.AltAnd('M'),
        [DeskAction.GoToQueue] = Shortcut.AltAnd('Q'),
        [DeskAction.Search] = Shortcut.AltAnd('S'),
        [DeskAction.HideOffline] = Shortcut.AltAnd('H'),
        [DeskAction.GoToVisitor] = Shortcut.AltAnd('V'),
        [DeskAction.EndConversation] = Shortcut.AltAnd('X'),
    };

    public static readonly DeskShortcuts Default = new(Usual);

    private readonly IReadOnlyDictionary<DeskAction, Shortcut> _all;

    private DeskShortcuts(IReadOnlyDictionary<DeskAction, Shortcut> all) => _all = all;

    /// <summary>All actions in their order, each with its shortcut.</summary>
    public IEnumerable<(DeskAction Action, Shortcut Shortcut)> All => Usual.Keys.Select(action => (action, Of(action)));

    public Shortcut Of(DeskAction action) => _all[action];

    /// <summary>What a shortcut does; nothing for one that is free.</summary>
    public DeskAction? ActionOf(Shortcut shortcut) => _all.Where(pair => pair.Value == shortcut).Select(pair => (DeskAction?)pair.Key).FirstOrDefault();

    /// <summary>Gives an action another shortcut. Refusal: ShortcutTaken (by another action).</summary>
    public Outcome<DeskShortcuts> With(DeskAction action, Shortcut shortcut) =>
        ActionOf(shortcut) is { } taken && taken != action ? Refusal.ShortcutTaken : new DeskShortcuts(new Dictionary<DeskAction, Shortcut>(_all) { [action] = shortcut });

    /// <summary>From what was kept. What is unknown, damaged or would clash is passed over: that action keeps its usual shortcut.</summary>
    public static DeskShortcuts From(IEnumerable<KeyValuePair<DeskAction, Shortcut>> changed)
    {
        var all = new Dictionary<DeskAction, Shortcut>(Usual);
        foreach (var (action, shortcut) in changed) if (Usual.ContainsKey(action)) all[action] = shortcut;
        return all.Values.Distinct().Count() == all.Count ? new DeskShortcuts(all) : Default;
    }

    public bool Equals(DeskShortcuts? other) => other is not null && _all.All(pair => other.Of(pair.Key) == pair.Value);

    public override bool Equals(object? obj) => Equals(obj as DeskShortcuts);

    public override int GetHashCode() => _all.Values.Aggregate(0, (sum, shortcut) => sum ^ shortcut.GetHashCode());
}
