using Live800.Portal.Features.CompanyMail;

namespace Live800.Portal.Features.Messages;

public static class MessagesFeature
{
    public static WebApplicationBuilder AddMessages(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddMessages();
        return builder;
    }

    internal static IServiceCollection AddMessages(this IServiceCollection services) => services.AddNotices().AddSingleton<OfflineInbox>().AddSingleton<OfflineQueries>().AddSingleton<OfflineReplies>();
}
