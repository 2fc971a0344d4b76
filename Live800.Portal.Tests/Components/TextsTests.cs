using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;

namespace Live800.Portal.Tests.Components;

public partial class TextsTests
{
    private const string Extension = ".resources";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static TheoryData<string> Files =>
        [.. typeof(RefusalTexts).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).Select(name => name[..^Extension.Length])];

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_languages_say_the_same_things_with_the_same_facts_in_them(string file)
    {
        var (chinese, english) = (Texts(file, CultureInfo.InvariantCulture), Texts(file, English));
        Assert.NotEmpty(chinese);
        Assert.Equal(chinese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(chinese, text =>
        {
            Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key);
            Assert.False(string.IsNullOrWhiteSpace(english[text.Key]), text.Key);
            Assert.Equal((text.Key, Facts(text.Value)), (text.Key, Facts(english[text.Key])));
        });
    }

    [Fact]
    public void Every_refusal_has_its_words_in_both_languages_and_no_words_are_left_over()
    {
        var file = typeof(RefusalTexts).FullName!;
        var (chinese, english) = (Texts(file, CultureInfo.InvariantCulture), Texts(file, English));
        var refusals = Enum.GetNames<Refusal>().Where(name => name != nameof(Refusal.None)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(refusals, chinese.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(refusals, english.Keys.Order(StringComparer.Ordinal));
        Assert.All(refusals, name => Assert.NotEqual(chinese[name], english[name]));
    }

    /// <summary>What one language has itself, without what it would borrow from the other.</summary>
    private static Dictionary<string, string> Texts(string file, CultureInfo culture) =>
        new ResourceManager(file, typeof(RefusalTexts).Assembly).GetResourceSet(culture, createIfNotExists: true, tryParents: false)?
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!) ?? [];

    private static string Facts(string text) => string.Join(' ', Fact().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Fact();
}
