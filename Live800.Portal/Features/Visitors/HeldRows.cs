using Live800.Domain.Shared;

namespace Live800.Portal.Features.Visitors;

/// <summary>
/// Keeps the rows where they are while a pointer is among them: their content changes, their places do not, newcomers go to the end, and who
/// is gone stays until the pointer is. Rows never jump away under a click.
/// </summary>
public sealed class HeldRows
{
    private IReadOnlyList<QueueRow> _shown = [];

    public bool IsHeld { get; private set; }

    /// <summary>What to show now, given the rows in their true order.</summary>
    public IReadOnlyList<QueueRow> Show(IReadOnlyList<QueueRow> fresh)
    {
        if (!IsHeld) return _shown = fresh;
        var byVisitor = new Dictionary<VisitorId, QueueRow>(fresh.Count);
        foreach (var row in fresh) byVisitor[row.Visitor] = row;
        var shown = new List<QueueRow>(fresh.Count);
        foreach (var old in _shown)
        {
            shown.Add(byVisitor.Remove(old.Visitor, out var now) ? now : old);
        }

        if (byVisitor.Count > 0) shown.AddRange(fresh.Where(row => byVisitor.ContainsKey(row.Visitor)));
        return _shown = shown;
    }

    public void Hold() => IsHeld = true;

    public void LetGo() => IsHeld = false;
}
