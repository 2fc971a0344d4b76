using System.Text.RegularExpressions;
using Live800.Domain.Installation;

namespace Live800.Portal.Features.Widget;

/// <summary>Compares the function codes a page carries with what <see cref="WidgetCodes"/> writes now (S3.4).</summary>
internal static partial class PageCodes
{
    /// <summary>What there is to say of the codes.</summary>
    /// <param name="found">Each as it stands in the page: the text of an inline script, or the address of an external one.</param>
    public static PageMarks Compare(string baseAddress, string companyCode, IReadOnlyCollection<string> found)
    {
        string[] right = [Text(WidgetCodes.FunctionCode(baseAddress, companyCode)), Text(WidgetCodes.MeasuredFunctionCode(baseAddress, companyCode)), $"{baseAddress}/w/l.js#{companyCode}"];
        var marks = PageMarks.None;
        var own = 0;
        foreach (var code in found)
        {
            var named = Loader().Matches(code).Select(match => match.Groups[1].Value).ToList();
            if (named.Any(name => name != companyCode)) marks |= PageMarks.Other;
            if (!named.Contains(companyCode)) continue;
            own++;
            // The portal may be reached by another name than it had when the code was copied.
            if (!right.Contains(Portal().Replace(code.Trim(), baseAddress))) marks |= PageMarks.Altered;
        }

        return own > 1 ? marks | PageMarks.Doubled : marks;
    }

    private static string Text(string code) => code["<script>".Length..^"</script>".Length];

    [GeneratedRegex("/w/l\\.js#([A-Za-z0-9-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Loader();

    [GeneratedRegex("https?://[^\"'#\\s]{1,200}?(?=/w/(?:l|probe)\\.js#)", RegexOptions.CultureInvariant)]
    private static partial Regex Portal();
}
