using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// The snippets a company puts into its pages. They carry an address, the company ID and perhaps a group, no other choice: every choice is a setting on the server,
/// so that a code once embedded works for ever (S3.4); a group that was removed is the whole company.
/// </summary>
public static class WidgetCodes
{
    // Readable in every script; only what would end the attribute is written otherwise.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>
    /// Function code 功能代码. Nothing of ours is fetched before the page's load event (S1.4). Browsers too old for the loader's syntax
    /// (no String.prototype.replaceAll) get nothing, and no error either.
    /// </summary>
    /// <param name="baseAddress">The portal's public address, without a slash at the end.</param>
    public static string FunctionCode(string baseAddress, string companyCode) =>
        "<script>(function(w,d){function f(){var s=d.createElement(\"script\");s.src=\"" + Loader(baseAddress, companyCode) +
        "\";d.head.appendChild(s)}\"\".replaceAll&&(d.readyState==\"complete\"?f():w.addEventListener(\"load\",f))})(window,document)</script>";

    /// <summary>The form for pages whose policy forbids inline scripts. It may be fetched before the load event and runs nothing until then.</summary>
    public static string FunctionCodeForStrictPages(string baseAddress, string companyCode) =>
        $"<script async src=\"{Loader(baseAddress, companyCode)}\"></script>";

    /// <summary>Icon code 图标代码: a picture whose state the server draws, linked to the full-page chat. Works without any script.</summary>
    /// <param name="alt">What the picture says, for those who do not see it.</param>
    /// <param name="group">The code of the group it leads to; empty for the whole company.</param>
    public static string IconCode(string baseAddress, string companyCode, int iconId, string alt, string group = "") =>
        $"<a href=\"{baseAddress}{ChatPath(companyCode, group)}\" target=\"_blank\" rel=\"noopener\"><img src=\"{baseAddress}/w/{companyCode}/icon/{iconId}\" " +
        $"width=\"{IconPicture.Width}\" height=\"{IconPicture.Height}\" alt=\"{Encoder.Encode(alt)}\" loading=\"lazy\"></a>";

    /// <summary>The full-page chat's path, of a group or of the whole company (4).</summary>
    public static string ChatPath(string companyCode, string group = "") => $"/chat/{companyCode}" + (group.Length == 0 ? "" : $"?g={group}");

    private static string Loader(string baseAddress, string companyCode) => $"{baseAddress}/w/l.js#{companyCode}";
}
