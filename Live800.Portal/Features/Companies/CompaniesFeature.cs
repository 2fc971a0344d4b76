using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Companies;

/// <summary>Companies and their agents.</summary>
public static class CompaniesFeature
{
    public static WebApplicationBuilder AddCompanies(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddSingleton<CompanyRegistry>().AddSingleton<CompanyStop>();
        _ = builder.Services.AddSingleton<FirstStepsQueries>();
        _ = builder.Services.AddSingleton<AgentRoster>();
        _ = builder.Services.AddSingleton<OnlineTimes>();
        _ = builder.Services.AddSingleton<EmailLetters>();
        _ = builder.Services.AddSingleton<EmailDesk>();
        _ = builder.Services.AddSingleton<ForgotDesk>();
        _ = builder.Services.AddHostedService(services => services.GetRequiredService<ForgotDesk>());
        _ = builder.Services.AddSeats();
        _ = builder.Services.AddHostedService<SeatRosterStart>();
        _ = builder.Services.AddSweep<SeatRoster>(TimeSpan.FromSeconds(10), (roster, _, cancellation) => roster.ShrinkAsync(cancellation));
        _ = builder.Services.AddHostedService<SetupNotice>();
        return builder;
    }
}
