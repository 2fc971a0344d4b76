namespace Live800.Portal.Features.Supervision;

public static class SupervisionFeature
{
    public static WebApplicationBuilder AddSupervision(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSupervision();
        return builder;
    }

    internal static IServiceCollection AddSupervision(this IServiceCollection services) => services.AddSingleton<SupervisionDesk>().AddSingleton<SupervisionQueries>();
}
