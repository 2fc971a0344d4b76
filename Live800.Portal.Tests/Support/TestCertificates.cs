using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Live800.Portal.Tests.Support;

/// <summary>Certificates for tests, made on the spot.</summary>
public static class TestCertificates
{
    private static readonly DateTimeOffset From = DateTimeOffset.Parse("2026-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly DateTimeOffset Until = From.AddYears(10);

    /// <summary>One that nobody signed, as PEM, with its key in a file of its own.</summary>
    public static void Write(string host, string path, string keyPath)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(host, key, isAuthority: false).CreateSelfSigned(From, Until);
        File.WriteAllText(path, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The same as one locked file.</summary>
    public static void WritePfx(string host, string path, string password)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(host, key, isAuthority: false).CreateSelfSigned(From, Until);
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
    }

    /// <summary>One signed by an authority whose own root is given back: the file holds it and what is between.</summary>
    public static X509Certificate2 WriteBelowAnother(string host, string path, string keyPath)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var betweenKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = Request("Live800 test root", rootKey, isAuthority: true).CreateSelfSigned(From, Until);
        using var between = Request("Live800 test authority", betweenKey, isAuthority: true).Create(root, From, Until, [1]).CopyWithPrivateKey(betweenKey);
        using var own = Request(host, key, isAuthority: false).Create(between, From, Until, [2]);
        File.WriteAllText(path, own.ExportCertificatePem() + "\n" + between.ExportCertificatePem() + "\n");
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return root;
    }

    private static CertificateRequest Request(string host, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            names.AddIpAddress(System.Net.IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        return request;
    }
}
