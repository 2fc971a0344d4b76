using System.Diagnostics;
using Live800.Portal.Data;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Live800.Portal.Features.Status;

/// <summary>
/// Sends figures and traces to the collector the operator names with the standard <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. Without it nothing is added: nobody listens and nothing leaves the box.
/// </summary>
internal static class Telemetry
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint])) return builder;
        _ = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Instruments.Name, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics => metrics.AddMeter(Instruments.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddOtlpExporter())
            .WithTracing(traces => traces.AddPortalTraces().AddOtlpExporter());
        return builder;
    }

    /// <summary>What is traced, with everything personal taken out before any exporter sees it.</summary>
    internal static TracerProviderBuilder AddPortalTraces(this TracerProviderBuilder traces) => traces
        .AddSource(Instruments.Name)
        .AddAspNetCoreInstrumentation()
        .AddProcessor(new RequestSpans());
}

/// <summary>
/// Of a request's span only what is listed here stays: the route instead of the path, no query, no address of whoever asked, no browser. A list of what may stay,
/// so that what a later version adds does not leave the box either.
/// </summary>
internal sealed class RequestSpans : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Kept =
        ["http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type", "job", "works"];

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.ToList())
        {
            if (!Kept.Contains(name)) _ = data.SetTag(name, null);
        }

        if (data.Source.Name != Instruments.Name) data.DisplayName = $"{data.GetTagItem("http.request.method")} {data.GetTagItem("http.route")}".Trim();
        // An exception's words may hold anything; that there was one is in error.type.
        if (data.StatusDescription is not null) _ = data.SetStatus(data.Status);
    }
}
