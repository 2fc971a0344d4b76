using System.Buffers.Binary;
using System.Text;

namespace Live800.Portal.Bench.Wire;

/// <summary>The few MessagePack shapes the circuit's hub protocol uses, written and read by hand.</summary>
internal sealed class PackWriter
{
    private readonly List<byte> _bytes = [];

    public PackWriter Array(int count)
    {
        _bytes.Add((byte)(0x90 | count));
        return this;
    }

    public PackWriter EmptyMap()
    {
        _bytes.Add(0x80);
        return this;
    }

    public PackWriter Nil()
    {
        _bytes.Add(0xc0);
        return this;
    }

    public PackWriter Bool(bool value)
    {
        _bytes.Add(value ? (byte)0xc3 : (byte)0xc2);
        return this;
    }

    public PackWriter Int(long value)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 0xd3;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], value);
        _bytes.AddRange(bytes);
        return this;
    }

    public PackWriter Text(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        Span<byte> head = stackalloc byte[5];
        head[0] = 0xdb;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], utf8.Length);
        _bytes.AddRange(head);
        _bytes.AddRange(utf8);
        return this;
    }

    /// <summary>The message with its length in front, as it goes on the wire.</summary>
    public byte[] Framed()
    {
        var framed = new List<byte>(_bytes.Count + 5);
        var length = _bytes.Count;
        do
        {
            var part = (byte)(length & 0x7f);
            length >>= 7;
            framed.Add(length > 0 ? (byte)(part | 0x80) : part);
        }
        while (length > 0);
        framed.AddRange(_bytes);
        return [.. framed];
    }
}

internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Reads one value: long, string, byte[], bool, double, null, a list or a map as a flat list.</summary>
    public object? Read()
    {
        var head = Take(1)[0];
        return head switch
        {
            <= 0x7f => (long)head,
            >= 0xe0 => (long)(sbyte)head,
            >= 0x80 and <= 0x8f => Items((head & 0x0f) * 2),
            >= 0x90 and <= 0x9f => Items(head & 0x0f),
            >= 0xa0 and <= 0xbf => Encoding.UTF8.GetString(Take(head & 0x1f)),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 => Take(Take(1)[0]).ToArray(),
            0xc5 => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))).ToArray(),
            0xc6 => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))).ToArray(),
            0xca => (double)BinaryPrimitives.ReadSingleBigEndian(Take(4)),
            0xcb => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            0xcc => (long)Take(1)[0],
            0xcd => (long)BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xce => (long)BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            0xcf => (long)BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            0xd0 => (long)(sbyte)Take(1)[0],
            0xd1 => (long)BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xd2 => (long)BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            0xd9 => Encoding.UTF8.GetString(Take(Take(1)[0])),
            0xda => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2)))),
            0xdb => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32BigEndian(Take(4)))),
            0xdc => Items(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
            0xdd => Items(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
            0xde => Items(BinaryPrimitives.ReadUInt16BigEndian(Take(2)) * 2),
            _ => throw new InvalidDataException($"MessagePack head {head:x2} is not expected here"),
        };
    }

    private List<object?> Items(int count)
    {
        var items = new List<object?>(count);
        for (var i = 0; i < count; i++)
            items.Add(Read());
        return items;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
