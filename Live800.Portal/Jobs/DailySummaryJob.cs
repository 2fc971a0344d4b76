using Live800.Portal.Features.CompanyMail;

namespace Live800.Portal.Jobs;

/// <summary>Writes the letters about each day, at the hour each company has chosen. What is missed while the portal is down is written afterwards, and nothing twice.</summary>
public sealed class DailySummaryJob(DailySummary summaries)
{
    public Task RunAsync(CancellationToken cancellation) => summaries.RunDueAsync(cancellation);
}
