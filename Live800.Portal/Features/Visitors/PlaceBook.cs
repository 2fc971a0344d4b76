using System.Net;
using System.Net.Sockets;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using MaxMind.Db;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Features.Visitors;

/// <summary>
/// Where network addresses are (rule 6): read from a file on the box that its owner names (<see cref="PortalOptions.Places"/>), so that nobody is asked about a visitor. Without a file, or with one that cannot be read, there are no places and all
/// else works. A newer file is taken within a minute; until it is whole, the old one stays.
/// </summary>
/// <remarks>
/// What is mapped is a copy of ours that nobody else can name: were the owner's own file mapped, whoever overwrites it in place, as most download scripts do, would end the process at its next look.
/// </remarks>
public sealed class PlaceBook(IOptions<PortalOptions> options, PortalFiles files, ILogger<PlaceBook> log) : IHostedService, IDisposable
{
    /// <summary>How often it is looked for a newer file.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    // Looked up once before a file is used: what is broken inside shows itself here.
    private static readonly IPAddress[] Probes = [IPAddress.Parse("1.1.1.1"), IPAddress.Parse("114.114.114.114"), IPAddress.Parse("8.8.8.8"), IPAddress.Parse("223.5.5.5")];

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly string? _path = string.IsNullOrWhiteSpace(options.Value.Places) ? null : Path.GetFullPath(options.Value.Places);
    private Reader? _reader;
    private (long Length, DateTime Written) _taken;
    private (long Length, DateTime Written) _refused;
    private bool _isTold;
    private bool _isFaultTold;

    private string Folder => Path.Combine(files.Root, "places");

    /// <summary>The day the file in use was made by whoever made it; nothing without one.</summary>
    public DateTimeOffset? Dated { get; private set; }

    /// <summary>What the file in use calls itself, as <c>DBIP-City-Lite</c>: who made it may have to be named where places are shown. Empty without one.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>Whom the file in use wants named where places are shown; nothing without one, and where its licence does not ask for it.</summary>
    public PlaceCredit? Credit { get; private set; }

    /// <summary>Where an address is, as whole or shortened to its neighbourhood. Nothing for addresses of no place: private ones, one's own machine.</summary>
    public Place? Find(string? address)
    {
        if (_reader is null || address is null || !IPAddress.TryParse(Bare(address), out var found)) return null;
        found = found.IsIPv4MappedToIPv6 ? found.MapToIPv4() : found;
        if (!IsPublic(found)) return null;
        lock (_gate)
        {
            try
            {
                return _reader is null ? null : Read(_reader, found);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                if (!_isFaultTold) log.LogWarning(failure, "The file of places {Path} is broken inside: some visitors have no place", _path);
                _isFaultTold = true;
                return null;
            }
        }
    }

    /// <summary>Takes the file if it is another one than the one in use.</summary>
    public async Task LookAsync(CancellationToken cancellation = default)
    {
        if (_path is null || !await _looking.WaitAsync(0, cancellation)) return;
        try
        {
            var now = SignsOf(_path);
            if (now == _taken || (now == _refused && now.Length >= 0)) return;
            await TakeAsync(_path, now, cancellation);
            (_taken, _isTold) = (now, false);
            log.LogInformation("Places of visitors are read from {Path}, made on {Dated:yyyy-MM-dd}", _path, Dated);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
        {
            _refused = SignsOf(_path);
            if (!_isTold) log.LogWarning("The file of places {Path} cannot be read ({Reason}); {Consequence}", _path, failure.Message, _reader is null ? "visitors have no places until it can" : "the one before stays in use");
            _isTold = true;
        }
        finally
        {
            _ = _looking.Release();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_path is null) return Task.CompletedTask;
        // Copies that a killed process left behind.
        Forget(() => Directory.Delete(Folder, recursive: true));
        return LookAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        lock (_gate)
        {
            _reader?.Dispose();
            _reader = null;
        }
        _looking.Dispose();
    }

    private async Task TakeAsync(string path, (long Length, DateTime Written) signs, CancellationToken cancellation)
    {
        if (signs.Length < 0) throw new FileNotFoundException("there is no such file");
        PortalFiles.CreatePrivate(Folder);
        var copy = Path.Combine(Folder, Guid.NewGuid().ToString("N") + ".mmdb");
        try
        {
            await using (var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan))
            await using (var to = PortalFiles.CreateNew(copy))
            {
                await from.CopyToAsync(to, cancellation);
            }
            if (SignsOf(path) != signs) throw new IOException("it is still being written");
            var fresh = new Reader(copy, FileAccessMode.MemoryMapped);
            try
            {
                foreach (var probe in Probes) _ = Read(fresh, probe);
            }
            catch
            {
                fresh.Dispose();
                throw;
            }
            lock (_gate)
            {
                _reader?.Dispose();
                _reader = fresh;
                _isFaultTold = false;
                Dated = new DateTimeOffset(DateTime.SpecifyKind(fresh.Metadata.BuildDate, DateTimeKind.Utc));
                Kind = fresh.Metadata.DatabaseType;
                Credit = PlaceCredit.Of(Kind, fresh.Metadata.Description.Values.OfType<string>());
            }
        }
        finally
        {
            // A mapped file lives on without its name; where a system does not allow that, the next start removes it.
            Forget(() => File.Delete(copy));
        }
    }

    private static Place? Read(Reader reader, IPAddress address)
    {
        if (reader.Metadata.IPVersion == 4 && address.AddressFamily != AddressFamily.InterNetwork) return null;
        if (reader.Find<Dictionary<string, object>>(address) is not { } found) return null;
        // Two forms are in use: names by language in a tree, and one flat row.
        var country = (found.GetValueOrDefault("country") as Dictionary<string, object>)?.GetValueOrDefault("iso_code") as string ?? found.GetValueOrDefault("country_code") as string;
        var (region, regionEn) = Names((found.GetValueOrDefault("subdivisions") as List<object>)?.FirstOrDefault() ?? found.GetValueOrDefault("state1") ?? found.GetValueOrDefault("region"));
        var (city, cityEn) = Names(found.GetValueOrDefault("city"));
        return Place.From(country, region, regionEn, city, cityEn);
    }

    private static (string? Chinese, string? English) Names(object? part)
    {
        if (part is string name) return (name, name);
        if ((part as Dictionary<string, object>)?.GetValueOrDefault("names") is not Dictionary<string, object> names) return (null, null);
        var any = names.Values.OfType<string>().FirstOrDefault();
        var (chinese, english) = (names.GetValueOrDefault("zh-CN") as string, names.GetValueOrDefault("en") as string);
        return (chinese ?? english ?? any, english ?? chinese ?? any);
    }

    private static ReadOnlySpan<char> Bare(string address)
    {
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        return (slash < 0 ? address : address.AsSpan(0, slash)).Trim();
    }

    /// <summary>Whether everybody on the internet means the same machine by it.</summary>
    internal static bool IsPublic(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return false;
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4
            ? bytes[0] is not (0 or 10 or 127 or >= 224) && !(bytes[0] == 172 && bytes[1] is >= 16 and < 32) && !(bytes[0] == 192 && bytes[1] == 168) && !(bytes[0] == 169 && bytes[1] == 254) && !(bytes[0] == 100 && bytes[1] is >= 64 and < 128)
            : !address.IsIPv6LinkLocal && !address.IsIPv6UniqueLocal && !address.IsIPv6SiteLocal && !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any);
    }

    private static (long Length, DateTime Written) SignsOf(string path) => new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : (-1, default);

    private static void Forget(Action act)
    {
        try
        {
            act();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }
}
