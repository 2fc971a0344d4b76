using System.Net;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Components;

public sealed class HeadRequestsTests(SharedPortal shared) : SharedPortalTest(shared)
{
    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/nothing-here", HttpStatusCode.NotFound)]
    [InlineData("/company", HttpStatusCode.Redirect)]
    public async Task Whoever_asks_for_the_head_alone_gets_the_answer_of_the_page_without_its_body(string path, HttpStatusCode status)
    {
        using var client = Portal.Client(Address);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }
}
