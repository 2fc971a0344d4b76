namespace Live800.Domain.Packages;

/// <summary>What an order is for (rule 3.11): a term of seats times months with its start, or a number of packs of clicks.</summary>
public sealed record OrderItem
{
    private OrderItem()
    {
    }

    /// <summary>Monthly or click.</summary>
    public PackageKind Kind { get; private init; }

    /// <summary>Monthly: seats.</summary>
    public int Seats { get; private init; }

    /// <summary>Monthly: calendar months.</summary>
    public int Months { get; private init; }

    /// <summary>Monthly: whether it begins when the current intervals end (rule 3.3).</summary>
    public bool StartsAfterCurrent { get; private init; }

    /// <summary>Monthly: the date chosen (rule 3.3), if one was.</summary>
    public DateTimeOffset? StartsOn { get; private init; }

    /// <summary>Click: clicks of one pack.</summary>
    public int PackSize { get; private init; }

    /// <summary>Click: how many packs.</summary>
    public int Packs { get; private init; }

    /// <summary>Click: clicks altogether.</summary>
    public int Clicks => PackSize * Packs;

    /// <summary>When the term shall begin (rule 3.3).</summary>
    public TermStart Start => StartsAfterCurrent ? TermStart.AfterCurrent : StartsOn is { } date ? TermStart.On(date) : TermStart.Now;

    /// <summary>A term (S4.1).</summary>
    public static OrderItem Term(int seats, int months, TermStart start) => new()
    {
        Kind = PackageKind.Monthly,
        Seats = seats,
        Months = months,
        StartsAfterCurrent = start.IsAfterCurrent,
        StartsOn = start.Date?.ToUniversalTime(),
    };

    /// <summary>Clicks (S4.2).</summary>
    public static OrderItem Click(int packSize, int packs) => new() { Kind = PackageKind.Click, PackSize = packSize, Packs = packs };
}
