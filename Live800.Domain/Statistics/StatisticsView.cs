using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Statistics;

/// <summary>
/// What an agent looks at again and again among the statistics 常用视图 (rule 6): an address under a name of his own. A range that moves with today stands in the address as its word, so that it goes on moving.
/// </summary>
public sealed partial class StatisticsView
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLimit = 40;

    /// <summary>Longest address, in characters.</summary>
    public const int PathLimit = 1000;

    /// <summary>Most views of one agent: a list that is still read at a glance.</summary>
    public const int MostOfAgent = 20;

    private StatisticsView()
    {
    }

    /// <summary>Key.</summary>
    public StatisticsViewId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Whose it is; nobody else sees it.</summary>
    public AgentId AgentId { get; private set; }

    /// <summary>What he calls it; no two of his are called the same.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The address without scheme and host; see <see cref="CleanPath"/>.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Keeps what is shown. Whether the name is free and there is room is the caller's question to the store. Refusals: ViewNameInvalid, InputInvalid (no address of the statistics).</summary>
    public static Outcome<StatisticsView> Keep(StatisticsViewId id, CompanyId company, AgentId agent, string? name, string? path)
    {
        var view = new StatisticsView { Id = id, CompanyId = company, AgentId = agent };
        var called = view.Call(name);
        if (called.IsRefused)
        {
            return called.Refusal;
        }

        if (CleanPath(path) is not { } clean)
        {
            return Refusal.InputInvalid;
        }

        view.Path = clean;
        return view;
    }

    /// <summary>Gives it another name. Refusal: ViewNameInvalid.</summary>
    public Outcome Call(string? name)
    {
        var clean = MessageText.Line(name);
        if (clean.Length is 0 or > NameLimit)
        {
            return Refusal.ViewNameInvalid;
        }

        Name = clean;
        return Outcome.Done;
    }

    /// <summary>Whether it is called so, however it is spelt.</summary>
    public bool IsCalled(string? name) => string.Equals(Name, MessageText.Line(name), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// An address of the statistics as it is kept: <c>statistics</c>, a part's name, what was asked; without what stands behind a <c>#</c>. Nothing for everything else, so that a kept address never leads anywhere else.
    /// </summary>
    public static string? CleanPath(string? path)
    {
        var clean = (path ?? "").Split('#')[0].TrimEnd('?');
        return clean.Length <= PathLimit && PathPattern().IsMatch(clean) ? clean : null;
    }

    [GeneratedRegex(@"^statistics(/[a-z]{1,20})?(\?[!-~]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();
}
