namespace Live800.Portal.Data;

/// <summary>
/// A verb's command line as it was typed: its name first, then words (files, say), <c>--json</c> and the verb's own switches, <c>--demo</c>, and the portal's settings as
/// <c>--Portal:DataDirectory=…</c> or from the environment.
/// </summary>
public sealed record PortalVerb(PortalOptions Options, IReadOnlyList<string> Words, IReadOnlySet<string> Switches, IReadOnlyList<string> Unknown)
{
    /// <summary>The answer is for scripts.</summary>
    public const string JsonSwitch = "--json";

    /// <summary>The demo's settings and files.</summary>
    public const string DemoSwitch = "--demo";

    // Settings without a section; with one they have a colon.
    private static readonly string[] Plain = ["--urls", "--demo-urls", "--environment", "--contentRoot", "--applicationName", "--http_ports", "--https_ports"];

    private const string OwnAddress = "http://localhost:5080";

    /// <summary>Where a portal of these settings listens.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [OwnAddress];

    /// <summary>Whether the answer is for scripts.</summary>
    public bool Json => Switches.Contains(JsonSwitch);

    /// <summary>Whether a name on the command line is a setting's, whose value comes after it.</summary>
    internal static bool IsSetting(string key) => key.StartsWith("--", StringComparison.Ordinal) && (key.Contains(':', StringComparison.Ordinal) || Plain.Contains(key, StringComparer.OrdinalIgnoreCase));

    /// <summary>Reads the command line if it begins with the verb's name; otherwise nothing. What begins with two strokes and is nobody's stands in <see cref="Unknown"/>.</summary>
    /// <param name="switches">What this verb knows beside <c>--json</c> and <c>--demo</c>.</param>
    public static PortalVerb? Read(string name, IReadOnlyList<string> args, params IReadOnlyList<string> switches)
    {
        if (args.Count == 0 || args[0] != name) return null;
        var (settings, words, unknown, said) = (new List<string>(), new List<string>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 1; i < args.Count; i++)
        {
            var arg = args[i];
            if (arg == JsonSwitch || switches.Contains(arg))
            {
                _ = said.Add(arg);
            }
            else if (arg.Equals(DemoSwitch, StringComparison.OrdinalIgnoreCase))
            {
                settings.Add(arg);
            }
            else if (!arg.StartsWith('-'))
            {
                // A path may begin with a slash, which the configuration would take for a setting.
                words.Add(arg);
            }
            else
            {
                var key = arg.Split('=')[0];
                if (!IsSetting(key)) unknown.Add(arg);
                else if (key.Length < arg.Length) settings.Add(arg);
                else if (i + 1 < args.Count) settings.AddRange([arg, args[++i]]);
            }
        }

        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(PortalOptions.Arguments(settings)).Build();
        var options = configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();
        if (options is { DataDirectory: null, Demo: false } && !Directory.Exists(options.DataPath) && Directory.Exists(new PortalOptions { Demo = true }.DataPath))
        {
            // Typed beside a demo: the launch profile's --demo does not reach a verb.
            options.Demo = true;
        }

        return new PortalVerb(options, words, said, unknown) { Addresses = AddressesOf(configuration) };
    }

    /// <summary>Where a portal of this configuration listens, in the host's own order: named endpoints, addresses, bare ports.</summary>
    internal static IReadOnlyList<string> AddressesOf(IConfiguration configuration)
    {
        const char between = ';';
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0) return endpoints;
        if (Of("urls") is { } addresses) return addresses.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IReadOnlyList<string> ports = [.. OnAll("http"), .. OnAll("https")];
        return ports.Count > 0 ? ports : [OwnAddress];

        string? Of(string name) => new[] { configuration[name], configuration["ASPNETCORE_" + name], configuration["DOTNET_" + name] }.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

        IEnumerable<string> OnAll(string scheme) => (Of(scheme + "_ports") ?? "").Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(port => $"{scheme}://*:{port}");
    }
}
