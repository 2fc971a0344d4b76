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

    /// <summary>
    /// The neighbourhood of an address, which names nobody: what is left of it after a while, and what is counted (rule 6). The first three numbers of an old one, the first 48 bits of a new one; empty when it is none.
    /// Of a neighbourhood it is that neighbourhood.
    /// </summary>
    public static string Shorten(string? address)
    {
        var text = address?.Trim() ?? "";
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && text[slash..] is not ("/24" or "/48" or "/64"))
        {
            return "";
        }

        var line = Of(slash < 0 ? text : text[..slash]);
        if (line is null)
        {
            return "";
        }

        var bytes = IPAddress.Parse(line.EndsWith("/64", StringComparison.Ordinal) ? line[..^3] : line).GetAddressBytes();
        bytes.AsSpan(bytes.Length == 4 ? 3 : 6).Clear();
        return $"{new IPAddress(bytes)}/{(bytes.Length == 4 ? 24 : 48)}";
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
