namespace Live800.Portal.Bench;

/// <summary>One figure of the table: what was done, what came out, what this machine could do at most, what is wanted.</summary>
internal sealed record BenchRow(string Id, string Work, string Measured, string Limit, string Target)
{
    /// <summary>A table of its own, printed after the others; mostly none.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
