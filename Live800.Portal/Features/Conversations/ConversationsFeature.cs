namespace Live800.Portal.Features.Conversations;

public static class ConversationsFeature
{
    public static WebApplicationBuilder AddConversations(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddConversations();
        return builder;
    }

    internal static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton<MessageIntake>()
        .AddSingleton<ConversationDesk>()
        .AddSingleton<ConversationQueries>();
}
