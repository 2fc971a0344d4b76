namespace Live800.Portal.Data;

/// <summary>The settings people hold on to: <c>Portal__DataDirectory</c>, <c>Portal__PublicUrl</c>, <c>Portal__TrustedProxies</c>, <c>Portal__Certificate</c>, <c>Portal__CertificateKey</c>, <c>--demo</c>, <c>--demo-urls</c>.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>Where every file of the portal lives. Relative to the working folder; default <c>data</c>, with the demo <c>data-demo</c>.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>The address people reach the portal by; null means the first listening address. Never taken from a request's Host header.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Addresses or networks whose X-Forwarded-* headers are believed, separated by commas; none by default.</summary>
    public string? TrustedProxies { get; set; }

    /// <summary>What HTTPS is served with where the portal serves it itself: a certificate with its chain as PEM, or a .pfx with its key; none by default. A renewed file is taken without a restart.</summary>
    public string? Certificate { get; set; }

    /// <summary>The certificate's key as PEM, where it is not in the same file.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>What the key or the .pfx is locked with, if it is.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>A file of places (.mmdb) that tells where visitors' network addresses are; none by default, and then there are no places.</summary>
    public string? Places { get; set; }

    /// <summary>Upgrades although a ledger is not as it was written; for a box whose ledger was changed by hand before.</summary>
    public bool SkipLedgerCheck { get; set; }

    public bool Demo { get; set; }

    /// <summary>Where the demo shop listens; port 0 picks a free one.</summary>
    public string DemoUrls { get; set; } = "http://localhost:5081";

    public string DataPath => Path.GetFullPath(DataDirectory ?? (Demo ? "data-demo" : "data"));

    /// <summary>
    /// How the application starts: an installed portal finds its pages' files beside itself, whatever folder it was started in; the data directory is relative to that folder.
    /// </summary>
    public static WebApplicationOptions Application(IReadOnlyList<string> args) => new()
    {
        Args = Arguments(args),
        ContentRootPath = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null,
    };

    /// <summary>
    /// The switches people type, as the configuration reads them. A bare <c>--demo</c> would otherwise swallow the argument after it; where the shop listens is
    /// asked for the demo only, so that it never starts a real box by mistake.
    /// </summary>
    public static string[] Arguments(IReadOnlyList<string> args)
    {
        var result = new List<string>(args.Count);
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            if (arg.Equals("--demo", StringComparison.OrdinalIgnoreCase)) result.Add($"--{Section}:{nameof(Demo)}=true");
            else if (arg.Equals("--demo-urls", StringComparison.OrdinalIgnoreCase) && i + 1 < args.Count) result.Add($"--{Section}:{nameof(DemoUrls)}={args[++i]}");
            else if (arg.StartsWith("--demo-urls=", StringComparison.OrdinalIgnoreCase)) result.Add($"--{Section}:{nameof(DemoUrls)}={arg["--demo-urls=".Length..]}");
            else result.Add(arg);
        }

        if (result.Exists(arg => arg.Contains(nameof(DemoUrls), StringComparison.Ordinal)) && !result.Exists(arg => arg.StartsWith($"--{Section}:{nameof(Demo)}=", StringComparison.Ordinal))) result.Add($"--{Section}:{nameof(Demo)}=true");
        return [.. result];
    }
}
