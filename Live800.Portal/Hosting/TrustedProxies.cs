using System.Net;
using Live800.Portal.Data;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Hosting;

/// <summary>
/// Whose word counts about where a request came from: only the proxies of <c>Portal__TrustedProxies</c>. From anybody else X-Forwarded-* headers are ignored, so that
/// nobody can borrow another address and its budgets.
/// </summary>
public static class TrustedProxies
{
    public static WebApplication UseTrustedProxies(this WebApplication app)
    {
        var trusted = Read(app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.TrustedProxies);
        if (trusted.Wrong is { } wrong)
            throw new StartRefusedException(wrong);
        if (trusted.IsEmpty)
            return app;
        // The host is not taken over: addresses we hand out come from Portal__PublicUrl.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var address in trusted.Addresses) options.KnownProxies.Add(address);
        foreach (var network in trusted.Networks) options.KnownIPNetworks.Add(network);
        // As many steps as there are proxies of ours in a row.
        options.ForwardLimit = null;
        _ = app.UseForwardedHeaders(options);
        return app;
    }

    /// <summary>Reads the setting: addresses and networks, separated by commas.</summary>
    public static TrustedList Read(string? setting)
    {
        var (addresses, networks) = (new List<IPAddress>(), new List<System.Net.IPNetwork>());
        foreach (var entry in (setting ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(entry, out var address))
                addresses.Add(address);
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
                networks.Add(network);
            else
                return new TrustedList([], [], $"Portal__TrustedProxies has '{entry}', which is neither an address nor a network such as 10.0.0.0/8.");
        }

        return new TrustedList(addresses, networks, null);
    }
}

/// <summary>Who is trusted.</summary>
/// <param name="Wrong">What cannot be read, as a sentence; then nobody is trusted.</param>
public sealed record TrustedList(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<System.Net.IPNetwork> Networks, string? Wrong)
{
    public bool IsEmpty => Addresses.Count == 0 && Networks.Count == 0;
}
