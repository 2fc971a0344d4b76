using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Live800.Portal.Tests.Features.Status;

/// <summary>What leaves the box: nothing, unless a collector is named; and then nothing personal.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Without_a_collector_nobody_listens()
    {
        await using var portal = new PortalFactory();
        Assert.Null(portal.Services.GetService<TracerProvider>());
        Assert.Null(portal.Services.GetService<MeterProvider>());
    }

    [Fact]
    public async Task A_collector_gets_figures_and_routes_and_nothing_personal()
    {
        await using var collector = await Collector.StartAsync();
        await using (var portal = new PortalFactory(settings: new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" }))
        {
            var site = await portal.AddCompanyAsync("markedcode");
            await portal.SeatAsync(site);
            var visitor = portal.Visitor(site, "198.51.100.77");
            visitor.Http.DefaultRequestHeaders.UserAgent.ParseAdd("MarkedBrowser/1");
            _ = await visitor.ViewAsync("https://shop.example/marked-page?name=markedname", "markedtitle", "https://www.baidu.com/s?wd=markedword");
            var said = await visitor.SayAsync("markedtext");
            Assert.Equal(HttpStatusCode.OK, said.Status);
            _ = await portal.Desk.AcceptAsync(site.Company, site.Agent, site.Session, new Live800.Domain.Shared.ConversationId((long)said["c"]!));
            using var browser = portal.Browser();
            _ = await browser.GetAsync("/sign-in?company=markedcompany&return=%2Fmarkedreturn");
            _ = await browser.GetAsync("/join/markedtoken");
            _ = await browser.GetAsync("/nowhere/markedpath");
        }

        var text = collector.Text;
        foreach (var wanted in new[] { "POST /w/{code}/message", "POST /w/{code}/view", "page views", "accept", "live800.messages", "live800.write.commit", "http.server.request.duration", "Live800.Portal" })
            Assert.Contains(wanted, text, StringComparison.Ordinal);
        Assert.DoesNotContain("marked", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("198.51.100.77", text, StringComparison.Ordinal);
    }

    /// <summary>Takes what an exporter sends, as bytes.</summary>
    private sealed class Collector(WebApplication app, ConcurrentQueue<byte[]> taken) : IAsyncDisposable
    {
        public string Address => app.Urls.First();

        public string Text => string.Join('\n', taken.Select(Encoding.Latin1.GetString));

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
            _ = builder.Logging.ClearProviders();
            var app = builder.Build();
            var taken = new ConcurrentQueue<byte[]>();
            _ = app.MapPost("/v1/{what}", async (HttpContext context) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                taken.Enqueue(body.ToArray());
                return Results.Ok();
            });
            await app.StartAsync();
            return new Collector(app, taken);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
