using System.Globalization;
using System.Net;

namespace Live800.Portal.Features.Widget;

/// <summary>The picture of a chat icon 对话图标, at most 1 KB. Picture and alternative text say the same.</summary>
public static class IconPicture
{
    public const int Width = 168;
    public const int Height = 44;

    /// <summary>The most bytes of a picture (QUALITY 1).</summary>
    public const int Limit = 1024;

    private const string Bubble = "M20 2H4a2 2 0 0 0-2 2v18l4-4h14a2 2 0 0 0 2-2V4a2 2 0 0 0-2-2zm0 14H5.2L4 17.2V4h16z";

    /// <summary>What the icon says in words: 在线客服 or 请留言.</summary>
    public static string Words(bool isOnline, CultureInfo language) => FrameTexts.Of(isOnline ? "IconOnline" : "IconOffline", language);

    /// <summary>Draws the state: filled with the company's colour while somebody can answer, outlined in grey otherwise.</summary>
    /// <param name="colour">The company's colour as #rrggbb.</param>
    public static string Draw(bool isOnline, CultureInfo language, string colour)
    {
        var ground = CompanyColour.Read(colour);
        var (fill, line, ink) = isOnline ? (ground.ToString(), ground.ToString(), ground.TextUpon.ToString()) : ("#fff", "#868e9a", "#515965");
        var words = Words(isOnline, language);
        // Signs of the Chinese face are as wide as high, Latin letters a little over half of it.
        var width = words.Sum(sign => sign > 0x2e80 ? 15.0 : 8.1);
        var left = (Width - width - 28) / 2;
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Height}" viewBox="0 0 {Width} {Height}" role="img" aria-label="{WebUtility.HtmlEncode(words)}"><rect x=".5" y=".5" width="{Width - 1}" height="{Height - 1}" rx="21.5" fill="{fill}" stroke="{line}"/><g fill="{ink}"><path transform="translate({left:0.#} 12) scale(.83)" d="{Bubble}"/><text x="{left + 28:0.#}" y="27.4" font-family="-apple-system,'Segoe UI',Roboto,Arial,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif" font-size="15" font-weight="600">{WebUtility.HtmlEncode(words)}</text></g></svg>
            """);
    }
}
