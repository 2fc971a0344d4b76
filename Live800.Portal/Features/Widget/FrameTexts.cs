using System.Collections;
using System.Globalization;
using System.Resources;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// The words of the visitor's side (FrameTexts.resx zh-CN, FrameTexts.en.resx). The visitor's language is that of the company's page and not that of
/// the request's culture, so it is given. Those whose name begins with <c>Script_</c> travel to frame.js, with <c>Push_</c> to push.js, with <c>Rate_</c> to rate.js, with <c>Answers_</c> to answers.js, with <c>Before_</c> to before.js; <c>Line_</c> are lines whose words come with them.
/// </summary>
public static class FrameTexts
{
    private const string ScriptPrefix = "Script_";
    private static readonly ResourceManager Resources = new(typeof(FrameTexts));

    /// <summary>One text; throws for a name that does not exist.</summary>
    public static string Of(string name, CultureInfo language) =>
        Resources.GetString(name, language) ?? throw new MissingManifestResourceException($"FrameTexts has no text {name}.");

    /// <summary>The texts of frame.js by their short names.</summary>
    internal static SortedDictionary<string, string> ForScript(CultureInfo language) => Of(ScriptPrefix, name => Of(name, language));

    /// <summary>The texts of a part that is loaded later, by language and short name.</summary>
    /// <param name="prefix">What their names begin with.</param>
    internal static SortedDictionary<string, SortedDictionary<string, string>> ForPart(string prefix) =>
        new(new[] { WidgetLanguage.Chinese, WidgetLanguage.English }.ToDictionary(language => language.Name, language => Of(prefix, name => Of(name, language))), StringComparer.Ordinal);

    private static SortedDictionary<string, string> Of(string prefix, Func<string, string> read)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!)
        {
            var name = (string)entry.Key;
            if (name.StartsWith(prefix, StringComparison.Ordinal)) texts[name[prefix.Length..]] = read(name);
        }

        return texts;
    }
}
