using System.Collections.Concurrent;
using Live800.Domain.Shared;

namespace Live800.Portal.Components.Shared;

/// <summary>How far a download has come.</summary>
public enum FileExportState
{
    /// <summary>Nobody has asked for it yet.</summary>
    Offered = 0,

    /// <summary>Lines are being written.</summary>
    Running = 1,

    /// <summary>The file is written and on its way to the browser.</summary>
    Done = 2,

    /// <summary>Given up, by the page or by the browser.</summary>
    Cancelled = 3,

    /// <summary>Something broke; the log says what.</summary>
    Failed = 4,
}

/// <summary>One download offered by an open page, which looks on while the endpoint writes it.</summary>
public sealed class FileExport : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    internal FileExport(CompanyId company, Guid ticket)
    {
        (Company, Ticket) = (company, ticket);
        Cancelled = _cancel.Token;
    }

    /// <summary>Called on the writer's thread whenever the page should look again.</summary>
    public event Action? Changed;

    public CompanyId Company { get; }

    public Guid Ticket { get; }

    public FileExportState State { get; private set; }

    /// <summary>Lines written.</summary>
    public long Written { get; private set; }

    /// <summary>Lines to write.</summary>
    public long Total { get; private set; }

    /// <summary>Ends when the page gives the download up.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>The page gives it up.</summary>
    public void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();

    internal void Begin(long total)
    {
        (State, Total, Written) = (FileExportState.Running, total, 0);
        Changed?.Invoke();
    }

    internal void Count(long written)
    {
        Written = written;
        if (written % 500 == 0) Changed?.Invoke();
    }

    /// <summary>Counts what is written while it is read.</summary>
    internal IEnumerable<T> Counted<T>(IEnumerable<T> rows)
    {
        var written = 0L;
        foreach (var row in rows)
        {
            yield return row;
            Count(++written);
        }
    }

    /// <summary>Counts what is written while it is read.</summary>
    internal async IAsyncEnumerable<T> Counted<T>(IAsyncEnumerable<T> rows)
    {
        var written = 0L;
        await foreach (var row in rows)
        {
            yield return row;
            Count(++written);
        }
    }

    internal void End(FileExportState state)
    {
        State = state;
        Changed?.Invoke();
    }
}

/// <summary>The downloads that open pages offer. A download nobody offers works all the same; only nobody looks on.</summary>
public sealed class FileExports
{
    private readonly ConcurrentDictionary<Guid, FileExport> _offered = new();

    /// <summary>Offers one; the page that shows its link takes it back when it closes.</summary>
    public FileExport Offer(CompanyId company)
    {
        var export = new FileExport(company, Guid.NewGuid());
        _offered[export.Ticket] = export;
        return export;
    }

    /// <summary>Takes it back; a download that runs is given up.</summary>
    public void TakeBack(FileExport export)
    {
        _ = _offered.TryRemove(export.Ticket, out _);
        export.Cancel();
        export.Dispose();
    }

    /// <summary>The company's own offer, once: a second request with the same ticket runs by itself.</summary>
    internal FileExport Claim(CompanyId company, Guid? ticket) =>
        ticket is { } named && _offered.TryGetValue(named, out var found) && found.Company == company && _offered.TryRemove(named, out _)
            ? found
            : new FileExport(company, Guid.Empty);
}
