namespace Live800.Portal.Features.Statistics;

public static class ChatStatisticsFeature
{
    public static WebApplicationBuilder AddChatStatistics(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddChatStatistics();
        return builder;
    }

    internal static IServiceCollection AddChatStatistics(this IServiceCollection services) => services
        .AddSingleton<ChatStatistics>()
        .AddSingleton<MissedStatistics>()
        .AddSingleton<RatingStatistics>()
        .AddSingleton<InvitationStatistics>()
        .AddSingleton<OfflineStatistics>()
        .AddSingleton<AgentStatistics>()
        .AddSingleton<SeatStatistics>();
}
