using System.Diagnostics;
using System.Text.RegularExpressions;
using Live800.Portal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>
/// The really running portal: its own process, Kestrel on a free port, files in a folder of its own. It can be killed the hard way and started
/// again on the same port and files.
/// </summary>
public sealed partial class PortalServer : IAsyncDisposable
{
    private static readonly string Assembly = Executable();

    private readonly Dictionary<string, string> _settings;
    private readonly bool _demo;
    private NginxProxy? _ownProxy;
    private bool _proxied;
    private Process? _process;
    private string _listening = "http://127.0.0.1:0";

    private PortalServer(string folder, bool demo, Dictionary<string, string> settings)
    {
        Folder = folder;
        _demo = demo;
        _settings = settings;
    }

    /// <summary>Whether every portal of this run stands behind an nginx with TLS (<c>LIVE800_THROUGH_NGINX</c>): the same tests a second time.</summary>
    public static bool IsThroughNginx { get; } = Environment.GetEnvironmentVariable("LIVE800_THROUGH_NGINX") == "1";

    /// <summary>The data directory, removed at the end.</summary>
    public string Folder { get; }

    /// <summary>Scheme, host and port that people use, without a slash at the end: the proxy's where it stands behind one.</summary>
    public string Address { get; private set; } = "http://127.0.0.1:0";

    /// <summary>Where the demo shop listens: another origin. Empty without the demo.</summary>
    public string Shop { get; private set; } = "";

    public ServerLog Log { get; } = new();

    public int ProcessId => _process!.Id;

    /// <summary>Starts a portal; with <paramref name="template"/> on a copy of that data directory.</summary>
    public static Task<PortalServer> StartAsync(bool demo = false, string? template = null, params (string Name, string Value)[] settings) => StartAsync(demo, template, null, settings);

    /// <summary>Starts one behind a proxy that runs already.</summary>
    public static Task<PortalServer> StartAsync(bool demo, NginxProxy proxy) => StartAsync(demo, null, proxy, []);

    private static async Task<PortalServer> StartAsync(bool demo, string? template, NginxProxy? proxy, (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("live800-").FullName;
        if (template is not null) Copy(template, folder);
        var server = new PortalServer(folder, demo, settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        try
        {
            if (proxy is null && IsThroughNginx) proxy = server._ownProxy = await NginxProxy.StartAsync();
            if (proxy is not null) server.StandBehind(proxy);
            await server.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return server;
    }

    /// <summary>A start that is killed (SIGKILL) when it has written so many lines like this one, or has come to its end before; gives how many it wrote.</summary>
    public async Task<int> KillAtStartAsync(Regex line, int count)
    {
        using var process = Launch([Assembly, "--urls", "http://127.0.0.1:0"]);
        _ = process.StandardError.ReadToEndAsync();
        var seen = 0;
        while (seen < count && await process.StandardOutput.ReadLineAsync() is { } written)
        {
            if (line.IsMatch(written)) seen++;
            if (Started().IsMatch(written)) break;
        }

        process.Kill();
        await process.WaitForExitAsync();
        return seen;
    }

    /// <summary>A folder and its settings, without a start.</summary>
    public static Task<PortalServer> PrepareAsync(params (string Name, string Value)[] settings) =>
        Task.FromResult(new PortalServer(Directory.CreateTempSubdirectory("live800-").FullName, demo: false, settings.ToDictionary(setting => setting.Name, setting => setting.Value)));

    /// <summary>Starts again after <see cref="KillAsync"/> or <see cref="StopAsync"/>, on the same port and files.</summary>
    public async Task StartAsync()
    {
        var from = Log.Count;
        string[] arguments = _demo
            ? [Assembly, "--urls", _listening, "--demo", "--demo-urls", Shop.Length > 0 ? Shop : "http://127.0.0.1:0"]
            : [Assembly, "--urls", _listening];
        _process = Launch(arguments);
        _process.EnableRaisingEvents = true;
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Exited += (_, _) => gone.TrySetResult();
        _process.OutputDataReceived += (_, line) => Log.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Log.Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        var listening = Log.WaitForAsync(Listening(), from);
        if (await Task.WhenAny(listening, gone.Task) == gone.Task && !listening.IsCompletedSuccessfully)
            throw new InvalidOperationException($"The server ended instead of listening. It wrote:\n{Log}");
        _listening = (await listening).Groups[1].Value;
        if (!_proxied) Address = _listening;
        if (_demo && Shop.Length == 0) Shop = (await Log.WaitForAsync(ShopLine(), from)).Groups[1].Value;
        _ = await Log.WaitForAsync(Started(), from);
    }

    /// <summary>SIGKILL: no farewell, nothing flushed.</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } process) return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: what is sent still arrives, and nobody answers.</summary>
    public async Task FreezeAsync()
    {
        using var kill = Process.Start("kill", ["-STOP", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager sends it, and waiting for the end: an orderly one, whatever pages are open.</summary>
    public async Task StopAsync()
    {
        if (_process is not { HasExited: false } process) return;
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
        Assert.True(process.ExitCode == 0, $"The stop ended with {process.ExitCode}. The server wrote:\n{Log}");
    }

    /// <summary>A verb of the same executable on the same files, for instance <c>verify-ledger</c>.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(params string[] verb)
    {
        using var process = Launch([Assembly, .. verb]);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Reads the business file beside the running server, as its owner could with any SQLite tool.</summary>
    public Task<T> ReadAsync<T>(string sql, params (string Name, object Value)[] values) => ReadAsync<T>("portal.db", sql, values);

    private async Task<T> ReadAsync<T>(string file, string sql, (string Name, object Value)[] values)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, file)};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) _ = command.Parameters.AddWithValue(name, value);
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync())!, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the trail's file beside the running server.</summary>
    public Task<T> ReadTrailAsync<T>(string sql, params (string Name, object Value)[] values) => ReadAsync<T>("trail.db", sql, values);

    /// <summary>Changes the business file behind the stopped server's back.</summary>
    public async Task<int> TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "portal.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        if (_ownProxy is not null) await _ownProxy.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private void StandBehind(NginxProxy proxy)
    {
        _listening = $"http://127.0.0.1:{proxy.PortalPort}";
        _proxied = true;
        Address = proxy.Address;
        _settings["Portal__PublicUrl"] = proxy.Address;
        _settings["Portal__TrustedProxies"] = "127.0.0.1";
    }

    private Process Launch(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The server's own defaults apply, whatever the runner of the tests has set for itself.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            _ = start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["Portal__DataDirectory"] = Folder;
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    // test.sh publishes the portal and names it; run by hand, the tests take the build output.
    private static string Executable()
    {
        var here = AppContext.BaseDirectory.Replace("Live800.Portal.Tests", "Live800.Portal", StringComparison.Ordinal);
        var path = Environment.GetEnvironmentVariable("LIVE800_PORTAL") is { Length: > 0 } published ? published : Path.Combine(here, "Live800.Portal.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("The portal is missing: build the solution first.", path);
    }

    public static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            _ = Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    [GeneratedRegex(@"Now listening on: (https?://\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"(?:[Dd]emo shop|演示商店)\S*\s+(http://[^\s/]+)")]
    private static partial Regex ShopLine();

    [GeneratedRegex(@"Application started")]
    private static partial Regex Started();
}
