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
        var trusted = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.TrustedProxies;
        var entries = (trusted ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (entries.Length == 0)
            return app;
        // The host is not taken over: addresses we hand out come from Portal__PublicUrl.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var entry in entries)
        {
            if (IPAddress.TryParse(entry, out var address))
                options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
                options.KnownIPNetworks.Add(network);
            else
                throw new StartRefusedException($"Portal__TrustedProxies has '{entry}', which is neither an address nor a network such as 10.0.0.0/8.");
        }

        // As many steps as there are proxies of ours in a row.
        options.ForwardLimit = null;
        _ = app.UseForwardedHeaders(options);
        return app;
    }
}
