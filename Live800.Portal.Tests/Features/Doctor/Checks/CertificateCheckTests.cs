using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Live800.Portal.Data;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class CertificateCheckTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string[] Secure = ["https://*:443"];
    private static readonly DateTimeOffset Until = new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("live800-shown-").FullName;
    private readonly FakeTimeProvider _clock = new(Until.AddYears(-1));

    private string Chain => Path.Combine(_folder, "fullchain.pem");

    private string Key => Path.Combine(_folder, "privkey.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_cannot_be_used_is_wrong_and_named()
    {
        var finding = Assert.Single(Look(Secure));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains(Chain, finding.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-365, FindingLevel.Ok)]
    [InlineData(-21, FindingLevel.Ok)]
    [InlineData(-20, FindingLevel.Warning)]
    [InlineData(1, FindingLevel.Wrong)]
    public void One_that_ends_soon_is_a_warning_and_one_that_has_ended_is_wrong(int days, FindingLevel level)
    {
        using var root = TestCertificates.WriteBelowAnother("chat.example.com", Chain, Key);
        Assert.Equal(level, Assert.Single(Look(Secure, at: Until.AddDays(days))).Level);
        Assert.Equal(level, CertificateCheck.Shown("chat.example.com", new ShownCertificate(Until, SslPolicyErrors.None), Until.AddDays(days)).Level);
    }

    [Fact]
    public void One_for_another_host_is_wrong_and_one_signed_by_itself_a_warning()
    {
        TestCertificates.Write("other.example.com", Chain, Key);
        Assert.Equal([FindingLevel.Ok, FindingLevel.Wrong, FindingLevel.Warning], Look(Secure).Select(finding => finding.Level));
    }

    [Fact]
    public void Https_without_a_certificate_is_wrong_and_a_certificate_without_https_a_warning()
    {
        Assert.Equal(FindingLevel.Wrong, Assert.Single(CertificateCheck.Look(new PortalOptions(), Secure, _clock)).Level);
        Assert.Equal(FindingLevel.Warning, Assert.Single(CertificateCheck.Look(new PortalOptions { CertificateKey = Key }, [], _clock)).Level);
        Assert.Empty(CertificateCheck.Look(new PortalOptions(), ["http://127.0.0.1:5080"], _clock));
        using var root = TestCertificates.WriteBelowAnother("chat.example.com", Chain, Key);
        Assert.Equal([FindingLevel.Ok, FindingLevel.Warning], Look(["http://*:80"]).Select(finding => finding.Level));
    }

    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, "for another name")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, "nobody this machine knows")]
    public void What_browsers_refuse_is_wrong(SslPolicyErrors errors, string words)
    {
        var finding = CertificateCheck.Shown("chat.example.com", new ShownCertificate(Until, errors), Until.AddYears(-1));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains(words, finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_is_seen_by_shaking_hands_and_nobody_shows_nothing()
    {
        TestCertificates.WritePfx("chat.example.com", Path.Combine(_folder, "own.pfx"), "word");
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(_folder, "own.pfx"), "word");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(certificate);
            _ = await stream.ReadAsync(new byte[1]);
        });
        var shown = await CertificateCheck.AskAsync(address, Limit);
        await serving;
        listener.Stop();
        Assert.Equal(Until, shown!.Until);
        Assert.Equal(SslPolicyErrors.RemoteCertificateChainErrors, shown.Errors);
        Assert.Null(await CertificateCheck.AskAsync(address, Limit));
    }

    private IReadOnlyList<Finding> Look(IReadOnlyList<string> addresses, DateTimeOffset? at = null) =>
        CertificateCheck.Look(new PortalOptions { Certificate = Chain, CertificateKey = Key, PublicUrl = "https://chat.example.com" }, addresses, at is { } moment ? new FakeTimeProvider(moment) : _clock);
}
