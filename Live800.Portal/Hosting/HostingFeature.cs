using Live800.Portal.Data;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Hosting;

/// <summary>How the portal stands on its machine: as a service, with a certificate, behind a proxy.</summary>
public static class HostingFeature
{
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        if (StartSettings.Wrong(builder.Configuration) is { } wrong) throw new StartRefusedException(wrong);
        // What keeps a host from starting goes up to Program, which has a sentence for it or lets its trace be seen; said here too it would bury the sentence. A background service that fails is still told, as the reason why the host stops.
        _ = builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Each does nothing unless that service manager started the process.
        _ = builder.Services.AddSystemd().AddWindowsService(options => options.ServiceName = "Live800.Portal");
        _ = builder.Services.AddSingleton<CertificateBook>();
        if (StartMemory.IsWanted) _ = builder.Services.AddHostedService<StartMemory>();
        _ = builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<PortalOptions>>().Value;
            if (string.IsNullOrWhiteSpace(options.Certificate)) return;
            var book = kestrel.ApplicationServices.GetRequiredService<CertificateBook>();
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.ServerCertificate = book.Certificate;
                https.ServerCertificateChain = book.Chain;
                https.OnAuthenticate = (_, answer) => answer.ServerCertificateContext = book.Context();
            });
        });
        return builder;
    }

    /// <summary>
    /// Where the portal itself serves HTTPS and its public address says so, pages that are asked for without it are led there. What a web site's codes ask for is answered as it is: codes from the time before keep working (S3.4), and a
    /// redirect would make browsers forget which site asked.
    /// </summary>
    public static WebApplication UseSecureAddress(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<PublicAddress>();
        var options = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value;
        if (string.IsNullOrWhiteSpace(options.Certificate)) return app;
        _ = app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.IsHttps || !HttpMethods.IsGet(request.Method) || request.Path.StartsWithSegments("/w") || request.Path.StartsWithSegments("/health") || !address.Base.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return next(context);
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            context.Response.Headers.Location = address.Of(request.Path + request.QueryString);
            return Task.CompletedTask;
        });
        return app;
    }
}
