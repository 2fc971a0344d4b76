using Live800.Portal.Data;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Live800.Portal.Features.Backups;

/// <summary>Backups: taken by the box at its time or by the operator, restored by a command.</summary>
public static class BackupsFeature
{
    public static WebApplicationBuilder AddBackups(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddBackups();
        _ = builder.Services.AddHostedService(provider => provider.GetRequiredService<BackupRunner>());
        return builder;
    }

    /// <summary>Without a web application: for the tests.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.TryAddSingleton<BackupSpace>();
        return services
            .AddSingleton<BackupShelf>()
            .AddSingleton(provider => new BackupWriter(provider.GetRequiredService<PortalFiles>(), provider.GetRequiredService<BackupSpace>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<BackupRunner>()
            .AddSingleton<BackupDesk>();
    }
}
