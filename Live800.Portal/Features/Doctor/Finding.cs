namespace Live800.Portal.Features.Doctor;

/// <summary>How bad a finding is.</summary>
public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, and will not always, or not for everybody.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Wrong,
}

/// <summary>What the doctor found out about one thing.</summary>
/// <param name="Check">What was looked at, in a word or two.</param>
/// <param name="Seen">What is so, in a sentence.</param>
/// <param name="Advice">What to do, in a sentence; empty where nothing need be done.</param>
public sealed record Finding(string Check, FindingLevel Level, string Seen, string Advice)
{
    public static Finding Ok(string check, string seen) => new(check, FindingLevel.Ok, seen, "");

    public static Finding Warning(string check, string seen, string advice) => new(check, FindingLevel.Warning, seen, advice);

    public static Finding Wrong(string check, string seen, string advice) => new(check, FindingLevel.Wrong, seen, advice);

    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Level.ToString().ToLowerInvariant(),-7}  {Check}: {Seen}{(Advice.Length > 0 ? " " + Advice : "")}".ReplaceLineEndings(" ");
}
