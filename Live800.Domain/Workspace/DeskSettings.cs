using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Domain.Workspace;

/// <summary>The key that sends a message (S2.7). The other one of the two makes a new line.</summary>
public enum SendKey
{
    /// <summary>Enter sends, Ctrl+Enter makes a new line.</summary>
    Enter = 0,

    /// <summary>Ctrl+Enter sends, Enter makes a new line.</summary>
    CtrlEnter = 1,
}

/// <summary>How closely the rows of the desk stand.</summary>
public enum DeskDensity
{
    Normal = 0,
    Dense = 1,
    Roomy = 2,
}

/// <summary>
/// The status an agent chose (4). It belongs to his sign-in: a lost seat, another tab or a restart of the server changes nothing, and whoever signs in anew is online until he says otherwise [ours].
/// </summary>
public sealed record ChosenStatus(AgentStatus Status, SessionId Session);

/// <summary>What rings, and how loud.</summary>
/// <param name="Waiting">Somebody asks for a conversation; again every 20 s while he waits.</param>
/// <param name="Message">A visitor wrote while nobody looked.</param>
/// <param name="Volume">Per cent.</param>
public sealed record DeskSounds(bool Waiting, bool Message, int Volume)
{
    public static readonly DeskSounds Default = new(true, true, 60);
}

/// <summary>
/// What an agent set for his own desk 系统 -> 设置 (S2.6, S2.7, S2.9, S2.12): kept on the server, so that it is the same at every screen. A value that
/// nobody knows any more is passed over, never an error.
/// </summary>
public sealed record DeskSettings
{
    public static readonly DeskSettings Default = new();

    public SendKey SendKey { get; init; }

    public DeskDensity Density { get; init; }

    public DeskSounds Sounds { get; init; } = DeskSounds.Default;

    /// <summary>Whether the browser is to show a notice while the desk is out of sight.</summary>
    public bool Notices { get; init; }

    /// <summary>What he shows instead of online; nothing is online.</summary>
    public ChosenStatus? Status { get; init; }

    public QueueView Queue { get; init; } = QueueView.Default;

    public DeskShortcuts Shortcuts { get; init; } = DeskShortcuts.Default;

    /// <summary>Another volume. What lies outside is the nearest that there is.</summary>
    public DeskSettings Louder(int volume) => this with { Sounds = Sounds with { Volume = Math.Clamp(volume, 0, 100) } };

    /// <summary>The status of a workspace that a sign-in takes anew.</summary>
    public AgentStatus StatusOf(SessionId session) => Status is { } chosen && chosen.Session == session ? chosen.Status : AgentStatus.Online;

    /// <summary>Another status, chosen in this sign-in.</summary>
    public DeskSettings Showing(AgentStatus status, SessionId session) => this with { Status = status == AgentStatus.Online ? null : new ChosenStatus(status, session) };

    /// <summary>Another shortcut (S2.12). Refusals: ShortcutPlain, ShortcutReserved, ShortcutTaken.</summary>
    public Outcome<DeskSettings> Press(DeskAction action, Shortcut shortcut)
    {
        var changed = Shortcuts.With(action, shortcut);
        return changed.IsRefused ? changed.Refusal : this with { Shortcuts = changed.Value };
    }
}
