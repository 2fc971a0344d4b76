using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Data;

/// <summary>
/// The address people reach the portal by: the setting, otherwise the first address it listens on. Links that leave the portal are made from
/// it and never from a request's Host header, which anybody may write.
/// </summary>
public sealed class PublicAddress(IOptions<PortalOptions> options, IServer? server = null)
{
    /// <summary>Scheme, host, port and path without a slash at the end, for example <c>https://chat.example.com</c>.</summary>
    public string Base
    {
        get
        {
            var address = options.Value.PublicUrl is { Length: > 0 } chosen ? chosen : Reachable(server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost");
            return address.TrimEnd('/');
        }
    }

    /// <summary>An address on the portal.</summary>
    /// <param name="path">Begins with a slash.</param>
    public string Of(string path) => Base + path;

    // "every address of this machine" is nothing a person can open.
    /// <summary>How a person on this machine opens a listening address.</summary>
    internal static string Reachable(string listening) => listening
        .Replace("://[::]", "://localhost", StringComparison.Ordinal)
        .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
        .Replace("://+", "://localhost", StringComparison.Ordinal)
        .Replace("://*", "://localhost", StringComparison.Ordinal);
}
