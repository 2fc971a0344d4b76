namespace Live800.Domain.Packages;

/// <summary>When a bought term shall begin (rule 3.3): at once, when the current intervals end, or on a date. Decided at fulfilment, never earlier than it.</summary>
public readonly record struct TermStart
{
    /// <summary>At fulfilment.</summary>
    public static readonly TermStart Now;

    /// <summary>Without a gap when the intervals now in force end; at once when there are none.</summary>
    public static readonly TermStart AfterCurrent = new() { IsAfterCurrent = true };

    /// <summary>Whether it begins when the current intervals end.</summary>
    public bool IsAfterCurrent { get; private init; }

    /// <summary>The date chosen.</summary>
    public DateTimeOffset? Date { get; private init; }

    /// <summary>On a date, or at fulfilment if that is later.</summary>
    public static TermStart On(DateTimeOffset date) => new() { Date = date };
}
