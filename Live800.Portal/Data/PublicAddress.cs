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
    /// <summary>The setting's name where people set it.</summary>
    internal const string Setting = "Portal__PublicUrl";

    /// <summary>What to do where the setting is wrong.</summary>
    internal const string Example = $"Set {Setting} to the address visitors use, as https://chat.example.com.";

    /// <summary>Why nobody could follow a link made of this setting; nothing where all is well or it is not set.</summary>
    internal static string? Wrong(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return null;
        var address = setting.Trim().TrimEnd('/');
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0) return $"{Setting} is '{address}', which is no address that begins with https:// or http://.";
        return url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0 ? $"{Setting} is '{address}', which has more in it than a host and a path." : null;
    }

    /// <summary>Scheme, host, port and path without a slash at the end, for example <c>https://chat.example.com</c>.</summary>
    public string Base
    {
        get
        {
            var address = options.Value.PublicUrl?.Trim() is { Length: > 0 } chosen ? chosen : Reachable(server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost");
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
