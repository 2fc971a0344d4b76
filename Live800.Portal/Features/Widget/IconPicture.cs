using System.Globalization;
using System.Net;
using Live800.Domain.Companies;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// The picture of a chat icon 对话图标, at most 1 KB where the company uploaded none of its own (5). Picture and alternative text say the same. It measures the same in every state and language, so that a page does not move.
/// </summary>
public static class IconPicture
{
    /// <summary>The least width of the pill.</summary>
    public const int Width = 168;
    public const int Height = 44;

    /// <summary>The most bytes of a built-in picture (QUALITY 1).</summary>
    public const int Limit = 1024;

    private const string Bubble = "M20 2H4a2 2 0 0 0-2 2v18l4-4h14a2 2 0 0 0 2-2V4a2 2 0 0 0-2-2zm0 14H5.2L4 17.2V4h16z";
    private const string Face = "font-family=\"-apple-system,'Segoe UI',Roboto,Arial,'PingFang SC','Microsoft YaHei',sans-serif\"";
    private const string Away = "#868e9a";

    /// <summary>What an icon says where the company chose no words: 在线客服 or 请留言.</summary>
    public static string Words(bool isOnline, CultureInfo language) => FrameTexts.Of(isOnline ? "IconOnline" : "IconOffline", language);

    /// <summary>What this icon says.</summary>
    public static string Words(ChatIcon icon, bool isOnline, CultureInfo language) =>
        icon.Words(isOnline, language.Name == WidgetLanguage.Chinese.Name) is { Length: > 0 } own ? own : Words(isOnline, language);

    /// <summary>What it measures: its longest words fit.</summary>
    public static (int Width, int Height) SizeOf(ChatIcon icon)
    {
        if (icon is { Look: IconLook.Own, OnlinePicture: { } own }) return (own.Width, own.Height);
        var longest = (int)Math.Ceiling(new[] { WidgetLanguage.Chinese, WidgetLanguage.English }.Max(language => Math.Max(Span(Words(icon, true, language)), Span(Words(icon, false, language)))));
        return icon.Look switch
        {
            IconLook.Round => (56, 56),
            IconLook.Tab => (40, Math.Max(128, longest + 58)),
            IconLook.Bar => (Math.Max(240, longest + 56), 40),
            IconLook.Words => (longest + 16, 22),
            _ => (Math.Max(Width, longest + 44), Height),
        };
    }

    /// <summary>The standard icon of a company that changed nothing about it.</summary>
    public static string Draw(bool isOnline, CultureInfo language, string colour) => Draw(ChatIcon.StandardOf(default), isOnline, language, colour);

