using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Live800.Portal.Tests.Support;

/// <summary>Writes small files in the form of MaxMind DB 2.0: a tree of 24 bits over IPv6 in which IPv4 lies below ::/96, the data, and what the file says of itself.</summary>
public sealed class SmallMmdb
{
    private readonly List<int[]> _nodes = [[-1, -1]];
    private readonly List<byte[]> _data = [];

    /// <summary>Made on this day.</summary>
    public DateTimeOffset Built { get; init; } = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A network and what is known of it: strings, numbers, arrays (lists) and maps.</summary>
    public SmallMmdb With(string network, Dictionary<string, object> found)
    {
        var (address, length) = (IPAddress.Parse(network.Split('/')[0]), int.Parse(network.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture));
        var bytes = address.GetAddressBytes();
        if (bytes.Length == 4) (bytes, length) = ([.. new byte[12], .. bytes], length + 96);
        _data.Add(Value(found));
        var node = 0;
        for (var bit = 0; bit < length; bit++)
        {
            var side = (bytes[bit / 8] >> (7 - (bit % 8))) & 1;
            if (bit == length - 1)
            {
                _nodes[node][side] = -1 - _data.Count;
                break;
            }
            if (_nodes[node][side] < 0)
            {
                _nodes.Add([-1, -1]);
                _nodes[node][side] = _nodes.Count - 1;
            }
            node = _nodes[node][side];
        }
        return this;
    }

    /// <summary>A network of the tree form, with names in both languages.</summary>
    public SmallMmdb With(string network, string country, string region, string regionEn, string city, string cityEn) => With(network, new()
    {
        ["country"] = new Dictionary<string, object> { ["iso_code"] = country, ["names"] = new Dictionary<string, object> { ["en"] = country } },
        ["subdivisions"] = new List<object> { new Dictionary<string, object> { ["names"] = new Dictionary<string, object> { ["en"] = regionEn, ["zh-CN"] = region } } },
        ["city"] = new Dictionary<string, object> { ["geoname_id"] = 7u, ["names"] = new Dictionary<string, object> { ["de"] = "-", ["en"] = cityEn, ["zh-CN"] = city } },
    });

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        var starts = new List<int>();
        var start = 0;
        foreach (var value in _data)
        {
            starts.Add(start);
            start += value.Length;
        }
        foreach (var side in _nodes.SelectMany(node => node))
        {
            var record = side >= 0 ? side : side == -1 ? _nodes.Count : _nodes.Count + 16 + starts[-side - 2];
            file.Write([(byte)(record >> 16), (byte)(record >> 8), (byte)record]);
        }
        file.Write(new byte[16]);
        foreach (var value in _data) file.Write(value);
        file.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        file.Write(Value(new Dictionary<string, object>
        {
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = (ulong)Built.ToUnixTimeSeconds(),
            ["database_type"] = "Small",
            ["description"] = new Dictionary<string, object> { ["en"] = "For tests" },
            ["ip_version"] = (ushort)6,
            ["languages"] = new List<object> { "en", "zh-CN" },
            ["node_count"] = (uint)_nodes.Count,
            ["record_size"] = (ushort)24,
        }));
        return file.ToArray();
    }

    private static byte[] Value(object value) => value switch
    {
        string text => [.. Head(2, Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)],
        ushort number => [.. Head(5, 2), .. Big(number, 2)],
        uint number => [.. Head(6, 4), .. Big(number, 4)],
        ulong number => [.. Head(9, 8), .. Big(number, 8)],
        List<object> list => [.. Head(11, list.Count), .. list.SelectMany(Value)],
        Dictionary<string, object> map => [.. Head(7, map.Count), .. map.SelectMany(pair => Value(pair.Key).Concat(Value(pair.Value)))],
        _ => throw new ArgumentException(value.GetType().Name, nameof(value)),
    };

    // Kinds above seven stand in a byte of their own; lengths above 28 in another.
    private static byte[] Head(int kind, int length)
    {
        var size = length < 29 ? length : 29;
        byte[] head = kind <= 7 ? [(byte)((kind << 5) | size)] : [(byte)size, (byte)(kind - 7)];
        return length < 29 ? head : [.. head, (byte)(length - 29)];
    }

    private static byte[] Big(ulong number, int length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes[^length..];
    }
}
