using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// The fields of an <c>application/x-www-form-urlencoded</c> body, read in place. A field that is not there is empty; of a doubled one the first counts.
/// Escapes that are none, bytes that are not UTF-8 (lone surrogates among them) and NUL are refused, never repaired.
/// </summary>
internal readonly ref struct FormFields(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;

    /// <summary>The field as text; false when it cannot be read.</summary>
    public bool TryText(ReadOnlySpan<byte> name, out string text)
    {
        var raw = Raw(name);
        if (raw.IsEmpty)
        {
            text = string.Empty;
            return true;
        }

        if (raw.IndexOfAny((byte)'%', (byte)'+') < 0)
            return TryRead(raw, out text);
        var rented = raw.Length > 512 ? ArrayPool<byte>.Shared.Rent(raw.Length) : null;
        var decoded = rented ?? stackalloc byte[512];
        try
        {
            text = string.Empty;
            return TryDecode(raw, decoded, out var length) && TryRead(decoded[..length], out text);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The field as a whole number of at most 53 bits; an empty one is 0; false when it is none.</summary>
    public bool TryNumber(ReadOnlySpan<byte> name, out long number)
    {
        var raw = Raw(name);
        number = 0;
        if (raw.Length > 16)
            return false;
        foreach (var digit in raw)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + (digit - '0');
        }

        return number < 1L << 53;
    }

    /// <summary>The field as it was sent, or decoded into <paramref name="space"/>; empty when it cannot be read or does not fit.</summary>
    public ReadOnlySpan<byte> Short(ReadOnlySpan<byte> name, Span<byte> space)
    {
        var raw = Raw(name);
        if (raw.IndexOfAny((byte)'%', (byte)'+') < 0)
            return raw;
        return raw.Length <= space.Length * 3 && TryDecode(raw, space, out var length) ? space[..length] : [];
    }

    /// <summary>Whether the field is there and not empty.</summary>
    public bool Has(ReadOnlySpan<byte> name) => !Raw(name).IsEmpty;

    private ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> name)
    {
        var rest = _body;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'&');
            var pair = end < 0 ? rest : rest[..end];
            if (pair.Length > name.Length && pair[name.Length] == (byte)'=' && pair.StartsWith(name))
                return pair[(name.Length + 1)..];
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return [];
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out string text)
    {
        if (bytes.Contains((byte)0) || !Utf8.IsValid(bytes))
        {
            text = string.Empty;
            return false;
        }

        text = Encoding.UTF8.GetString(bytes);
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> raw, Span<byte> decoded, out int length)
    {
        length = 0;
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOfAny((byte)'%', (byte)'+');
            if (plain < 0)
                plain = raw.Length;
            if (length + plain > decoded.Length)
                return false;
            raw[..plain].CopyTo(decoded[length..]);
            length += plain;
            raw = raw[plain..];
            if (raw.IsEmpty)
                return true;
            if (length == decoded.Length)
                return false;
            if (raw[0] == (byte)'+')
            {
                decoded[length++] = (byte)' ';
                raw = raw[1..];
                continue;
            }

            if (raw.Length < 3 || Hex(raw[1]) is not (>= 0 and var high) || Hex(raw[2]) is not (>= 0 and var low))
                return false;
            decoded[length++] = (byte)((high << 4) | low);
            raw = raw[3..];
        }

        return true;
    }

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
