namespace Live800.Portal.Features.Sites;

/// <summary>Which web sites may carry a company's codes (5).</summary>
public static class SitesFeature
{
    public static WebApplicationBuilder AddSites(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<SiteDesk>().AddSingleton<SiteWatch>();
        return builder;
    }
}
