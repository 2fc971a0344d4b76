using System.Net;
using Live800.Portal.Data;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Data;

public sealed class HealthTests
{
    [Fact]
    public async Task A_portal_that_cannot_write_is_alive_but_not_ready()
    {
        await using var portal = new PortalFactory();
        using var client = portal.Client();
        await portal.Get<WriteQueue<TrailDbContext>>().DisposeAsync();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_portal_whose_files_take_writes_is_ready()
    {
        await using var portal = new PortalFactory();
        using var client = portal.Client();

        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
    }
}
