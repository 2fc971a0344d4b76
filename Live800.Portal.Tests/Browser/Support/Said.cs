using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>
/// Reads a conversation as it stands on a screen. The tests' messages begin with a letter and a number ("v1 …", "a2 …"), so that what was said can be
/// told from times, states and notices without knowing how a page is built.
/// </summary>
public static partial class Said
{
    /// <summary>The marks of the messages on the screen, from top to bottom: "v1 a1 v2".</summary>
    public static async Task<string> ReadAsync(ILocator log)
    {
        var lines = (await log.InnerTextAsync()).Split('\n', StringSplitOptions.TrimEntries);
        return string.Join(' ', lines.Select(line => Mark().Match(line)).Where(mark => mark.Success).Select(mark => mark.Groups[1].Value));
    }

    /// <summary>Waits until exactly these messages stand on the screen, each once and in this order.</summary>
    public static Task ExpectAsync(ILocator log, string marks, TimeSpan? patience = null) => Eventually.EqualAsync(marks, () => ReadAsync(log), patience);

    [GeneratedRegex(@"^([a-z]\d+) ")]
    private static partial Regex Mark();
}
