using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>What a stream has to look at again. A stream keeps one of each kind at most: news that meet unread news of their kind are one.</summary>
[Flags]
public enum VisitorNews
{
    None = 0,
    /// <summary>The icons' state changed.</summary>
    Icons = 1,
    /// <summary>The conversation or its messages changed.</summary>
    Conversation = 2,
    /// <summary>The agent types or stopped.</summary>
    Typing = 4,
    /// <summary>Time to show that the server is alive.</summary>
    Beat = 8,
    /// <summary>The server stops.</summary>
    Stop = 16,
    /// <summary>Another page of the visitor took over.</summary>
    Moved = 32,
    /// <summary>The reader did not keep up.</summary>
    Slow = 64,
    /// <summary>The visitor's page is gone.</summary>
    Gone = 128,
    /// <summary>The visitor was invited, or his invitation is over.</summary>
    Invitation = 256,
    /// <summary>An agent answered an offline message of the visitor.</summary>
    Replies = 512,
}

/// <summary>
/// The open line to one visitor's page. It holds no messages, only the kinds of news that its writer has not looked at yet, so that a slow reader
/// costs nothing and everything is read again from the database after its cursor.
/// </summary>
public sealed class VisitorStream : IDisposable
{
    private readonly Action _abort;
    private readonly SemaphoreSlim _signal = new(0, 1);
    private int _news;
    private long _writingSince;

    internal VisitorStream(CompanyId company, VisitorId visitor, string page, Action abort, int firstBeat)
    {
        _abort = abort;
        Company = company;
        Visitor = visitor;
        Page = page;
        NextBeat = firstBeat;
    }

    public CompanyId Company { get; }
    public VisitorId Visitor { get; }
    public string Page { get; }

    /// <summary>The second of <see cref="VisitorStreams"/>' clock in which the next heartbeat is due.</summary>
    internal int NextBeat { get; set; }

    /// <summary>Whether the page shows a place in the waiting line, which moves because of others.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Waits for news and takes all there are.</summary>
    public async ValueTask<VisitorNews> WaitAsync()
    {
        while (true)
        {
            var news = (VisitorNews)Interlocked.Exchange(ref _news, 0);
            if (news != VisitorNews.None)
                return news;
            await _signal.WaitAsync();
        }
    }

    /// <summary>Notes news and wakes the writer. Never waits.</summary>
    public void Tell(VisitorNews news)
    {
        if ((Interlocked.Or(ref _news, (int)news) & (int)news) == (int)news)
            return;
        if (_signal.CurrentCount > 0)
            return;
        try
        {
            _ = _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke the writer in the same instant.
        }
        catch (ObjectDisposedException)
        {
            // The page went while it was told.
        }
    }

    /// <summary>Marks the time in which the connection takes what was written; see <see cref="IsStuck"/>.</summary>
    public void Writing(long timestamp) => Volatile.Write(ref _writingSince, timestamp);

    public void Written() => Volatile.Write(ref _writingSince, 0);

    /// <summary>Whether the connection has not taken what was written for longer than <paramref name="limit"/>.</summary>
    public bool IsStuck(TimeProvider clock, TimeSpan limit) =>
        Volatile.Read(ref _writingSince) is var since and not 0 && clock.GetElapsedTime(since) > limit;

    /// <summary>Cuts the connection of a reader that takes nothing.</summary>
    internal void Abort() => _abort();

    public void Dispose() => _signal.Dispose();
}
