using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Live800.Portal.Features.Doctor;

/// <summary>Who answers at an address.</summary>
public enum Answerer
{
    /// <summary>Nobody, or nobody who speaks HTTP.</summary>
    Nobody,

    /// <summary>Somebody who does not say that he is ready.</summary>
    NotReady,

    /// <summary>Somebody who says so, and is not the portal of this folder.</summary>
    Another,

    /// <summary>Somebody who says so; the secret to tell whether it is this portal cannot be read.</summary>
    Somebody,

    /// <summary>The portal of this folder.</summary>
    ThisPortal,
}

/// <summary>What came of asking an address.</summary>
/// <param name="Said">Why nobody answered, or with what.</param>
internal sealed record PortalAnswer(Answerer Who, string Said);

/// <summary>Asks an address as a visitor's browser would, only that it looks no further when a certificate is wrong: that is another check's matter.</summary>
internal static class PortalCall
{
    /// <param name="address">Scheme, host, port and path, without a slash at the end.</param>
    /// <param name="secret">This portal's; nothing where it cannot be read.</param>
    public static async Task<PortalAnswer> AskAsync(string address, byte[]? secret, TimeSpan limit)
    {
        using var ends = new CancellationTokenSource(limit);
        // No names of other places come into it: neither a proxy of this account's nor where a redirect leads.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
#pragma warning disable CA5359 // Nothing is told to it, and nothing it says is believed without the proof.
        handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        using var client = new HttpClient(handler);
        try
        {
            using var ready = await client.GetAsync(new Uri(address + "/health/ready"), HttpCompletionOption.ResponseHeadersRead, ends.Token);
            if ((int)ready.StatusCode != StatusCodes.Status200OK) return new(Answerer.NotReady, $"{(int)ready.StatusCode} {ready.ReasonPhrase}".Trim());
            if (secret is null) return new(Answerer.Somebody, "200");
            var challenge = PortalProof.NewChallenge();
            using var self = await client.GetAsync(new Uri($"{address}{PortalProof.Path}?{PortalProof.Challenge}={challenge}"), HttpCompletionOption.ResponseHeadersRead, ends.Token);
            if ((int)self.StatusCode != StatusCodes.Status200OK) return new(Answerer.Another, $"{(int)self.StatusCode} {self.ReasonPhrase}".Trim());
            var (said, due) = (await FirstAsync(self, ends.Token), Encoding.ASCII.GetBytes(PortalProof.Answer(secret, challenge)!));
            return CryptographicOperations.FixedTimeEquals(said, due) ? new(Answerer.ThisPortal, "200") : new(Answerer.Another, "200");
        }
        catch (OperationCanceledException)
        {
            return new(Answerer.Nobody, $"nothing came within {limit.TotalSeconds:0} seconds");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return new(Answerer.Nobody, (failure.InnerException ?? failure).Message.TrimEnd('.'));
        }
    }

    // Whoever answers may answer without end.
    private static async Task<byte[]> FirstAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var first = new byte[256];
        return first[..await body.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellation)];
    }
}
