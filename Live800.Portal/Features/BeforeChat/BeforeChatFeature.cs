namespace Live800.Portal.Features.BeforeChat;

/// <summary>What a company asks its visitors before a conversation begins, and what they answered.</summary>
public static class BeforeChatFeature
{
    public static WebApplicationBuilder AddBeforeChat(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddBeforeChat();
        return builder;
    }

    internal static IServiceCollection AddBeforeChat(this IServiceCollection services) => services.AddSingleton<BeforeChatBoard>().AddSingleton<BeforeChatDesk>();
}
