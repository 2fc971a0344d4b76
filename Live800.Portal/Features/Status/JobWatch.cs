using System.Collections.Concurrent;
using System.Diagnostics;
using Hangfire.Common;
using Hangfire.Server;
using Live800.Portal.Data;

namespace Live800.Portal.Features.Status;

/// <summary>Stands beside every run of a job and enters it into the book. Hangfire goes by the machine's clock, and so does how late a run is.</summary>
internal sealed class JobWatch(JobBook book) : IServerFilter, IJobFilterProvider
{
    private const string Began = "live800.began";
    private const string Span = "live800.span";

    // When each recurring job is due next, as its last run left it.
    private readonly ConcurrentDictionary<string, DateTime> _due = new();

    public IEnumerable<JobFilter> GetFilters(Job job) => [.. JobFilterProviders.Providers.GetFilters(job), new JobFilter(this, JobFilterScope.Global, null)];

    public void OnPerforming(PerformingContext context)
    {
        var job = NameOf(context);
        // A run that was made by hand, before its time, was due when it was made.
        var made = context.BackgroundJob.CreatedAt;
        var due = _due.TryGetValue(job, out var known) && known <= made ? known : made;
        book.Began(job, DateTime.UtcNow - due);
        context.Items[Began] = Stopwatch.GetTimestamp();
        context.Items[Span] = Instruments.Source.StartActivity("job")?.SetTag("job", job);
    }

    public void OnPerformed(PerformedContext context)
    {
        var job = NameOf(context);
        if (context.Connection.GetAllEntriesFromHash($"recurring-job:{job}") is { } entries && entries.TryGetValue("NextExecution", out var next) && JobHelper.DeserializeNullableDateTime(next) is { } due) _due[job] = due;
        var failure = context.Exception is JobPerformanceException { InnerException: { } inner } ? inner : context.Exception;
        if (context.Items.TryGetValue(Span, out var item) && item is Activity span)
        {
            if (failure is not null) _ = span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure.GetType().Name);
            span.Dispose();
        }

        if (context.Canceled || failure is OperationCanceledException) return;
        if (context.Items.TryGetValue(Began, out var began) && began is long stamp) book.Ended(job, Stopwatch.GetElapsedTime(stamp), failure);
    }

    private static string NameOf(PerformContext context) => context.GetJobParameter<string>("RecurringJobId") ?? context.BackgroundJob.Job.Type.Name;
}
