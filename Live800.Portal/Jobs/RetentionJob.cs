using Live800.Portal.Features.Personal;

namespace Live800.Portal.Jobs;

/// <summary>Erases what companies have kept long enough (1), at each company's night. Every go is small; what is left waits for the next one.</summary>
public sealed class RetentionJob(RetentionDesk retention)
{
    public Task RunAsync(CancellationToken cancellation) => retention.RunDueAsync(cancellation);
}
