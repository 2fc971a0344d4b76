using Live800.Domain.Visitors;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Visitors;

/// <summary>Where a visit came from, in a few words: 百度 · 橡木餐桌, 知乎, 百度推广 · 春季, 链接 · zhuangxiu.example, 直接访问.</summary>
public static class SourceWords
{
    public static string Of(VisitSource source, IStringLocalizer<Texts> texts) => source.Kind switch
    {
        VisitSourceKind.Search or VisitSourceKind.Social or VisitSourceKind.Mail or VisitSourceKind.Assistant => Join(Name(source.Name, texts), source.Keyword),
        VisitSourceKind.Advert => Join(Name(source.Name, texts), source.Keyword.Length > 0 ? source.Keyword : source.Campaign),
        VisitSourceKind.Campaign => Join(source.Name.Length > 0 ? Name(source.Name, texts) : texts["SourceCampaign"].Value, source.Campaign.Length > 0 ? source.Campaign : source.Keyword),
        VisitSourceKind.Link => Join(texts["SourceLink"].Value, source.Host),
        _ => texts["SourceDirect"].Value,
    };

    /// <summary>The kind alone: 搜索引擎, 社交媒体.</summary>
    public static string Of(VisitSourceKind kind, IStringLocalizer<Texts> texts) => texts["Source" + kind].Value;

    /// <summary>A known site's name in the reader's language. Chinese ones have another name in English; most others are called the same everywhere.</summary>
    public static string Name(string name, IStringLocalizer<Texts> texts) => texts["Engine." + name] is { ResourceNotFound: false } known ? known.Value : name;

    private static string Join(string first, string second) => second.Length > 0 ? $"{first} · {second}" : first;
}
