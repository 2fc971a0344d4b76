using System.Globalization;

namespace Live800.Portal.Features.Widget;

/// <summary>Which of the two languages a visitor reads: that of the page he is on, else the first one his browser asks for that we have.</summary>
public static class WidgetLanguage
{
    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>Reads <c>?lang=</c> and then <c>Accept-Language</c>; Chinese when neither says anything, English when both say something else.</summary>
    public static CultureInfo Of(HttpRequest request)
    {
        if (Known(request.Query["lang"].ToString()) is { } chosen) return chosen;
        var wanted = request.GetTypedHeaders().AcceptLanguage;
        foreach (var language in wanted.OrderByDescending(one => one.Quality ?? 1))
        {
            if (language.Quality is not 0 && Known(language.Value.ToString()) is { } known) return known;
        }

        return wanted.Count == 0 ? Chinese : English;
    }

    private static CultureInfo? Known(string tag) =>
        tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese
        : tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English
        : null;
}
