namespace Live800.Portal.Tests.Support;

/// <summary>
/// Figures a test measured on its way (latencies, counts, bytes). They are told, never asserted as times;
/// <c>test.sh</c> prints them after the run.
/// </summary>
public static class Figures
{
    private static readonly Lock Gate = new();

    /// <summary>Records one line; without <c>LIVE800_FIGURES</c> it goes to the test's console.</summary>
    public static void Tell(string line)
    {
        Console.WriteLine(line);
        if (Environment.GetEnvironmentVariable("LIVE800_FIGURES") is not { Length: > 0 } path)
            return;
        lock (Gate)
            File.AppendAllText(path, line + Environment.NewLine);
    }
}
