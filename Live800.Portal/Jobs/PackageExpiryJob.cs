using Live800.Domain.Packages;

namespace Live800.Portal.Jobs;

/// <summary>Notices that terms begin and end, and announces ends and fewer seats ahead (S4.11, rules 3.6, 3.9 and 3.12).</summary>
public sealed class PackageExpiryJob(TransitionRecorder recorder)
{
    private static readonly TransitionKind[] Kinds =
    [
        TransitionKind.TermStarted, TransitionKind.TermEnded,
        TransitionKind.EndsIn7Days, TransitionKind.EndsIn3Days, TransitionKind.EndsIn1Day,
        TransitionKind.SeatsShrinkIn24Hours, TransitionKind.SeatsShrinkIn1Hour,
    ];

    /// <summary>Records every beginning, end and announcement not recorded yet; says how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation) => (await recorder.RecordAsync(Kinds, cancellation)).Count;
}
