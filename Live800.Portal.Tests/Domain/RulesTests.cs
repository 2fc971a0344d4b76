using System.Text.RegularExpressions;

namespace Live800.Portal.Tests.Domain;

/// <summary>A number in a comment leads somewhere: docs/rules.md has every answer of the FAQ and every rule the code names.</summary>
public partial class RulesTests
{
    private static readonly int[] AnswersPerSection = [5, 17, 4, 16];
    private static readonly string[] Projects = ["Live800.Domain", "Live800.Portal", "Live800.Portal.Tests"];
    private static readonly string Root = FindRoot();
    private static readonly string Rules = File.ReadAllText(Path.Combine(Root, "docs", "rules.md"));

    [Fact]
    public void All_42_answers_of_the_FAQ_are_in_the_rules()
    {
        var expected = AnswersPerSection.SelectMany((count, section) => Enumerable.Range(1, count).Select(answer => $"S{section + 1}.{answer}"));
        Assert.Equal(expected, Answers().Matches(Rules).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void Every_rule_the_code_names_is_there()
    {
        var known = Answers().Matches(Rules).Concat(Headings().Matches(Rules)).Select(m => m.Groups[1].Value).ToHashSet();
        var named = Projects
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Root, project), "*.*", SearchOption.AllDirectories))
            .Where(file => (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)) && !Generated().IsMatch(file))
            .SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(m => (File: Path.GetRelativePath(Root, file), Rule: m.Groups[1].Value)))
            .ToList();
        Assert.True(named.Count > 200);
        Assert.DoesNotContain(named, n => !known.Contains(n.Rule));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Live800.Portal.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"^\| (S[1-4]\.\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Answers();

    [GeneratedRegex(@"^##+ (\d(?:\.\d+)?) ", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"(?<![\w.])(S[1-4]\.\d{1,2}|(?<=\brules? )\d\.\d{1,2})(?![\w.]*\d)")]
    private static partial Regex Named();

    [GeneratedRegex(@"[\\/](bin|obj|Migrations)[\\/]")]
    private static partial Regex Generated();
}
