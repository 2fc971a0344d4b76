using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Live800.Portal.Tests.Support;

/// <summary>A real nginx on loopback with TLS, set up by the files of <c>deploy/</c> as they are shipped; only names, ports and paths are others.</summary>
public sealed partial class NginxProxy : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("live800-nginx-").FullName;
    private Process? _process;

    private NginxProxy()
    {
    }

    /// <summary>What visitors and agents use.</summary>
    public string Address => $"https://localhost:{SecurePort}";

    /// <summary>The same without TLS.</summary>
    public string PlainAddress => $"http://localhost:{PlainPort}";

    /// <summary>Where the portal behind it listens.</summary>
    public int PortalPort { get; } = FreePort();

    private int SecurePort { get; } = FreePort();

    private int PlainPort { get; } = FreePort();

    private static string? Executable => File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : File.Exists("/usr/bin/nginx") ? "/usr/bin/nginx" : null;

    /// <summary>Starts it; the portal may come later.</summary>
    public static async Task<NginxProxy> StartAsync()
    {
        var proxy = new NginxProxy();
        try
        {
            await proxy.RunAsync();
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that takes the test's own certificate.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" } });

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            // Its workers end with it.
            using (var stop = Process.Start("kill", ["-QUIT", running.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await stop.WaitForExitAsync();
            try
            {
                await running.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
            }
            catch (OperationCanceledException)
            {
                running.Kill(entireProcessTree: true);
                await running.WaitForExitAsync();
            }
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task RunAsync()
    {
        var deploy = Path.Combine(RepositoryRoot(), "deploy");
        var (certificate, key) = (Path.Combine(_folder, "fullchain.pem"), Path.Combine(_folder, "privkey.pem"));
        TestCertificates.Write("localhost", certificate, key);
        File.Copy(Path.Combine(deploy, "live800.proxy"), Path.Combine(_folder, "live800.proxy"));
        var shipped = await File.ReadAllTextAsync(Path.Combine(deploy, "nginx.conf"));
        var site = OtherFamily().Replace(shipped, "")
            .Replace("listen 80;", $"listen 127.0.0.1:{PlainPort};", StringComparison.Ordinal)
            .Replace("listen 443 ", $"listen 127.0.0.1:{SecurePort} ", StringComparison.Ordinal)
            .Replace("chat.example.com;", "localhost;", StringComparison.Ordinal)
            .Replace("127.0.0.1:5080", $"127.0.0.1:{PortalPort}", StringComparison.Ordinal)
            .Replace("/etc/nginx/live800.proxy", Path.Combine(_folder, "live800.proxy"), StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/chat.example.com/fullchain.pem", certificate, StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/chat.example.com/privkey.pem", key, StringComparison.Ordinal);
        Assert.DoesNotContain("/etc/", Comments().Replace(site, ""), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "site.conf"), site);
        var user = Environment.IsPrivilegedProcess ? "user root;" : "";
        await File.WriteAllTextAsync(Path.Combine(_folder, "nginx.conf"), $$"""
            {{user}}
            worker_processes 1;
            daemon off;
            pid {{_folder}}/nginx.pid;
            error_log {{_folder}}/error.log warn;
            events { worker_connections 1024; }
            http {
                access_log off;
                client_body_temp_path {{_folder}}/body;
                proxy_temp_path {{_folder}}/proxied;
                fastcgi_temp_path {{_folder}}/f;
                uwsgi_temp_path {{_folder}}/u;
                scgi_temp_path {{_folder}}/s;
                include {{_folder}}/site.conf;
            }
            """);
        var executable = Executable ?? throw new InvalidOperationException("nginx is missing: test.sh installs it, or install the package nginx-light.");
        _process = Process.Start(new ProcessStartInfo(executable, ["-p", _folder, "-c", Path.Combine(_folder, "nginx.conf")]) { RedirectStandardError = true })!;
        var errors = _process.StandardError.ReadToEndAsync();
        // It answers 502 while nobody stands behind it.
        using var client = Client();
        for (; ; )
        {
            if (_process.HasExited) throw new InvalidOperationException($"nginx ended: {await errors}");
            try
            {
                using var answer = await client.GetAsync(new Uri(Address + "/"));
                return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Live800.Portal.sln"))) folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!;
        return folder;
    }

    [GeneratedRegex(@"^\s*listen \[::\].*\n", RegexOptions.Multiline)]
    private static partial Regex OtherFamily();

    [GeneratedRegex(@"#.*")]
    private static partial Regex Comments();
}
