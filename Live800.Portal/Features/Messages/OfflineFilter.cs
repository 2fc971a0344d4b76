using Live800.Domain.Shared;

namespace Live800.Portal.Features.Messages;

/// <summary>Which messages by what has become of them.</summary>
public enum OfflineBox
{
    New,
    Handled,
    All,
}

/// <summary>Which messages 留言 somebody wants to see.</summary>
/// <param name="Text">Words of the message, its name, contact or page, or of a reply.</param>
/// <param name="Assignee">Those of one agent.</param>
/// <param name="IsNobodys">Those nobody in particular takes care of; counts before <paramref name="Assignee"/>.</param>
public sealed record OfflineFilter(OfflineBox Box = OfflineBox.New, GroupId? Group = null, AgentId? Assignee = null, bool IsNobodys = false, string Text = "", int Take = OfflineFilter.Page)
{
    /// <summary>How many come at once.</summary>
    public const int Page = 50;

    /// <summary>Most messages handed out at once.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Whether anything but the box leaves something out.</summary>
    public bool IsNarrow => Group is not null || Assignee is not null || IsNobodys || Text.Length > 0;
}

/// <summary>How many messages fit, by what has become of them.</summary>
public sealed record OfflineCounts(int New, int Handled)
{
    public int All => New + Handled;

    public int Of(OfflineBox box) => box switch
    {
        OfflineBox.New => New,
        OfflineBox.Handled => Handled,
        _ => All,
    };
}
