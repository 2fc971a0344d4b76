using Live800.Domain.Conversations;
using Live800.Portal.Data.Rollups;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Data;

public static class DataFeature
{
    /// <summary>What is protected for this application, no other can open.</summary>
    internal const string ApplicationName = "Live800.Portal";

    public static WebApplicationBuilder AddData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // The same address with and without the launch profile; whoever names another one gets it.
        var configuration = builder.Configuration;
        if (configuration["urls"] is null && configuration["http_ports"] is null && configuration["https_ports"] is null && !configuration.GetSection("Kestrel:Endpoints").Exists())
            _ = builder.WebHost.UseUrls("http://localhost:5080");
        // A line per request would drown what matters, and costs more than a page view itself.
        _ = builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        _ = builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        // The keys lie in a folder only the owner may enter; that they are not encrypted beside it is known.
        _ = builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        _ = services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section);
        _ = services.AddPortalData();
        _ = services.AddHostedService<ClockKeeper>();
        _ = services.AddDataProtection().SetApplicationName(ApplicationName);
        _ = services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new PrivateKeyRepository(provider.GetRequiredService<PortalFiles>(), provider.GetRequiredService<ILoggerFactory>())));
        _ = services.AddHealthChecks().AddCheck<FilesHealth>("files", timeout: FilesHealth.Patience);
        return builder;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: both files take writes. Neither says more than a word.</summary>
    public static void MapHealth(this WebApplication app)
    {
        _ = app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        _ = app.MapHealthChecks("/health/ready").AllowAnonymous();
    }

    /// <summary>Upgrades the files and starts the clock; everything else may rely on both.</summary>
    public static Task StartDataAsync(this WebApplication app) => app.Services.GetRequiredService<PortalStart>().RunAsync();

    /// <summary>The storage alone, without a web application: for the verbs, the bench and the tests.</summary>
    public static IServiceCollection AddPortalData(this IServiceCollection services)
    {
        _ = services.AddSingleton<PortalFiles>();
        _ = services.AddSingleton(provider => new DataFile<PortalDbContext>(provider.GetRequiredService<PortalFiles>().PortalDb, FullSync: true));
        _ = services.AddSingleton(provider => new DataFile<TrailDbContext>(provider.GetRequiredService<PortalFiles>().TrailDb, FullSync: false));
        _ = services.AddDbContextFactory<PortalDbContext>((provider, options) => provider.GetRequiredService<DataFile<PortalDbContext>>().Configure(options));
        _ = services.AddDbContextFactory<TrailDbContext>((provider, options) => provider.GetRequiredService<DataFile<TrailDbContext>>().Configure(options));
        _ = services.AddSingleton(_ => new PortalClock(TimeProvider.System));
        _ = services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<PortalClock>());
        _ = services.AddMetrics().AddSingleton<WriteMeter>();
        _ = services.AddSingleton(provider => new WriteQueue<PortalDbContext>(
            provider.GetRequiredService<DataFile<PortalDbContext>>(),
            options => new PortalDbContext(options),
            provider.GetRequiredService<ILogger<WriteQueue<PortalDbContext>>>(),
            provider.GetRequiredService<PortalClock>().Store,
            meter: provider.GetRequiredService<WriteMeter>(),
            model: () => ModelOf<PortalDbContext>(provider)));
        _ = services.AddSingleton(provider => new WriteQueue<TrailDbContext>(
            provider.GetRequiredService<DataFile<TrailDbContext>>(),
            options => new TrailDbContext(options),
            provider.GetRequiredService<ILogger<WriteQueue<TrailDbContext>>>(),
            meter: provider.GetRequiredService<WriteMeter>(),
            model: () => ModelOf<TrailDbContext>(provider)));
        _ = services.AddSingleton<PortalStart>();
        _ = services.AddSingleton<CompanyCalendars>();
        _ = services.AddSingleton<PublicAddress>();
        services.TryAddSingleton(Moments.Default);
        return services;
    }

    private static IModel ModelOf<TContext>(IServiceProvider provider)
        where TContext : DbContext
    {
        using var context = provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
        return context.Model;
    }
}
