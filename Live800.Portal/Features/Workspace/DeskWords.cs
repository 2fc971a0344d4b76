using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Domain.Workspace;
using Live800.Portal.Features.Visitors;

namespace Live800.Portal.Features.Workspace;

/// <summary>How the settings of a desk look: pixels, keys, what the browser is told.</summary>
internal static class DeskWords
{
    /// <summary>Pixels of a row of one line.</summary>
    public static int RowHeight(DeskDensity density) => density switch
    {
        DeskDensity.Dense => 28,
        DeskDensity.Roomy => 40,
        _ => 32,
    };

    /// <summary>The keys of a shortcut as they stand on the keyboard: Alt, Shift, Z.</summary>
    public static IEnumerable<string> Keys(Shortcut shortcut)
    {
        if (shortcut.Alt) yield return "Alt";
        if (shortcut.Shift) yield return "Shift";
        yield return shortcut.Code switch
        {
            ['K', 'e', 'y', var letter] => letter.ToString(),
            ['D', 'i', 'g', 'i', 't', var figure] => figure.ToString(),
            "ArrowUp" => "↑",
            "ArrowDown" => "↓",
            var other => other,
        };
    }

    /// <summary>What the browser listens for: the pressed keys and the action.</summary>
    public static Dictionary<string, string> ForBrowser(DeskShortcuts shortcuts) => shortcuts.All.ToDictionary(pair => pair.Shortcut.ToString(), pair => pair.Action.ToString());

    /// <summary>Visitors who left are hidden, or shown again (S2.10).</summary>
    public static Outcome<DeskSettings> OfflineToggled(DeskSettings settings) =>
        settings with { Queue = settings.Queue with { Filter = settings.Queue.Filter.Toggled(QueueStatus.Offline) } };
}
