using Live800.Domain.Packages;
using Live800.Portal.Data;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Live800.Portal.Features.Packages;

/// <summary>Packages, answers and the ledger. The figures a box starts with are settings, <c>Packages__FreeAnswersPerDay</c> and so on; the operator changes them.</summary>
public static class PackagesFeature
{
    public static WebApplicationBuilder AddPackages(this WebApplicationBuilder builder)
    {
        var figures = builder.Configuration.GetSection("Packages").Get<PackageFigures>() ?? PackageFigures.Default;
        if (!figures.IsRight)
        {
            throw new InvalidOperationException("The settings under Packages are out of range: FreeAnswersPerDay and FreeSeats may be 0, all others are 1 or more.");
        }

        _ = builder.Services.AddSingleton(figures);
        _ = builder.Services.AddPackageDesk();
        // These speak with a gateway; whoever has the desk alone has none.
        _ = builder.Services.AddSingleton<PayDesk>();
        _ = builder.Services.AddHostedService<ReturnSender>();
        return builder;
    }

    /// <summary>The ledger's download.</summary>
    public static WebApplication MapPackages(this WebApplication app)
    {
        LedgerEndpoints.Map(app);
        return app;
    }

    /// <summary>The desk alone, without a web application: for the tests and the bench.</summary>
    public static IServiceCollection AddPackageDesk(this IServiceCollection services)
    {
        services.TryAddSingleton(PackageFigures.Default);
        services.TryAddSingleton(provider => new LedgerSeal(provider.GetRequiredService<PortalFiles>().Key("ledger")));
        _ = services.AddSingleton<IUpgradeCheck, LedgerUpgradeCheck>();
        services.TryAddSingleton<StoreBoard>();
        services.TryAddSingleton<StoreDesk>();
        services.TryAddSingleton<PackageDesk>();
        services.TryAddSingleton<LedgerQueries>();
        services.TryAddSingleton<RecommendationQueries>();
        services.TryAddSingleton<ReturnDesk>();
        services.TryAddSingleton<OrderLetters>();
        services.TryAddSingleton<WarningLetters>();
        services.TryAddSingleton<OrderDesk>();
        services.TryAddSingleton<OrderQueries>();
        services.TryAddSingleton<MoneyQueries>();
        services.TryAddSingleton<StoreQueries>();
        return services;
    }
}
