using Live800.Portal.Features.Closing;

namespace Live800.Portal.Jobs;

/// <summary>Erases what closed companies kept of people, thirty days after they were closed (1). Every go is small; what is left waits for the next one.</summary>
public sealed class ClosedCompanyJob(ClosedCompanies closed)
{
    public Task RunAsync(CancellationToken cancellation) => closed.RunDueAsync(cancellation);
}
