using System.Net;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Live800.Portal.Tests.Realtime;

public sealed class StoppingTests
{
    /// <summary>A line begun while the portal stops would be closed by nobody and hold the restart up.</summary>
    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("/w/anybody/view")]
    [InlineData("/health/ready")]
    public async Task From_the_moment_it_is_asked_to_stop_the_portal_begins_nothing_new_and_says_when_to_come_back(string path)
    {
        await using var portal = new PortalFactory();
        using var client = portal.Client();
        using var before = await client.PostAsync(path, null);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        portal.Get<IHostApplicationLifetime>().StopApplication();
        using var after = await client.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, after.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), after.Headers.RetryAfter?.Delta);
    }
}
