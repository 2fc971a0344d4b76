using System.Net;
using System.Text.Json;
using Live800.Portal.Data;
using Live800.Portal.Features.Backups;
using Live800.Portal.Features.Doctor.Checks;
using Live800.Portal.Hosting;

namespace Live800.Portal.Features.Doctor;

/// <summary>
/// <c>doctor [--quick] [--json]</c>: looks at the box with the portal's settings and says in words what is wrong and what to do. Works beside a serving portal and without one; only reads. Exit 0 when nothing is wrong, 1 when something is, 2 when the command line is wrong.
/// </summary>
public static class DoctorVerb
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "doctor";

    /// <summary>Without looking through the database files.</summary>
    public const string Quick = "--quick";

    private const string Usage = "doctor [--quick] [--json], and the portal's settings: Portal__DataDirectory names its data folder, --urls where it listens. --quick does not look through the database files.";
    private static readonly TimeSpan Call = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MailCall = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Runs the verb if the command line asks for it; otherwise nothing.</summary>
    public static async Task<int?> TryRunAsync(string[] args) => PortalVerb.Read(Name, args, Quick) is { } verb ? await RunAsync(verb, TimeProvider.System, Console.Out) : null;

    /// <summary>Looks at everything and writes what was found.</summary>
    public static async Task<int> RunAsync(PortalVerb verb, TimeProvider clock, TextWriter output)
    {
        if (verb.Words.Count > 0 || verb.Unknown.Count > 0)
        {
            await output.WriteLineAsync(verb.Json ? JsonSerializer.Serialize(new { ok = false, problem = "Usage", why = Usage }, Json) : Usage);
            return 2;
        }

        if (!verb.Json) await output.WriteLineAsync($"Live800.Portal {BackupManifest.ThisVersion}, data folder {verb.Options.DataPath}, listening on {string.Join(" and ", verb.Addresses)}");
        var findings = new List<Finding>();
        await foreach (var finding in FindAsync(verb, clock, line => { if (!verb.Json) output.WriteLine(line); }))
        {
            findings.Add(finding);
            if (!verb.Json) await output.WriteLineAsync(finding.ToString());
        }

        var (wrong, warnings) = (findings.Count(finding => finding.Level == FindingLevel.Wrong), findings.Count(finding => finding.Level == FindingLevel.Warning));
        await output.WriteLineAsync(verb.Json
            ? JsonSerializer.Serialize(findings.Select(finding => new { check = finding.Check, level = finding.Level.ToString().ToLowerInvariant(), seen = finding.Seen, advice = finding.Advice }), Json)
            : $"{(wrong == 0 ? "Nothing is wrong" : $"{wrong} {(wrong == 1 ? "thing is" : "things are")} wrong")}, {(warnings == 0 ? "and there is no warning" : $"{warnings} {(warnings == 1 ? "warning" : "warnings")}")}.");
        return wrong == 0 ? 0 : 1;
    }

    private static async IAsyncEnumerable<Finding> FindAsync(PortalVerb verb, TimeProvider clock, Action<string> tell)
    {
        var (options, files) = (verb.Options, PortalFiles.Named(verb.Options.DataPath));
        var held = FolderLock.IsHeld(files.ProcessLock);
        var isServed = held ?? true;
        var stored = await StoredSettings.ReadAsync(files, isServed);
        var backups = stored.Backups ?? new BackupSettings();
        var folder = backups.Folder ?? files.Backups;
        // Where it is not there yet it will be made in the data folder.
        var isOneDisk = Directory.Exists(folder) ? FileFacts.OnOneDisk(files.Root, folder) : true;
        var secret = PortalProof.Read(files);
        var first = verb.Addresses.Count > 0 ? verb.Addresses[0] : "";

        var checks = new List<(string Name, Func<Task<IReadOnlyList<Finding>>> Look)>
        {
            ("process", One(() => ServingCheck.Look(files, held))),
            ("databases", Many(() => DatabaseCheck.Look(files, isServed, verb.Switches.Contains(Quick), tell))),
            ("disk", Many(() => Directory.Exists(files.Root) ? DiskCheck.Look(files, folder, isOneDisk ?? false, DiskRoom.At) : [])),
            ("permissions", Many(() => PermissionCheck.Look(files, FileFacts.Myself(), FileFacts.Of))),
            ("settings", Many(() => stored.Fault is { } fault ? [Finding.Warning("settings", $"What is stored of the clock, mail and backups could not be read, so that less was looked at: {fault}", "See what is said of the databases.")] : [])),
            ("clock", Many(() => ClockCheck.Look(stored.Clock, clock.GetUtcNow(), clock.LocalTimeZone))),
            ("backups", Many(() => File.Exists(files.PortalDb) ? BackupCheck.Look(backups, folder, new BackupShelf().Read(folder), isOneDisk, clock.GetUtcNow()) : [])),
            ("mail", async () => stored.Mail is { } mail ? [await MailCheck.LookAsync(files, mail, hidden => MailCheck.Open(files, hidden), clock.GetUtcNow(), MailCall)] : []),
            ("ports", () => PortCheck.LookAsync(verb.Addresses, isServed, PortCheck.TryAt, AskAsync)),
            ("public address", () => PublicAddressCheck.LookAsync(options, first, isServed, ResolveAsync, AskAsync)),
            ("proxies", One(() => ProxyCheck.Look(options.TrustedProxies))),
            ("certificate", Many(() => CertificateCheck.Look(options, verb.Addresses, clock))),
            ("certificate", ShownAsync),
            ("connections", Many(() => OpenFilesCheck.Look(OpenFilesCheck.Read()) is { } found ? [found] : [])),
            ("places", One(() => PlacesCheck.Look(options.Places))),
        };
        foreach (var (name, look) in checks)
        {
            foreach (var finding in await TryAsync(name, look)) yield return finding;
        }

        Task<PortalAnswer> AskAsync(string address) => PortalCall.AskAsync(address, secret, Call);

        async Task<IReadOnlyList<Finding>> ShownAsync() =>
            Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) && url.Scheme == "https" && await CertificateCheck.AskAsync(url, Call) is { } shown ? [CertificateCheck.Shown(url.IdnHost, shown, clock.GetUtcNow())] : [];
    }

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host)
    {
        using var ends = new CancellationTokenSource(Call);
        return await Dns.GetHostAddressesAsync(host, ends.Token);
    }

    // What one check meets must not keep the others from being done.
    private static async Task<IReadOnlyList<Finding>> TryAsync(string name, Func<Task<IReadOnlyList<Finding>>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return [Finding.Wrong(name, $"This could not be looked at: {MachineRefusals.Of(failure) ?? failure.Message}", "Run this command as the account the portal runs as.")];
        }
    }

    private static Func<Task<IReadOnlyList<Finding>>> One(Func<Finding> look) => () => Task.FromResult<IReadOnlyList<Finding>>([look()]);

    private static Func<Task<IReadOnlyList<Finding>>> Many(Func<IReadOnlyList<Finding>> look) => () => Task.FromResult(look());
}
