using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Live800.Portal.Data;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Hosting;

/// <summary>
/// What HTTPS is served with: the files that <see cref="PortalOptions.Certificate"/> and <see cref="PortalOptions.CertificateKey"/> name. A renewed certificate serves the next connection after it has been seen, within half a minute,
/// and nobody who is connected notices. What cannot be read when the portal starts refuses the start; later it is told once in the log, and the one before stays.
/// </summary>
public sealed class CertificateBook : IDisposable
{
    /// <summary>How often the files are looked at, by whoever connects then.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private readonly string _path;
    private readonly string? _keyPath;
    private readonly string? _password;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private byte[] _taken;
    private byte[]? _refused;
    private long _looked;
    private volatile Served _served;

    public CertificateBook(IOptions<PortalOptions> options, ILogger<CertificateBook> log) : this(options.Value, TimeProvider.System, log)
    {
    }

    /// <exception cref="StartRefusedException">The files cannot be read, or the key is not the certificate's.</exception>
    internal CertificateBook(PortalOptions options, TimeProvider time, ILogger log)
    {
        _path = Path.GetFullPath(options.Certificate ?? throw new ArgumentException("No certificate is named."));
        _keyPath = options.CertificateKey is { Length: > 0 } key ? Path.GetFullPath(key) : null;
        _password = options.CertificatePassword;
        (_time, _log) = (time, log);
        try
        {
            _taken = Signs();
            _served = Read();
        }
        catch (UnauthorizedAccessException failure) when (Unreadable() is { } file)
        {
            throw new StartRefusedException($"The account the portal runs as may not read {file}, without which there is no HTTPS. Give it the file (chown, chmod 600), or name a copy that it may read.", failure);
        }
        catch (Exception failure) when (IsOfTheFiles(failure))
        {
            throw new StartRefusedException($"The certificate {_path} cannot be used: {Reason(failure)} Name the certificate with its chain in Portal__Certificate (PEM, or .pfx) and its key in Portal__CertificateKey (PEM).", failure);
        }

        _looked = time.GetTimestamp();
        Tell("The certificate of HTTPS is");
    }

    /// <summary>The certificate the next connection gets.</summary>
    public X509Certificate2 Certificate => _served.Certificate;

    /// <summary>What stands between it and a root that browsers know; sent along.</summary>
    public X509Certificate2Collection Chain => _served.Chain;

    /// <summary>Until when it is good.</summary>
    public DateTimeOffset Until => new(_served.Certificate.NotAfter);

    /// <summary>The certificate for a connection that begins now.</summary>
    public SslStreamCertificateContext Context()
    {
        if (_time.GetElapsedTime(Interlocked.Read(ref _looked)) >= Every) Look();
        return _served.Context;
    }

    public void Dispose() => _served.Certificate.Dispose();

    private void Look()
    {
        // Whoever comes meanwhile takes what there is.
        if (!_gate.TryEnter()) return;
        try
        {
            _ = Interlocked.Exchange(ref _looked, _time.GetTimestamp());
            byte[]? now = null;
            try
            {
                now = Signs();
                if (now.AsSpan().SequenceEqual(_taken)) return;
                if (_refused is not null && now.AsSpan().SequenceEqual(_refused)) return;
                // The one before is not disposed: connections that began with it may still need it.
                _served = Read();
                (_taken, _refused) = (now, null);
                Tell("The certificate of HTTPS was renewed; new connections get");
            }
            catch (Exception failure) when (IsOfTheFiles(failure))
            {
                // A renewal writes two files one after the other: the next look may find both.
                if (_refused is null || now is null || !now.AsSpan().SequenceEqual(_refused)) _log.LogWarning("The certificate {Path} was changed and cannot be used ({Reason}); the one before stays in use until {Until:yyyy-MM-dd}", _path, Reason(failure), Until);
                _refused = now ?? [];
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Tell(string how)
    {
        _log.LogInformation("{How} {Subject}, good until {Until:yyyy-MM-dd}", how, Certificate.Subject, Until);
        if (Until <= _time.GetUtcNow()) _log.LogWarning("The certificate {Path} is over since {Until:yyyy-MM-dd}: browsers refuse it. Renew it; it is taken without a restart", _path, Until);
    }

    // Small files: their content is what tells whether they are others, whatever links a renewal moves.
    private byte[] Signs()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(_path));
        if (_keyPath is not null) hash.AppendData(File.ReadAllBytes(_keyPath));
        return hash.GetHashAndReset();
    }

    private Served Read()
    {
        var (certificate, chain) = Path.GetExtension(_path).ToUpperInvariant() is ".PFX" or ".P12" ? ReadPfx() : ReadPem();
        if (!certificate.HasPrivateKey) throw new CryptographicException("it comes without its private key.");
        // Offline: what is not in the file is not fetched from anywhere.
        return new(certificate, chain, SslStreamCertificateContext.Create(certificate, chain, offline: true));
    }

    private (X509Certificate2 Certificate, X509Certificate2Collection Chain) ReadPfx()
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(_path, _password);
        var own = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("it comes without its private key.");
        return (own, [.. all.Where(one => one != own)]);
    }

    private (X509Certificate2 Certificate, X509Certificate2Collection Chain) ReadPem()
    {
        var own = _password is { Length: > 0 } ? X509Certificate2.CreateFromEncryptedPemFile(_path, _password, _keyPath) : X509Certificate2.CreateFromPemFile(_path, _keyPath);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(_path);
        X509Certificate2Collection chain = [.. all.Where(one => one.Thumbprint != own.Thumbprint)];
        if (!OperatingSystem.IsWindows()) return (own, chain);
        // Windows serves no key that lives in memory only.
        using (own) return (X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pfx), null), chain);
    }

    private static bool IsOfTheFiles(Exception failure) => failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException;

    // The two files are read one after the other, and the failure does not say which of them it was.
    private string? Unreadable() => new[] { _path, _keyPath }.OfType<string>().FirstOrDefault(path =>
    {
        try
        {
            File.OpenRead(path).Dispose();
            return false;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return true;
        }
    });

    private string Reason(Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{(failure as FileNotFoundException)?.FileName ?? "the file"} is not there.",
        UnauthorizedAccessException => $"the account the portal runs as may not read {Unreadable() ?? _path}.",
        ArgumentException => "the key is not the certificate's.",
        _ => failure.Message.TrimEnd('.') + ".",
    };

    private sealed record Served(X509Certificate2 Certificate, X509Certificate2Collection Chain, SslStreamCertificateContext Context);
}
