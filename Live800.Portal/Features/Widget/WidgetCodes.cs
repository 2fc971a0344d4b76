using System.Text.Encodings.Web;
using System.Text.Unicode;
using Live800.Domain.Companies;

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
        Starter(Loader(baseAddress, companyCode));

    /// <summary>The form that asks the visitor first (5): until he agrees nothing is tracked and nothing is kept. The icon's link works without.</summary>
    public static string FunctionCodeWithConsent(string baseAddress, string companyCode) => Starter($"{baseAddress}/w/consent.js#{companyCode}");

    /// <summary>
    /// The same, and of one page view in a hundred a second script after the loader, which tells the installation check how the codes stand on the page and what they cost there (5).
    /// </summary>
    public static string MeasuredFunctionCode(string baseAddress, string companyCode) =>
        "<script>(function(w,d){function g(u){var s=d.createElement(\"script\");s.src=u;d.head.appendChild(s)}function f(){g(\"" + Loader(baseAddress, companyCode) +
        $"\");Math.random()<.01&&g(\"{baseAddress}/w/probe.js#{companyCode}\")}}\"\".replaceAll&&(d.readyState==\"complete\"?f():w.addEventListener(\"load\",f))}})(window,document)</script>";

    /// <summary>The form for pages whose policy forbids inline scripts. It may be fetched before the load event and runs nothing until then.</summary>
    public static string FunctionCodeForStrictPages(string baseAddress, string companyCode) =>
        $"<script async src=\"{Loader(baseAddress, companyCode)}\"></script>";

    /// <summary>Icon code 图标代码 of the standard icon: a picture whose state the server draws, linked to the full-page chat. Works without any script.
    /// With its policy the picture's request names the page, so that the installation check can, where no function code is; older codes name the site alone.</summary>
    /// <param name="alt">What the picture says, for those who do not see it.</param>
    /// <param name="group">The code of the group it leads to; empty for the whole company.</param>
    public static string IconCode(string baseAddress, string companyCode, int iconId, string alt, string group = "") =>
        Picture(baseAddress, companyCode, iconId, (IconPicture.Width, IconPicture.Height), alt, group, "");

    /// <summary>Icon code of one icon. Where a floating one stands is said in the code itself, so that it is right without any script (5).</summary>
    /// <param name="isStrict">For pages whose policy forbids inline styles: a class instead, of which <see cref="FloatingRule"/> speaks.</param>
    public static string IconCode(string baseAddress, string companyCode, ChatIcon icon, string alt, string group = "", bool isStrict = false) => Picture(
        baseAddress, companyCode, icon.Number, IconPicture.SizeOf(icon), alt, group,
        icon.Kind != IconKind.Floating ? "" : isStrict ? $" class=\"live800-icon-{icon.Number}\"" : $" style=\"{PlaceOf(icon)}\"");

    /// <summary>The rule that goes into the page's own style sheet where a floating icon's code may carry none.</summary>
    public static string FloatingRule(ChatIcon icon) => $".live800-icon-{icon.Number} {{ {PlaceOf(icon)} }}";

    /// <summary>Icon code and function code in one, the icon first.</summary>
    public static string Combined(string iconCode, string functionCode) => iconCode + "\n" + functionCode;

    private static string Picture(string baseAddress, string companyCode, int iconId, (int Width, int Height) size, string alt, string group, string place) =>
        $"<a href=\"{baseAddress}{ChatPath(companyCode, group)}\" target=\"_blank\" rel=\"noopener\"{place}><img src=\"{baseAddress}/w/{companyCode}/icon/{iconId}\" " +
        $"width=\"{size.Width}\" height=\"{size.Height}\" alt=\"{Encoder.Encode(alt)}\" loading=\"lazy\" referrerpolicy=\"no-referrer-when-downgrade\"></a>";

    /// <summary>Where a floating icon stands, as a style.</summary>
    internal static string PlaceOf(ChatIcon icon) => $"position:fixed;{(icon.IsLeft ? "left" : "right")}:{icon.FromSide}px;bottom:{icon.FromBottom}px;z-index:2147483000";

    /// <summary>The full-page chat's path, of a group or of the whole company (4).</summary>
    public static string ChatPath(string companyCode, string group = "") => $"/chat/{companyCode}" + (group.Length == 0 ? "" : $"?g={group}");

    private static string Starter(string file) =>
        "<script>(function(w,d){function f(){var s=d.createElement(\"script\");s.src=\"" + file +
        "\";d.head.appendChild(s)}\"\".replaceAll&&(d.readyState==\"complete\"?f():w.addEventListener(\"load\",f))})(window,document)</script>";

    private static string Loader(string baseAddress, string companyCode) => $"{baseAddress}/w/l.js#{companyCode}";
}
