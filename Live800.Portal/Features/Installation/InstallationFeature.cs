using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Installation;

/// <summary>The installation check 安装检查 (5): which of the company's pages carry which code.</summary>
public static class InstallationFeature
{
    public static WebApplicationBuilder AddInstallation(this WebApplicationBuilder builder)
    {
        _ = builder.Services
            .AddSingleton<SightingBoard>()
            .AddSingleton<InstallationDesk>()
            .AddHostedService(services => services.GetRequiredService<SightingBoard>())
            .AddSweep<SightingBoard>(SightingBoard.Every, (board, _, _) => board.FlushAsync());
        return builder;
    }
}
