using System.Globalization;
using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;

namespace Live800.Portal.Features.Packages;

/// <summary>The figures behind "目前" as they are typed, right or wrong: nothing typed is lost.</summary>
public sealed class FiguresDraft
{
    private readonly Dictionary<string, string?> _typed = [];
    private PackageFigures _seen;

    public FiguresDraft(PackageFigures seen)
    {
        _seen = seen;
        foreach (var figure in PackageFigure.All) _typed[figure.Name] = Text(figure, seen);
    }

    public string? this[PackageFigure figure]
    {
        get => _typed[figure.Name];
        set => _typed[figure.Name] = value;
    }

    /// <summary>Whether this one can be saved as it stands.</summary>
    public bool IsRight(PackageFigure figure) => TypedNumber.Whole(this[figure]) is { } value && figure.Allows(value);

    /// <summary>What was typed, or nothing while a figure is wrong.</summary>
    public PackageFigures? Read() => PackageFigure.All.All(IsRight)
        ? PackageFigure.All.Aggregate(_seen, (figures, figure) => figure.With(figures, (int)TypedNumber.Whole(this[figure])!.Value))
        : null;

    /// <summary>Another operator saved: fields nobody touched here follow him, typed ones stay.</summary>
    public void Follow(PackageFigures stored)
    {
        foreach (var figure in PackageFigure.All.Where(figure => this[figure] == Text(figure, _seen))) this[figure] = Text(figure, stored);
        _seen = stored;
    }

    private static string Text(PackageFigure figure, PackageFigures figures) => figure.Of(figures).ToString(CultureInfo.InvariantCulture);
}
