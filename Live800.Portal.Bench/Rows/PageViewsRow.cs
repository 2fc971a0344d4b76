namespace Live800.Portal.Bench.Rows;

/// <summary>B1: page views recorded per second, every visitor new, trail on, acknowledged after the batch's commit.</summary>
internal static class PageViewsRow
{
    public static async Task<BenchRow> MeasureAsync(BenchRun run)
    {
        var box = await PreparedBox.MakeAsync(run.Data("views"), agents: 1, talks: 0);
        var length = run.Size(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
        var warming = TimeSpan.FromSeconds(3);

        PageViewLoad.Result views;
        await using (var portal = await PublishedPortal.StartAsync(run.Published, box.Folder))
        {
            _ = await PageViewLoad.RunAsync(portal.EndPoint, $"/w/{box.CompanyCode}/view", warming);
            views = await PageViewLoad.RunAsync(portal.EndPoint, $"/w/{box.CompanyCode}/view", length);
        }

        var (empty, at) = await EmptyEndpoint.StartAsync();
        PageViewLoad.Result limit;
        try
        {
            _ = await PageViewLoad.RunAsync(at, "/", warming);
            limit = await PageViewLoad.RunAsync(at, "/", run.Size(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)));
        }
        finally
        {
            empty.Kill();
            empty.Dispose();
        }

        return new("B1",
            $"page views for {length.TotalSeconds:0} s, every visitor new, trail on",
            $"{views.PerSecond:N0}/s, {views.Latencies}; {views.Refused:N0} refused",
            $"{limit.PerSecond:N0}/s empty endpoint parsing the same body; ratio {views.PerSecond / limit.PerSecond:P0}",
            ">= 10,000/s, ratio >= 25 %");
    }
}
