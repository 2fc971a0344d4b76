using Live800.Portal.Data;

namespace Live800.Portal.Identity;

/// <summary>
/// For which address passkeys are made: the portal's own, and never the one a request names in its Host header, which anybody may write. Browsers keep passkeys for names with HTTPS and for
/// this very machine, not for bare network addresses.
/// </summary>
public sealed class PasskeyPlace(PublicAddress address)
{
    private const string OwnMachine = "localhost";

    /// <summary>The name a passkey belongs to.</summary>
    public string Host => Of(out var own) ? OwnMachine : own.IdnHost;

    /// <summary>The address on which passkeys can be used.</summary>
    public string Origin => Of(out var own) ? $"{own.Scheme}://{OwnMachine}{Port(own)}" : $"{own.Scheme}://{own.IdnHost}{Port(own)}";

    /// <summary>Whether browsers make passkeys for this address at all.</summary>
    public bool IsPossible => Of(out var own) || (own.Scheme == Uri.UriSchemeHttps && own.HostNameType == UriHostNameType.Dns);

    // On the machine itself the one name browsers accept, however the setting writes it.
    private bool Of(out Uri own)
    {
        own = new Uri(address.Base);
        return own.IsLoopback;
    }

    private static string Port(Uri own) => own.IsDefaultPort ? "" : FormattableString.Invariant($":{own.Port}");
}
