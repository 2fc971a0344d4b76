using System.Runtime.InteropServices;

namespace Live800.Portal.Data.Rollups;

/// <summary>Sums that were counted in memory, for the rows of one table; they are added to what is stored there.</summary>
/// <param name="bind">Puts a key into the first parameters.</param>
internal sealed class RollupTable<TKey>(string table, string[] keys, string[] columns, Action<RawStatement, TKey> bind)
    where TKey : struct
{
    private readonly Dictionary<TKey, long[]> _sums = [];
    private readonly string _add =
        $"INSERT INTO {table} ({string.Join(", ", keys)}, {string.Join(", ", columns)}) VALUES ({string.Join(", ", keys.Concat(columns).Select(name => "@" + name))}) "
        + $"ON CONFLICT ({string.Join(", ", keys)}) DO UPDATE SET {string.Join(", ", columns.Select(name => $"{name} = {name} + excluded.{name}"))}";

    // What comes to nothing is as if it had never been counted.
    private readonly string _drop = $"DELETE FROM {table} WHERE {string.Join(" AND ", keys.Select(name => $"{name} = @{name}"))} AND {string.Join(" AND ", columns.Select(name => $"{name} = 0"))}";
    private readonly string[] _keyNames = [.. keys.Select(name => "@" + name)];
    private readonly string[] _allNames = [.. keys.Concat(columns).Select(name => "@" + name)];

    public int Count => _sums.Count;

    public IEnumerable<(TKey Key, long[] Sums)> Sums => _sums.Select(pair => (pair.Key, pair.Value));

    public void Add(TKey key, int column, long by)
    {
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
        (sums ??= new long[columns.Length])[column] += by;
    }

    public void Add(TKey key, long[] by)
    {
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
        sums ??= new long[columns.Length];
        for (var i = 0; i < by.Length; i++) sums[i] += by[i];
    }

    public void Flush(RawWrite raw)
    {
        if (_sums.Count == 0)
            return;
        var add = raw.Statement(_add, _allNames);
        var drop = raw.Statement(_drop, _keyNames);
        foreach (var (key, sums) in _sums)
        {
            var (isLess, isMore) = (Array.Exists(sums, sum => sum < 0), Array.Exists(sums, sum => sum != 0));
            if (!isMore)
                continue;
            bind(add, key);
            for (var i = 0; i < sums.Length; i++) add.Bind(keys.Length + i, sums[i]);
            _ = add.Execute();
            if (!isLess)
                continue;
            bind(drop, key);
            _ = drop.Execute();
        }

        _sums.Clear();
    }

    public void Clear() => _sums.Clear();
}
