using Live800.Portal.Features.CompanyMail;

namespace Live800.Portal.Jobs;

/// <summary>Writes the letters about each week, at the weekday and hour each company has chosen. After a time down the last week is told of, and nothing twice.</summary>
public sealed class WeeklyReportJob(WeeklyReport reports)
{
    public Task RunAsync(CancellationToken cancellation) => reports.RunDueAsync(cancellation);
}
