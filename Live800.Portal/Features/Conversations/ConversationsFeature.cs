using Live800.Portal.Data;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Conversations;

public static class ConversationsFeature
{
    public static WebApplicationBuilder AddConversations(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddConversations();
        _ = builder.Services.AddSingleton<IUpgradeCheck, ChatUpgradeCheck>();
        _ = builder.Services.AddSweep<ConversationDesk>(TimeSpan.FromSeconds(5), (desk, _, cancellation) => desk.WithdrawAbandonedAsync(cancellation));
        _ = builder.Services.AddSweep<ConversationDesk>(TimeSpan.FromSeconds(1), (desk, _, cancellation) => desk.CloseExpiredAsync(cancellation));
        _ = builder.Services.AddSweep<ConversationDesk>(TimeSpan.FromSeconds(1), (desk, _, cancellation) => desk.CloseTransfersAsync(cancellation));
        _ = builder.Services.AddSweep<ConversationDesk>(TimeSpan.FromSeconds(1), (desk, _, cancellation) => desk.CatchUpHistoryAsync(cancellation));
        _ = builder.Services.AddSingleton<TranscriptFile>().AddSingleton<TranscriptPost>();
        return builder;
    }

    internal static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddSingleton<StartGate>()
        .AddSingleton<MissedBook>()
        .AddSingleton<MessageMeter>()
        .AddSingleton<MessageIntake>()
        .AddSingleton<ConversationDesk>()
        .AddSingleton<TransferQueries>()
        .AddSingleton<ConferenceQueries>()
        .AddSingleton<ConversationQueries>()
        .AddSingleton<PagePushQueries>();
}
