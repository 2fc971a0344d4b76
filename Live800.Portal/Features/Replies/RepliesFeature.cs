namespace Live800.Portal.Features.Replies;

public static class RepliesFeature
{
    public static WebApplicationBuilder AddReplies(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddReplies();
        return builder;
    }

    internal static IServiceCollection AddReplies(this IServiceCollection services) => services.AddSingleton<ReplyDesk>().AddSingleton<ReplyQueries>();
}
