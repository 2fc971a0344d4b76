using System.Net;
using System.Net.Sockets;
using Live800.Portal.Features.Doctor;
using Live800.Portal.Features.Doctor.Checks;
using Microsoft.AspNetCore.Http;

namespace Live800.Portal.Tests.Features.Doctor.Checks;

public sealed class PortCheckTests
{
    [Theory]
    [InlineData("5080")]
    [InlineData("localhost:5080")]
    [InlineData("")]
    public async Task What_is_no_address_is_wrong(string address) => Assert.Equal(FindingLevel.Wrong, Assert.Single(await LookAsync(address, false, PortState.Free, Answerer.Nobody)).Level);

    [Theory]
    [InlineData(false, PortState.Denied, Answerer.Nobody, FindingLevel.Wrong, "may not listen")]
    [InlineData(false, PortState.NotHere, Answerer.Nobody, FindingLevel.Wrong, "does not have")]
    [InlineData(false, PortState.Taken, Answerer.Another, FindingLevel.Wrong, "Another program listens")]
    [InlineData(true, PortState.Taken, Answerer.Another, FindingLevel.Wrong, "not this portal")]
    [InlineData(true, PortState.Taken, Answerer.NotReady, FindingLevel.Wrong, "answers said")]
    [InlineData(true, PortState.Taken, Answerer.Nobody, FindingLevel.Wrong, "does not answer")]
    [InlineData(true, PortState.Free, Answerer.Nobody, FindingLevel.Warning, "other settings")]
    [InlineData(true, PortState.Taken, Answerer.Somebody, FindingLevel.Ok, "A portal listens")]
    [InlineData(true, PortState.Taken, Answerer.ThisPortal, FindingLevel.Ok, "This portal listens")]
    [InlineData(false, PortState.Free, Answerer.Nobody, FindingLevel.Ok, "is free")]
    public async Task A_port_is_free_or_this_portals_or_wrong(bool isServed, PortState state, Answerer who, FindingLevel level, string words)
    {
        var finding = Assert.Single(await LookAsync("http://127.0.0.1:5080", isServed, state, who));
        Assert.Equal(level, finding.Level);
        Assert.Contains(words, finding.Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://unix:/run/live800.sock")]
    public async Task Any_free_port_and_a_socket_file_are_not_looked_at(string address) => Assert.Empty(await LookAsync(address, false, PortState.Taken, Answerer.Nobody));

    [Theory]
    [InlineData("http://*:8080", "http://localhost:8080")]
    [InlineData("https://0.0.0.0:8443", "https://localhost:8443")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    public async Task Whoever_listens_everywhere_is_asked_here(string address, string asked)
    {
        var seen = new List<string>();
        _ = await PortCheck.LookAsync([address], true, _ => PortState.Taken, where =>
        {
            seen.Add(where);
            return Task.FromResult(new PortalAnswer(Answerer.ThisPortal, ""));
        });
        Assert.Equal([asked], seen);
    }

    [Fact]
    public void Trying_tells_a_taken_port_from_a_free_one_and_an_address_that_is_not_here()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        foreach (var host in new[] { "127.0.0.1", "localhost", "*" }) Assert.Equal(PortState.Taken, PortCheck.TryAt(BindingAddress.Parse($"http://{host}:{port}")));
        taken.Stop();
        Assert.Equal(PortState.Free, PortCheck.TryAt(BindingAddress.Parse($"http://127.0.0.1:{port}")));
        Assert.Equal(PortState.NotHere, PortCheck.TryAt(BindingAddress.Parse($"http://192.0.2.1:{port}")));
    }

    private static Task<IReadOnlyList<Finding>> LookAsync(string address, bool isServed, PortState state, Answerer who) =>
        PortCheck.LookAsync([address], isServed, _ => state, _ => Task.FromResult(new PortalAnswer(who, "said")));
}
