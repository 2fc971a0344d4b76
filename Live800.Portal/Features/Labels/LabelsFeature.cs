namespace Live800.Portal.Features.Labels;

public static class LabelsFeature
{
    public static WebApplicationBuilder AddLabels(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddLabels();
        return builder;
    }

    internal static IServiceCollection AddLabels(this IServiceCollection services) => services.AddSingleton<LabelDesk>().AddSingleton<LabelQueries>();
}
