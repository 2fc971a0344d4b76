using System.Net;
using System.Net.Sockets;
using Live800.Portal.Data;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class PublicAddressCheckTests
{
    [Theory]
    [InlineData("chat.example.com", "no address")]
    [InlineData("ftp://chat.example.com", "no address")]
    [InlineData("https://", "no address")]
    [InlineData("https://chat.example.com/?a=1", "more in it")]
    [InlineData("https://me@chat.example.com", "more in it")]
    [InlineData("http://localhost:5080", "for itself")]
    [InlineData("https://127.0.0.1", "for itself")]
    [InlineData("https://[::1]:8443", "for itself")]
    [InlineData("", "name http://localhost:5080")]
    [InlineData(null, "name http://localhost:5080")]
    public async Task What_visitors_cannot_open_is_wrong_and_nobody_is_asked(string? address, string words)
    {
        var finding = Assert.Single(await PublicAddressCheck.LookAsync(new PortalOptions { PublicUrl = address }, "http://*:5080", true, _ => throw new InvalidOperationException(), _ => throw new InvalidOperationException()));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains(words, finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_is_wrong()
    {
        var finding = Assert.Single(await PublicAddressCheck.LookAsync(Options(), "", true, _ => throw new SocketException((int)SocketError.HostNotFound), _ => throw new InvalidOperationException()));
        Assert.Equal(FindingLevel.Wrong, finding.Level);
        Assert.Contains("chat.example.com leads nowhere", finding.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Answerer.Nobody, FindingLevel.Wrong, "Nobody answers")]
    [InlineData(Answerer.NotReady, FindingLevel.Wrong, "answers said instead of 200")]
    [InlineData(Answerer.Another, FindingLevel.Wrong, "it is not this portal")]
    [InlineData(Answerer.Somebody, FindingLevel.Warning, "cannot be told")]
    [InlineData(Answerer.ThisPortal, FindingLevel.Ok, "This portal answers")]
    public async Task Who_answers_there_is_told(Answerer who, FindingLevel level, string words)
    {
        var finding = Assert.Single(await LookAsync(Options(), who));
        Assert.Equal(level, finding.Level);
        Assert.Contains(words, finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_without_encryption_is_a_warning_and_so_is_one_behind_a_proxy_nobody_trusts()
    {
        Assert.Contains("not encrypted", (await LookAsync(new PortalOptions { PublicUrl = "http://chat.example.com" }, Answerer.ThisPortal))[0].Seen, StringComparison.Ordinal);
        Assert.Contains("Portal__TrustedProxies", (await LookAsync(new PortalOptions { PublicUrl = "https://chat.example.com/" }, Answerer.ThisPortal))[0].Advice, StringComparison.Ordinal);
        _ = Assert.Single(await LookAsync(new PortalOptions { PublicUrl = "https://chat.example.com", Certificate = "/etc/live800/fullchain.pem" }, Answerer.ThisPortal));
    }

    [Fact]
    public async Task A_name_that_leads_into_the_own_network_is_a_warning() =>
        Assert.Equal([FindingLevel.Warning, FindingLevel.Ok], (await LookAsync(Options(), Answerer.ThisPortal, place: "192.168.1.7")).Select(finding => finding.Level));

    [Fact]
    public async Task While_none_serves_nobody_is_asked() =>
        Assert.Equal(FindingLevel.Ok, Assert.Single(await PublicAddressCheck.LookAsync(Options(), "", false, _ => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse("203.0.113.7")]), _ => throw new InvalidOperationException())).Level);

    [Fact]
    public async Task The_demos_own_address_is_well()
    {
        Assert.Equal(FindingLevel.Ok, Assert.Single(await LookAsync(new PortalOptions { Demo = true }, Answerer.Nobody)).Level);
        Assert.Equal(FindingLevel.Ok, Assert.Single(await LookAsync(new PortalOptions { Demo = true, PublicUrl = "http://localhost:5080" }, Answerer.ThisPortal, place: "127.0.0.1")).Level);
    }

    private static PortalOptions Options() => new() { PublicUrl = "https://chat.example.com", TrustedProxies = "127.0.0.1" };

    private static Task<IReadOnlyList<Finding>> LookAsync(PortalOptions options, Answerer who, string place = "203.0.113.7") =>
        PublicAddressCheck.LookAsync(options, "http://localhost:5080", true, _ => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse(place)]), _ => Task.FromResult(new PortalAnswer(who, "said")));
}
