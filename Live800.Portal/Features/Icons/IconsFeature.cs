namespace Live800.Portal.Features.Icons;

/// <summary>Chat icons, and how a company looks to its visitors.</summary>
public static class IconsFeature
{
    public static WebApplicationBuilder AddIcons(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddIcons();
        return builder;
    }

    internal static IServiceCollection AddIcons(this IServiceCollection services) => services.AddSingleton<IconDesk>().AddSingleton<AppearanceDesk>();
}
