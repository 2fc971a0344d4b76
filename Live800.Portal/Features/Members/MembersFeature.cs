namespace Live800.Portal.Features.Members;

/// <summary>Who of a site's visitors is its member, as the site has signed it 会员集成 (5).</summary>
public static class MembersFeature
{
    public static WebApplicationBuilder AddMembers(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<IntegrationKeyRing>().AddSingleton<MemberTokens>().AddSingleton<MemberDoor>().AddSingleton<MemberDesk>().AddSingleton<MemberQueries>().AddSingleton<RejectionLog>();
        return builder;
    }
}
