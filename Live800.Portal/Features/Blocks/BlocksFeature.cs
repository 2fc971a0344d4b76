namespace Live800.Portal.Features.Blocks;

public static class BlocksFeature
{
    public static WebApplicationBuilder AddBlocks(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddBlocks();
        return builder;
    }

    internal static IServiceCollection AddBlocks(this IServiceCollection services) => services.AddSingleton<BlockBoard>().AddSingleton<BlockDesk>();
}
