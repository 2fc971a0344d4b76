using System.Globalization;
using Live800.Domain.Visitors;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Features.Visitors;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Statistics;

/// <summary>
/// Sources in three degrees: the kind (search engines), the name (百度), and what is below it (host and campaign). A key of the address is the kind's number, the name and the rest with a tilde between: <c>1~百度</c>.
/// </summary>
public static class SourceGroups
{
    private const char Between = '~';

    /// <summary>By kind.</summary>
    public static IReadOnlyList<SliceGroup> Kinds(IReadOnlyList<NamedSlice> now, IReadOnlyList<NamedSlice>? before) => SliceGroups.By(now, before, slice => KindOf(SourceText.Parse(slice.Text)));

    /// <summary>By name.</summary>
    public static IReadOnlyList<SliceGroup> Named(IReadOnlyList<NamedSlice> now, IReadOnlyList<NamedSlice>? before, string? within = null) =>
        SliceGroups.By(now, before, slice => SourceText.Parse(slice.Text) is var source && (within is null || KindOf(source) == within) ? NameKeyOf(source) : null);

    /// <summary>By host and campaign, within a name.</summary>
    public static IReadOnlyList<SliceGroup> Below(IReadOnlyList<NamedSlice> now, IReadOnlyList<NamedSlice>? before, string name) =>
        SliceGroups.By(now, before, slice => SourceText.Parse(slice.Text) is var source && NameKeyOf(source) == name ? $"{name}{Between}{source.Campaign}{Between}{source.Host}" : null);

    /// <summary>The names a key stands for.</summary>
    public static IReadOnlyList<long> IdsOf(IReadOnlyList<NamedSlice> slices, string key) =>
        [.. slices.Where(slice => SourceText.Parse(slice.Text) is var source && (KindOf(source) == key || NameKeyOf(source) == key || $"{NameKeyOf(source)}{Between}{source.Campaign}{Between}{source.Host}" == key)).Select(slice => slice.Id)];

    /// <summary>How deep a key is: 1 a kind, 2 a name, 3 what is below.</summary>
    public static int DepthOf(string key) => key.Count(sign => sign == Between) switch { 0 => 1, 1 => 2, _ => 3 };

    /// <summary>The key of the kind that a key belongs to.</summary>
    public static string KindKeyOf(string key) => key.Split(Between)[0];

    /// <summary>In the reader's words.</summary>
    public static string Name(string key, IStringLocalizer<Visitors.Texts> visitors, IStringLocalizer<Texts> texts)
    {
        var parts = key.Split(Between);
        var kind = Kind(parts[0]);
        if (parts.Length == 1) return SourceWords.Of(kind, visitors);
        if (parts.Length == 2) return parts[1].Length > 0 ? SourceWords.Name(parts[1], visitors) : kind == VisitSourceKind.Direct ? SourceWords.Of(kind, visitors) : texts["Nameless"];
        var below = string.Join(" · ", parts[2..].Where(part => part.Length > 0));
        return below.Length > 0 ? below : texts["Nameless"];
    }

    /// <summary>The kind beside a name, where the name alone does not say it.</summary>
    public static string? Note(string key, IStringLocalizer<Visitors.Texts> visitors) => DepthOf(key) == 2 && Kind(KindKeyOf(key)) is var kind and not VisitSourceKind.Direct ? SourceWords.Of(kind, visitors) : null;

    private static string KindOf(VisitSource source) => ((int)source.Kind).ToString(CultureInfo.InvariantCulture);

    // A link has no other name than its host.
    private static string NameKeyOf(VisitSource source) => $"{KindOf(source)}{Between}{(source.Name.Length > 0 ? source.Name : source.Host).Replace(Between, '-')}";

    private static VisitSourceKind Kind(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((VisitSourceKind)number) ? (VisitSourceKind)number : VisitSourceKind.Direct;
}
