using System.Net;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Widget;

public sealed class FullChannelTests : PortalTest
{
    [Fact]
    public async Task A_full_channel_refuses_at_once_keeps_nothing_of_it_and_loses_nothing_it_took()
    {
        var site = await Portal.AddCompanyAsync("qingfeng");
        using var disk = new ManualResetEventSlim();
        var stuck = Portal.Get<WriteQueue<TrailDbContext>>().RunRawAsync(_ =>
        {
            disk.Wait();
            return true;
        });

        // More views than the channel and the batch in its hands can hold.
        var tracker = Portal.Get<VisitorTracker>();
        List<Task<Outcome<LiveVisit>>> views;
        try
        {
            views =
            [
                .. Enumerable.Range(1, 12_000)
                    .Select(number => tracker.ViewAsync(site.Company, new VisitorId(number), new PageView("p", "https://shop.example/", "Shop", ""), new VisitorBrowser("", ""), Portal.Now).AsTask()),
            ];
            var busy = await Portal.Visitor(site).ViewAsync();
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "ServerBusy"), (busy.Status, busy.Refusal));
            Assert.True(busy.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        }
        finally
        {
            // Also where it failed: a portal whose writer stands still never stops.
            disk.Set();
        }

        _ = await stuck;
        var outcomes = await Task.WhenAll(views);
        var taken = outcomes.Count(outcome => !outcome.IsRefused);
        Assert.All(outcomes.Where(outcome => outcome.IsRefused), outcome => Assert.Equal(Refusal.ServerBusy, outcome.Refusal));
        Assert.InRange(taken, 8192, 11_999);
        using var context = Portal.ReadTrail();
        Assert.Equal(taken, await context.TrailSteps.CountAsync());
        Assert.Equal(taken, Portal.Get<LiveVisits>().On(site.Company, Portal.Now).Count());
        Assert.Equal(HttpStatusCode.OK, (await Portal.Visitor(site).ViewAsync()).Status);
    }
}
