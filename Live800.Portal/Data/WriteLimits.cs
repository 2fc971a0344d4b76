namespace Live800.Portal.Data;

/// <summary>How much a write queue takes.</summary>
/// <param name="Batch">Works that share one commit at most.</param>
/// <param name="BatchTime">After this long a batch takes no further work, so that nobody's commit waits for a stream of others.</param>
/// <param name="Capacity">Works that may wait; whoever comes then waits to be let in.</param>
public sealed record WriteLimits(int Batch, TimeSpan BatchTime, int Capacity)
{
    public static readonly WriteLimits Default = new(512, TimeSpan.FromMilliseconds(25), 8192);
}
