using System.Net;
using System.Net.Sockets;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// How much one network address may ask for in a minute. A table of fixed size without timers, because page views come from hundreds of thousands of addresses a minute
/// and a limiter object for each would cost more than the view; addresses that fall into one slot share its budget, which is generous. One customer line counts as one:
/// a single address in IPv4, a /64 in IPv6.
/// </summary>
internal sealed class AddressBudget(int perMinute)
{
    private const int Slots = 1 << 16;
    private const long Window = 60_000;

    // Which minute, and how many in it.
    private readonly long[] _slots = new long[Slots];

    /// <summary>Null when the address may go on, otherwise how long it has to wait.</summary>
    public TimeSpan? Wait(IPAddress? address, long milliseconds)
    {
        ref var slot = ref _slots[SlotOf(address)];
        var minute = (milliseconds / Window) & int.MaxValue;
        while (true)
        {
            var before = Volatile.Read(ref slot);
            var used = before >> 32 == minute ? (uint)before : 0;
            if (used >= perMinute)
                return TimeSpan.FromMilliseconds(Window - (milliseconds % Window));
            if (Interlocked.CompareExchange(ref slot, (minute << 32) | (used + 1), before) == before)
                return null;
        }
    }

    private static int SlotOf(IPAddress? address)
    {
        if (address is null)
            return 0;
        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out var length);
        var line = bytes[..length];
        if (address.IsIPv4MappedToIPv6)
            line = line[12..];
        else if (address.AddressFamily == AddressFamily.InterNetworkV6)
            line = line[..8];
        var hash = new HashCode();
        hash.AddBytes(line);
        return hash.ToHashCode() & (Slots - 1);
    }
}
