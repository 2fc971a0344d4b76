namespace Live800.Domain.Companies;

/// <summary>A date on which other hours hold than on its weekday 节假日 (rule 5).</summary>
/// <param name="Name">What it is called; may be empty.</param>
/// <param name="Spans">When somebody works on it; empty is closed.</param>
public sealed record Holiday(DateOnly Date, string Name, IReadOnlyList<DaySpan> Spans)
{
    /// <summary>Longest name.</summary>
    public const int NameLimit = 40;
}
