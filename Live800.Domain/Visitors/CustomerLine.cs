using System.Net;
using System.Net.Sockets;

namespace Live800.Domain.Visitors;

/// <summary>
/// The part of a network address that belongs to one customer: the number itself, of IPv6 the first half, because the second is the browser's to change (rules 2 and 4).
/// </summary>
public static class CustomerLine
{
    /// <summary>Of an address as people write it. Nothing when it is none.</summary>
    public static string? Of(string? address)
    {
        var text = address?.Trim() ?? "";
        if (text.EndsWith("::/64", StringComparison.Ordinal))
        {
            text = text[..^3];
        }

        // What else is parsed (a bare number, octal digits) is not how people write addresses.
        return text.Length <= 45 && IPAddress.TryParse(text, out var found) && (found.AddressFamily != AddressFamily.InterNetwork || text.Count(c => c == '.') == 3) ? Of(found) : null;
    }

    /// <summary>Of an address.</summary>
    public static string Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return plain.ToString();
        }

        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
