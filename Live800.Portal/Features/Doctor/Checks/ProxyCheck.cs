using System.Net.Sockets;
using Live800.Portal.Hosting;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>Whether the proxies that are trusted can be read, and are not everybody.</summary>
internal static class ProxyCheck
{
    private const string Name = "proxies";
    private const int WideV4 = 8;
    private const int WideV6 = 16;

    public static Finding Look(string? setting)
    {
        var trusted = TrustedProxies.Read(setting);
        const string advice = "Name the proxy's own address alone, as 127.0.0.1 where it runs on this machine.";
        if (trusted.Wrong is { } wrong) return Finding.Wrong(Name, wrong + " The portal does not start with it.", advice);
        if (trusted.IsEmpty) return Finding.Ok(Name, "No proxy is trusted (Portal__TrustedProxies): everybody's address is the one he connects from.");
        var everybody = trusted.Networks.Where(network => network.PrefixLength == 0).ToList();
        if (everybody.Count > 0)
        {
            return Finding.Wrong(Name, $"Portal__TrustedProxies has {everybody[0]}, which is everybody: whoever likes can come with another address each time, past every limit and every block.", advice);
        }

        var wide = trusted.Networks.Where(network => network.PrefixLength < (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? WideV4 : WideV6)).ToList();
        return wide.Count > 0
            ? Finding.Warning(Name, $"Portal__TrustedProxies has {wide[0]}, which is far more than anybody's own network.", advice)
            : Finding.Ok(Name, $"{string.Join(", ", [.. trusted.Addresses.Select(address => address.ToString()), .. trusted.Networks.Select(network => network.ToString())])} {(trusted.Addresses.Count + trusted.Networks.Count == 1 ? "is" : "are")} believed about where visitors come from.");
    }
}
