namespace Live800.Portal.Features.Help;

/// <summary>What people ask, answered (7). Public: it knows no company and reads no company's data.</summary>
public static class HelpFeature
{
    public static WebApplicationBuilder AddHelp(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<HelpFigures>().AddSingleton<HelpShelf>();
        return builder;
    }
}
