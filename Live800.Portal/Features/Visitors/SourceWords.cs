using Live800.Domain.Visitors;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Visitors;

/// <summary>Where a visit came from, in a few words: 百度 · 橡木餐桌, 链接 · zhihu.com, 直接访问.</summary>
public static class SourceWords
{
    public static string Of(VisitSource source, IStringLocalizer<Texts> texts) => source.Kind switch
    {
        VisitSourceKind.Search => Join(Engine(source.Name, texts), source.Keyword),
        VisitSourceKind.Campaign => Join(source.Name.Length > 0 ? source.Name : texts["SourceCampaign"].Value, source.Campaign.Length > 0 ? source.Campaign : source.Keyword),
        VisitSourceKind.Link => Join(texts["SourceLink"].Value, source.Host),
        _ => texts["SourceDirect"].Value,
    };

    private static string Join(string first, string second) => second.Length > 0 ? $"{first} · {second}" : first;

    // Chinese engines have another name in English; all others are called the same everywhere.
    private static string Engine(string name, IStringLocalizer<Texts> texts) => texts["Engine." + name] is { ResourceNotFound: false } known ? known.Value : name;
}
