namespace Live800.Domain.Shared;

/// <summary>The answer of a verb that may refuse: done, or a <see cref="Shared.Refusal"/>. A refusal is expected; a bug throws.</summary>
public readonly record struct Outcome
{
    /// <summary>It was done.</summary>
    public static readonly Outcome Done;

    private Outcome(Refusal refusal)
    {
        Refusal = refusal;
    }

    /// <summary>Why not; <see cref="Refusal.None"/> when it was done.</summary>
    public Refusal Refusal { get; }

    /// <summary>Whether it was refused.</summary>
    public bool IsRefused => Refusal != Refusal.None;

    /// <summary>A refusal is an outcome.</summary>
    public static implicit operator Outcome(Refusal refusal) => FromRefusal(refusal);

    /// <summary>A refusal as an outcome.</summary>
    public static Outcome FromRefusal(Refusal refusal) => new(refusal);
}

/// <summary>The answer of a verb that gives something or refuses.</summary>
public readonly record struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Refusal refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    /// <summary>Why not; <see cref="Refusal.None"/> when it was done.</summary>
    public Refusal Refusal { get; }

    /// <summary>Whether it was refused.</summary>
    public bool IsRefused => Refusal != Refusal.None;

    /// <summary>What was given. Asking a refused outcome for its value is a bug.</summary>
    public T Value => IsRefused ? throw new InvalidOperationException($"Refused: {Refusal}.") : _value!;

    /// <summary>A value is an outcome.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, Refusal.None);

    /// <summary>A refusal is an outcome.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => refusal == Refusal.None
        ? throw new ArgumentOutOfRangeException(nameof(refusal), "Without a value there must be a reason.")
        : new Outcome<T>(default, refusal);

    /// <summary>Forgets the value, keeps the answer.</summary>
    public Outcome WithoutValue() => Outcome.FromRefusal(Refusal);
}
