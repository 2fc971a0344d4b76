using Live800.Domain.Packages;

namespace Live800.Portal.Jobs;

/// <summary>Notices that a company's trial has ended (S4.15, rule 3.12).</summary>
public sealed class TrialEndJob(TransitionRecorder recorder)
{
    private static readonly TransitionKind[] Kinds = [TransitionKind.TrialEnded];

    /// <summary>Records every trial's end not recorded yet; says how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation) => (await recorder.RecordAsync(Kinds, cancellation)).Count;
}
