namespace Live800.Domain.Packages;

/// <summary>The currency of the box 币种 (rule 3.11): its ISO 4217 code and how many digits its minor unit has. Money is counted in minor units.</summary>
public readonly record struct Currency
{
    /// <summary>What a box starts with.</summary>
    public static readonly Currency Default = new("CNY", 2);

    /// <summary>The currencies an operator can choose from.</summary>
    public static readonly IReadOnlyList<Currency> Known =
    [
        Default, new("HKD", 2), new("TWD", 2), new("USD", 2), new("EUR", 2), new("GBP", 2), new("JPY", 0), new("KRW", 0), new("SGD", 2), new("MYR", 2),
        new("THB", 2), new("AUD", 2), new("CAD", 2), new("NZD", 2), new("CHF", 2),
    ];

    private Currency(string code, int digits)
    {
        Code = code;
        Digits = digits;
    }

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>Digits behind the point: 2 means that 100 minor units are one.</summary>
    public int Digits { get; }

    /// <summary>The currency of a code, or nothing when the portal does not know it.</summary>
    public static Currency? Find(string? code) => Known.Where(currency => currency.Code == code).Cast<Currency?>().FirstOrDefault();

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
