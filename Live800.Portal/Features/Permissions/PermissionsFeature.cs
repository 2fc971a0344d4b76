namespace Live800.Portal.Features.Permissions;

/// <summary>Single rights over templates, and who is told which rights he has (S2.17).</summary>
public static class PermissionsFeature
{
    public static WebApplicationBuilder AddPermissions(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<PermissionQueries>().AddSingleton<PermissionDesk>();
        return builder;
    }
}
