namespace Live800.Portal.Components.Shared;

/// <summary>
/// The circuit's own flow, its language above all. An event arrives on the flow of whoever published it, a visitor's request or a job; what is
/// rendered because of it must still speak the language of the agent who looks.
/// </summary>
public sealed class CircuitFlow
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>Runs something as if the circuit had begun it.</summary>
    public void Run(Action act)
    {
        if (_context is null) act();
        else ExecutionContext.Run(_context, static state => ((Action)state!)(), act);
    }
}
