using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Live800.Portal.Bench;

/// <summary>The portal as it is installed: published with ReadyToRun, a process of its own on a free port.</summary>
internal sealed partial class PublishedPortal : IAsyncDisposable
{
    private readonly Process _process;

    private PublishedPortal(Process process, Uri address, TimeSpan startedIn)
    {
        _process = process;
        Address = address;
        StartedIn = startedIn;
    }

    public Uri Address { get; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    public int ProcessId => _process.Id;

    /// <summary>From the start of the process to its first answer on <c>/health/ready</c>.</summary>
    public TimeSpan StartedIn { get; }

    /// <summary>Publishes into <paramref name="folder"/>; incremental, so a second run is quick.</summary>
    public static async Task PublishAsync(string folder)
    {
        var project = Path.Combine(RepositoryRoot(), "Live800.Portal");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments = ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:PublishReadyToRun=true", "-o", folder, "-v", "quiet"];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var publishing = Process.Start(start)!;
        var errors = publishing.StandardError.ReadToEndAsync();
        var said = await publishing.StandardOutput.ReadToEndAsync();
        await publishing.WaitForExitAsync();
        if (publishing.ExitCode != 0)
            throw new InvalidOperationException($"publishing failed:\n{said}\n{await errors}");
    }

    public static async Task<PublishedPortal> StartAsync(string folder, string dataDirectory)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "Live800.Portal"))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add("http://127.0.0.1:0");
        start.Environment["Portal__DataDirectory"] = dataDirectory;
        start.Environment["Portal__TrustedProxies"] = "127.0.0.1";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        Uri? address = null;
        while (address is null)
        {
            var line = await process.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException("the portal ended: " + await process.StandardError.ReadToEndAsync());
            if (Listening().Match(line) is { Success: true } found)
                address = new Uri(found.Groups[1].Value);
        }
        // Whatever it says from here on must be read, or a full pipe would stop it.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        using var http = new HttpClient { BaseAddress = address };
        while (true)
        {
            try
            {
                using var ready = await http.GetAsync(new Uri("health/ready", UriKind.Relative));
                if (ready.IsSuccessStatusCode)
                    break;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
        return new PublishedPortal(process, address, Stopwatch.GetElapsedTime(began));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    public static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Live800.Portal.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("run the bench from a checkout");
        return folder;
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
