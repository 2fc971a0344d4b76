using Live800.Portal.Features.Mail;
using Live800.Portal.Realtime;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>A company's own mail: sender and words of its letters, notices of offline messages, a letter about each day, and one about each week.</summary>
public static class CompanyMailFeature
{
    public static WebApplicationBuilder AddCompanyMail(this WebApplicationBuilder builder)
    {
        _ = builder.Services
            .AddNotices()
            .AddSingleton<ReplyToLetters>()
            .AddSingleton<CompanyMailDesk>()
            .AddSingleton<SummaryQueries>()
            .AddSingleton<DailySummary>()
            .AddSingleton<ReportQueries>()
            .AddSingleton<WeeklyReport>()
            .AddSweep<OfflineNotices>(TimeSpan.FromSeconds(30), (notices, _, cancellation) => notices.RunDueAsync(cancellation));
        return builder;
    }

    /// <summary>What is asked inside the write of every offline message.</summary>
    internal static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.TryAddSingleton<LetterCalls>();
        services.TryAddSingleton<OfflineNotices>();
        return services;
    }
}
