namespace Live800.Portal.Features.Help;

/// <summary>An answer of the help by its number in the old FAQ: answer 5 of section 2 stands at <c>/help#s2.5</c>, for ever.</summary>
public readonly record struct HelpNumber(int Section, int Answer)
{
    /// <summary>How many answers each section has, in order.</summary>
    public static readonly IReadOnlyList<int> AnswersOfSections = [5, 17, 4, 16];

    /// <summary>All of them, in order.</summary>
    public static IEnumerable<HelpNumber> All =>
        AnswersOfSections.SelectMany((count, section) => Enumerable.Range(1, count).Select(answer => new HelpNumber(section + 1, answer)));

    public string Key => FormattableString.Invariant($"{Section}.{Answer}");

    /// <summary>Where it is read, also by somebody who is not signed in.</summary>
    public string Address => "/help#s" + Key;
}
