using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Live800.Portal.Data;
using Live800.Portal.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Live800.Portal.Features.Doctor.Checks;

/// <summary>A certificate that was shown by whoever answers at the public address.</summary>
/// <param name="Errors">What a browser would find wrong with it.</param>
internal sealed record ShownCertificate(DateTimeOffset Until, SslPolicyErrors Errors);

/// <summary>The certificate the portal serves HTTPS with, and the one visitors are shown, by whomever.</summary>
internal static class CertificateCheck
{
    private const string Name = "certificate";
    private static readonly TimeSpan Soon = TimeSpan.FromDays(21);

    /// <summary>The files that are named in the settings.</summary>
    public static IReadOnlyList<Finding> Look(PortalOptions options, IReadOnlyList<string> addresses, TimeProvider clock)
    {
        var listens = addresses.Any(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        if (string.IsNullOrWhiteSpace(options.Certificate))
        {
            if (listens) return [Finding.Wrong(Name, "The portal should listen with HTTPS, and Portal__Certificate names no certificate.", "Name it there and its key in Portal__CertificateKey; or leave HTTPS to a proxy in front, and listen on http://127.0.0.1:5080.")];
            return string.IsNullOrWhiteSpace(options.CertificateKey) ? [] : [Finding.Warning(Name, "Portal__CertificateKey names a key, and Portal__Certificate no certificate: nothing is served with it.", "Name the certificate too.")];
        }

        try
        {
            using var book = new CertificateBook(options, clock, NullLogger.Instance);
            var findings = new List<Finding> { Ends(options.Certificate, book.Until, clock.GetUtcNow()) };
            if (!listens) findings.Add(Finding.Warning(Name, $"{options.Certificate} is named, and no address in ASPNETCORE_URLS begins with https: it serves nothing.", "Listen on https://*:443 as well."));
            if (Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) && url.Host.Length > 0 && !book.Certificate.MatchesHostname(url.IdnHost.Trim('[', ']')))
            {
                findings.Add(Finding.Wrong(Name, $"{options.Certificate} is not for {url.IdnHost}: browsers refuse it there.", "Get one for that name."));
            }

            if (book.Certificate.SubjectName.RawData.AsSpan().SequenceEqual(book.Certificate.IssuerName.RawData)) findings.Add(Finding.Warning(Name, $"{options.Certificate} was signed by nobody but itself: browsers warn of it or refuse it.", "Get one that browsers know, as from Let's Encrypt."));
            return findings;
        }
        catch (StartRefusedException refused)
        {
            return [Finding.Wrong(Name, refused.Message, "The portal does not start with it.")];
        }
    }

    /// <summary>What visitors are shown at the public address.</summary>
    public static Finding Shown(string host, ShownCertificate shown, DateTimeOffset now)
    {
        if (shown.Errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return Finding.Wrong(Name, $"The certificate that is shown at {host} is for another name: browsers refuse it.", $"Name one for {host} where HTTPS is served: in the proxy in front, or in Portal__Certificate.");
        var ends = Ends($"The one shown at {host}", shown.Until, now);
        if (ends.Level == FindingLevel.Wrong || shown.Errors == SslPolicyErrors.None) return ends;
        return Finding.Wrong(Name, $"The certificate that is shown at {host} is signed by nobody this machine knows.", "Serve it with its whole chain (fullchain.pem), or get one that browsers know.");
    }

    /// <summary>Shakes hands and looks what is shown; nothing where nobody shows anything.</summary>
    public static async Task<ShownCertificate?> AskAsync(Uri address, TimeSpan limit)
    {
        using var ends = new CancellationTokenSource(limit);
        try
        {
            using var client = new TcpClient();
            var host = address.IdnHost.Trim('[', ']');
            await client.ConnectAsync(host, address.Port, ends.Token);
            ShownCertificate? shown = null;
#pragma warning disable CA5359 // Nothing is said on this connection: it only looks at what is shown.
            await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, errors) =>
            {
                if (certificate is X509Certificate2 whole) shown = new ShownCertificate(new DateTimeOffset(whole.NotAfter), errors);
                return true;
            });
#pragma warning restore CA5359
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, ends.Token);
            return shown;
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            return null;
        }
    }

    private static Finding Ends(string what, DateTimeOffset until, DateTimeOffset now)
    {
        var (left, day) = (until - now, until.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        const string advice = "Renew it; where the portal serves HTTPS itself, the renewed file is taken without a restart.";
        if (left < TimeSpan.Zero) return Finding.Wrong(Name, $"{what} is over since {day}: browsers refuse it.", advice);
        var seen = string.Create(CultureInfo.InvariantCulture, $"{what} is good until {day}, {(int)left.TotalDays} days from now.");
        return left < Soon ? Finding.Warning(Name, seen, advice) : Finding.Ok(Name, seen);
    }
}