    /// <summary>Draws the state: filled with the company's colour while somebody can answer, outlined in grey otherwise.</summary>
    /// <param name="colour">The company's colour as #rrggbb.</param>
    public static string Draw(ChatIcon icon, bool isOnline, CultureInfo language, string colour)
    {
        var ground = CompanyColour.Read(colour);
        var (fill, line, ink) = isOnline ? (ground.ToString(), ground.ToString(), ground.TextUpon.ToString()) : ("#fff", Away, "#515965");
        var said = Words(icon, isOnline, language);
        var (words, span, (width, height)) = (WebUtility.HtmlEncode(said), Span(said), SizeOf(icon));
        // Whatever face the visitor has, the words keep to their place.
        var fit = Fmt($"font-size=\"15\" textLength=\"{span:0.#}\" lengthAdjust=\"spacingAndGlyphs\"");
        var weight = fit + " font-weight=\"600\"";
        // A centre of words and bubble together.
        var left = (width - span - 28) / 2;
        var top = (height - span - 30) / 2;
        return icon.Look switch
        {
            IconLook.Round => Svg(width, height, words,
                $"<title>{words}</title><circle cx=\"28\" cy=\"28\" r=\"27.5\" fill=\"{fill}\" stroke=\"{line}\"/><path transform=\"translate(14 14.5) scale(1.17)\" fill=\"{ink}\" d=\"{Bubble}\"/>{Dot(isOnline, 46, 46, "#fff")}"),
            IconLook.Tab => Svg(width, height, words, Fmt(
                $"<rect x=\"{(icon.IsLeft ? -8 : .5)}\" y=\".5\" width=\"47.5\" height=\"{height - 1}\" rx=\"8\" fill=\"{fill}\" stroke=\"{line}\"/><g fill=\"{ink}\"><path transform=\"translate(10 {top:0.#}) scale(.83)\" d=\"{Bubble}\"/><text {Face} {weight} writing-mode=\"vertical-rl\" y=\"{top + 28:0.#}\" x=\"20\">{words}</text></g>")),
            IconLook.Bar => Svg(width, height, words, Fmt(
                $"<path d=\"M.5 .5h{width - 1}v39h-{width - 1}z\" fill=\"{fill}\" stroke=\"{line}\"/><g fill=\"{ink}\"><path transform=\"translate({left:0.#} 10) scale(.83)\" d=\"{Bubble}\"/><text x=\"{left + 28:0.#}\" y=\"25.4\" {Face} {weight}>{words}</text></g>")),
            IconLook.Words => Svg(width, height, words, Fmt(
                $"{Dot(isOnline, 6, 11, null)}<text x=\"15\" y=\"16.4\" {Face} {fit} fill=\"{(isOnline ? Readable(ground) : "#515965")}\">{words}</text>")),
            _ => Svg(width, height, words, Fmt(
                $"<rect x=\".5\" y=\".5\" width=\"{width - 1}\" height=\"43\" rx=\"21.5\" fill=\"{fill}\" stroke=\"{line}\"/><g fill=\"{ink}\"><path transform=\"translate({left:0.#} 12) scale(.83)\" d=\"{Bubble}\"/><text x=\"{left + 28:0.#}\" y=\"27.4\" {Face} {weight}>{words}</text></g>")),
        };
    }

    /// <summary>Puts a picture of the company's own into the measures a code carries, so that neither state is stretched.</summary>
    public static string Wrap(ChatIcon icon, ChatPicture picture, bool isOnline, CultureInfo language)
    {
        var (width, height) = SizeOf(icon);
        var words = WebUtility.HtmlEncode(Words(icon, isOnline, language));
        return Svg(width, height, words, $"<title>{words}</title><image width=\"{width}\" height=\"{height}\" href=\"data:{picture.ContentType};base64,{Convert.ToBase64String(picture.Content)}\"/>");
    }

    private static string Svg(int width, int height, string words, string content) => Fmt(
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{words}\">{content}</svg>");

    private static string Dot(bool isOnline, int x, int y, string? rim) => isOnline
        ? $"<circle cx=\"{x}\" cy=\"{y}\" r=\"{(rim is null ? 5 : 7)}\" fill=\"#1d8a50\"{(rim is null ? "" : $" stroke=\"{rim}\" stroke-width=\"2\"")}/>"
        : $"<circle cx=\"{x}\" cy=\"{y}\" r=\"{(rim is null ? 4 : 6)}\" fill=\"#fff\" stroke=\"{Away}\" stroke-width=\"2\"/>";

    // Words without a ground stand on the page's own, which is taken to be light.
    private static string Readable(CompanyColour colour)
    {
        var shade = colour;
        for (var share = 0.1; shade.Contrast(CompanyColour.White) < 4.6 && share <= 1; share += 0.1) shade = colour.With(CompanyColour.Black, share);
        return shade.ToString();
    }

    // Signs of the Chinese face are as wide as high, Latin letters a little over half of it.
    private static double Span(string words) => words.Sum(sign => sign > 0x2e80 ? 15.0 : char.IsAsciiLetterUpper(sign) ? 10.4 : 8.1);

    private static string Fmt(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
