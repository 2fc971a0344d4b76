using Live800.Portal.Data;

namespace Live800.Portal.Features.Status;

/// <summary>What the data folder takes, thing by thing.</summary>
public sealed class DataUse(PortalFiles files, FileCare care, TimeProvider clock)
{
    // Walking through many files costs more than a page should; what visitors send grows slowly.
    private static readonly TimeSpan WalkEvery = TimeSpan.FromMinutes(5);

    private (long At, FileUse Uploads, FileUse Mail)? _walked;

    internal async Task<IReadOnlyList<FileUse>> ReadAsync(CancellationToken cancellation)
    {
        if (_walked is not { } walked || clock.GetElapsedTime(walked.At) >= WalkEvery)
        {
            walked = await Task.Run(() => (clock.GetTimestamp(), Folder(files.Uploads), Folder(files.Mail)), cancellation);
            _walked = walked;
        }

        var snapshots = care.Snapshots().Select(path => new FileUse(Path.GetFileName(path), Space.Of(path)));
        return [await FileAsync(files.PortalDb, cancellation), await FileAsync(files.TrailDb, cancellation), walked.Uploads, walked.Mail, .. snapshots];
    }

    private async Task<FileUse> FileAsync(string path, CancellationToken cancellation)
    {
        var wal = Space.Of(path + "-wal");
        return new FileUse(Path.GetFileName(path), Space.Of(path) + wal, wal, await care.ReusableAsync(path, cancellation));
    }

    private static FileUse Folder(string path)
    {
        var (bytes, count) = Space.OfFolder(path);
        return new FileUse(Path.GetFileName(path) + "/", bytes, Count: count);
    }
}
