using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Live800.Portal.Data;
using Live800.Portal.Hosting;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Hosting;

/// <summary>The certificate HTTPS is served with, and a renewed one without a restart.</summary>
public sealed class CertificateBookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("live800-certificates-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T08:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

    private string Chain => Path.Combine(_folder, "fullchain.pem");

    private string Key => Path.Combine(_folder, "privkey.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_is_not_there_refuses_the_start_and_is_named()
    {
        var refused = Assert.Throws<StartRefusedException>(() => Open());
        Assert.Contains(Chain, refused.Message, StringComparison.Ordinal);
        Assert.Contains("is not there", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_that_may_not_be_read_is_named_and_not_the_other()
    {
        TestCertificates.Write("chat.example.com", Chain, Key);
        File.Delete(Key);
        // Nobody may read a folder as a file, not even the machine's administrator.
        _ = Directory.CreateDirectory(Key);
        var refused = Assert.Throws<StartRefusedException>(() => Open());
        Assert.Contains("may not read " + Key, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Chain, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate at all")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void What_is_no_certificate_refuses_the_start(string text)
    {
        File.WriteAllText(Chain, text);
        File.WriteAllText(Key, text);
        Assert.Contains("cannot be used", Assert.Throws<StartRefusedException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_of_another_certificate_refuses_the_start()
    {
        TestCertificates.Write("chat.example.com", Chain, Key);
        TestCertificates.Write("other.example.com", Path.Combine(_folder, "other.pem"), Key);
        Assert.Contains("the key is not the certificate's", Assert.Throws<StartRefusedException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_without_its_key_refuses_the_start()
    {
        TestCertificates.Write("chat.example.com", Chain, Key);
        Assert.Contains("cannot be used", Assert.Throws<StartRefusedException>(() => new CertificateBook(new() { Certificate = Chain }, _time, NullLogger.Instance)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_renewed_certificate_is_taken_after_half_a_minute_and_not_before()
    {
        TestCertificates.Write("first.example.com", Chain, Key);
        using var book = Open();
        Assert.Equal("CN=first.example.com", Subject(book));
        TestCertificates.Write("second.example.com", Chain, Key);
        _time.Advance(CertificateBook.Every - TimeSpan.FromSeconds(1));
        Assert.Equal("CN=first.example.com", Subject(book));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=second.example.com", Subject(book));
    }

    [Fact]
    public void A_renewal_that_has_written_one_of_two_files_waits_for_the_other()
    {
        TestCertificates.Write("first.example.com", Chain, Key);
        using var book = Open();
        var newKey = Path.Combine(_folder, "new.key");
        TestCertificates.Write("second.example.com", Chain, newKey);
        _time.Advance(CertificateBook.Every);
        Assert.Equal("CN=first.example.com", Subject(book));
        File.Move(Key, Key + ".away");
        _time.Advance(CertificateBook.Every);
        Assert.Equal("CN=first.example.com", Subject(book));
        File.Move(newKey, Key);
        _time.Advance(CertificateBook.Every);
        Assert.Equal("CN=second.example.com", Subject(book));
    }

    [Fact]
    public void A_link_that_is_moved_to_the_new_files_is_followed()
    {
        TestCertificates.Write("first.example.com", Path.Combine(_folder, "1.pem"), Path.Combine(_folder, "1.key"));
        TestCertificates.Write("second.example.com", Path.Combine(_folder, "2.pem"), Path.Combine(_folder, "2.key"));
        _ = File.CreateSymbolicLink(Chain, Path.Combine(_folder, "1.pem"));
        _ = File.CreateSymbolicLink(Key, Path.Combine(_folder, "1.key"));
        using var book = Open();
        File.Delete(Chain);
        File.Delete(Key);
        _ = File.CreateSymbolicLink(Chain, Path.Combine(_folder, "2.pem"));
        _ = File.CreateSymbolicLink(Key, Path.Combine(_folder, "2.key"));
        _time.Advance(CertificateBook.Every);
        Assert.Equal("CN=second.example.com", Subject(book));
    }

    [Fact]
    public async Task What_stands_between_it_and_its_root_is_sent_along()
    {
        using var root = TestCertificates.WriteBelowAnother("chat.example.com", Chain, Key);
        using var book = Open();
        Assert.Single(book.Chain);

        // A client that knows the root alone accepts it: what is between has come over the wire.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOneAsync(listener, book);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        await using var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "chat.example.com",
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck },
        });
        Assert.True(secure.IsAuthenticated);
        await serving;
    }

    [Fact]
    public void A_pfx_with_its_password_serves_too()
    {
        var path = Path.Combine(_folder, "chat.pfx");
        TestCertificates.WritePfx("chat.example.com", path, "geheim");
        Assert.Contains("cannot be used", Assert.Throws<StartRefusedException>(() => new CertificateBook(new() { Certificate = path, CertificatePassword = "other" }, _time, NullLogger.Instance)).Message, StringComparison.Ordinal);
        using var book = new CertificateBook(new() { Certificate = path, CertificatePassword = "geheim" }, _time, NullLogger.Instance);
        Assert.Equal("CN=chat.example.com", Subject(book));
    }

    private static async Task ServeOneAsync(TcpListener listener, CertificateBook book)
    {
        using var served = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(served.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = book.Context() });
    }

    private static string Subject(CertificateBook book) => book.Context().TargetCertificate.Subject;

    private CertificateBook Open() => new(new() { Certificate = Chain, CertificateKey = Key }, _time, NullLogger.Instance);
}
