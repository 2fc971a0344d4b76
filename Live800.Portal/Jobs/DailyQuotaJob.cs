using Live800.Domain.Packages;

namespace Live800.Portal.Jobs;

/// <summary>Notices each company's midnight: the free answers are back (rules 3.5 and 3.12).</summary>
public sealed class DailyQuotaJob(TransitionRecorder recorder)
{
    private static readonly TransitionKind[] Kinds = [TransitionKind.DailyQuotaReset];

    /// <summary>Records every midnight not recorded yet; says how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation) => (await recorder.RecordAsync(Kinds, cancellation)).Count;
}
