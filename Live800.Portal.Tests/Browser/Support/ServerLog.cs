using System.Text.RegularExpressions;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>Everything a running server wrote to its console, and a way to wait for a line of it.</summary>
public sealed partial class ServerLog
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(Regex Pattern, TaskCompletionSource<Match> Found)> _waiting = [];

    public override string ToString()
    {
        lock (_gate) return string.Join('\n', _lines);
    }

    public void Add(string? line)
    {
        if (line is null) return;
        lock (_gate)
        {
            _lines.Add(line);
            foreach (var (pattern, found) in _waiting.ToArray())
            {
                if (pattern.Match(line) is { Success: true } match) _ = found.TrySetResult(match);
            }
            _ = _waiting.RemoveAll(waiting => waiting.Found.Task.IsCompleted);
        }
    }

    /// <summary>The first line that matches, at or after the given line number, already there or still to come.</summary>
    public async Task<Match> WaitForAsync(Regex pattern, int from = 0, TimeSpan? patience = null)
    {
        Task<Match> found;
        lock (_gate)
        {
            if (_lines.Skip(from).Select(line => pattern.Match(line)).FirstOrDefault(match => match.Success) is { } match) return match;
            var source = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((pattern, source));
            found = source.Task;
        }
        try
        {
            return await found.WaitAsync(patience ?? TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The server never wrote a line like {pattern}. It wrote:\n{this}");
        }
    }

    public int Count
    {
        get
        {
            lock (_gate) return _lines.Count;
        }
    }

    /// <summary>Error lines and stack frames: what must not appear whatever a client sends.</summary>
    public IReadOnlyList<string> Trouble
    {
        get
        {
            lock (_gate) return [.. _lines.Where(line => TroublePattern().IsMatch(line))];
        }
    }

    [GeneratedRegex(@"^(fail|crit): |^\s+at \S+\(|Unhandled exception|Exception: ")]
    private static partial Regex TroublePattern();
}
