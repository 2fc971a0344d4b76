using Live800.Domain.Statistics;
using Live800.Portal.Data.Rollups;

namespace Live800.Portal.Features.Statistics;

/// <summary>What was counted under several names that belong together.</summary>
/// <param name="Key">What they have in common, as it stands in the address.</param>
/// <param name="Ids">The names.</param>
/// <param name="Before">The same of the compared period; nothing without comparison.</param>
public sealed record SliceGroup(string Key, IReadOnlyList<long> Ids, SliceSums Sums, SliceSums? Before);

/// <summary>Puts slices together that belong together.</summary>
public static class SliceGroups
{
    /// <summary>The groups, most visits first. What only the compared period has stands there with nothing now.</summary>
    public static IReadOnlyList<SliceGroup> By(IReadOnlyList<NamedSlice> now, IReadOnlyList<NamedSlice>? before, Func<NamedSlice, string?> key)
    {
        var earlier = (before ?? []).Select(slice => (Key: key(slice), slice)).Where(pair => pair.Key is not null).GroupBy(pair => pair.Key!).ToDictionary(group => group.Key, group => (Ids: group.Select(pair => pair.slice.Id).ToList(), Sums: Sum(group.Select(pair => pair.slice))));
        var groups = now.Select(slice => (Key: key(slice), slice)).Where(pair => pair.Key is not null).GroupBy(pair => pair.Key!)
            .Select(group => new SliceGroup(group.Key, [.. group.Select(pair => pair.slice.Id)], Sum(group.Select(pair => pair.slice)), before is null ? null : earlier.TryGetValue(group.Key, out var was) ? was.Sums : default(SliceSums)))
            .ToList();
        var known = groups.Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        groups.AddRange(earlier.Where(pair => !known.Contains(pair.Key)).Select(pair => new SliceGroup(pair.Key, pair.Value.Ids, default, pair.Value.Sums)));
        return [.. groups.OrderByDescending(group => group.Sums.Visits).ThenByDescending(group => group.Before?.Visits ?? 0).ThenBy(group => group.Key, StringComparer.Ordinal)];
    }

    private static SliceSums Sum(IEnumerable<NamedSlice> slices) => slices.Aggregate(default(SliceSums), (sum, slice) => sum + slice.Sums);
}
