using Live800.Domain.Packages;

namespace Live800.Portal.Jobs;

/// <summary>Notices that answers run short or are used up, and has it written to the administrators (S4.12, S4.13, rules 3.6 and 3.9).</summary>
public sealed class AnswerWarningJob(TransitionRecorder recorder)
{
    private static readonly TransitionKind[] Kinds =
    [
        TransitionKind.Clicks80Percent, TransitionKind.Clicks95Percent, TransitionKind.LastClicks, TransitionKind.ClicksUsedUp,
        TransitionKind.LastFreeAnswer, TransitionKind.NoAnswersLeft,
    ];

    /// <summary>Records what use has brought and was not recorded yet; says how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation) => (await recorder.RecordAsync(Kinds, cancellation)).Count;
}
