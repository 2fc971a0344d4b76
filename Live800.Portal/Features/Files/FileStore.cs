using System.Buffers;
using System.Security.Cryptography;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Files;

/// <summary>
/// The bytes of attachments: a folder for each company under <c>uploads/</c>, a file for each attachment, named by its id alone. A file is written under another name and moved when it is
/// whole; only then may its row be stored. What never got a row is swept away.
/// </summary>
public sealed class FileStore(PortalFiles files, IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>How old something without a row must be to be swept away: nobody is still at it.</summary>
    internal static readonly TimeSpan LeftoverAfter = TimeSpan.FromHours(1);

    private const string Unfinished = ".part";
    private const int Piece = 64 * 1024;
    private const int AskedAtOnce = 500;

    private DateTime _sweptUntil = DateTime.MinValue;

    /// <summary>
    /// Stores what comes, piece by piece, and looks at it. What is refused or breaks off leaves nothing. Refusals: FileTypeNotAllowed, FileEmpty, FileTooLarge, FileTypeDiffers, PictureTooLarge, FileCut.
    /// </summary>
    public async Task<Outcome<AttachedFile>> TakeAsync(CompanyId company, string? givenName, Stream body, CancellationToken cancellation)
    {
        var name = FileName.Clean(givenName);
        if (FileType.Of(name) is not { } type) return Refusal.FileTypeNotAllowed;
        var id = new AttachmentId(new Guid(RandomNumberGenerator.GetBytes(16)));
        PortalFiles.CreatePrivate(FolderOf(company));
        var (path, unfinished) = (PathOf(company, id), PathOf(company, id) + Unfinished);
        var isKept = false;
        try
        {
            AttachedFile taken;
            await using (var file = PortalFiles.CreateNew(unfinished))
            {
                var text = new TextBytes();
                var copied = await CopyAsync(body, file, type, piece => text.Read(piece), cancellation);
                if (copied != Refusal.None) return copied;
                await file.FlushAsync(cancellation);
                var looked = FileLook.At(type, file, text.IsText);
                if (looked.IsRefused) return looked.Refusal;
                taken = new AttachedFile(id, name, file.Length, looked.Value?.Width, looked.Value?.Height);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            File.Move(unfinished, path);
            isKept = true;
            return taken;
        }
        finally
        {
            if (!isKept) File.Delete(unfinished);
        }
    }

    /// <summary>Where the bytes are; nothing when they are not there.</summary>
    public string? Find(CompanyId company, AttachmentId id) => PathOf(company, id) is var path && File.Exists(path) ? path : null;

    /// <summary>The bytes go: they got no row.</summary>
    public void Delete(CompanyId company, AttachmentId id) => File.Delete(PathOf(company, id));

    /// <summary>Sweeps away what broke off and what got no row, once it is an hour old. By the machine's clock, as files are dated. Says how many.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation = default)
    {
        var until = DateTime.UtcNow - LeftoverAfter;
        var from = _sweptUntil;
        var swept = 0;
        foreach (var folder in new DirectoryInfo(files.Uploads).EnumerateDirectories())
        {
            var old = folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc < until && (file.LastWriteTimeUtc >= from || file.Extension == Unfinished));
            foreach (var some in old.Chunk(AskedAtOnce)) swept += await SweepAsync(some, cancellation);
        }

        _sweptUntil = until - LeftoverAfter;
        return swept;
    }

    private async Task<int> SweepAsync(FileInfo[] some, CancellationToken cancellation)
    {
        var ids = some.Where(file => Guid.TryParseExact(file.Name, "N", out _)).Select(file => new AttachmentId(Guid.ParseExact(file.Name, "N"))).ToArray();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var known = await context.Attachments.Where(attachment => EF.Parameter(ids).Contains(attachment.Id)).Select(attachment => attachment.Id).ToListAsync(cancellation);
        var left = some.Where(file => file.Extension == Unfinished || (Guid.TryParseExact(file.Name, "N", out var id) && !known.Contains(new AttachmentId(id)))).ToList();
        foreach (var file in left) file.Delete();
        return left.Count;
    }

    private static async Task<Refusal> CopyAsync(Stream body, FileStream file, FileType type, Action<ReadOnlySpan<byte>> look, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (true)
            {
                int read;
                try
                {
                    read = await body.ReadAsync(buffer.AsMemory(0, Piece), cancellation);
                }
                catch (IOException) when (!cancellation.IsCancellationRequested)
                {
                    return Refusal.FileCut;
                }

                if (read == 0) return file.Length == 0 ? Refusal.FileEmpty : Refusal.None;
                if (file.Position + read > Attachment.SizeLimit) return Refusal.FileTooLarge;
                if (type.Bytes == FileBytes.Text) look(buffer.AsSpan(0, read));
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private string FolderOf(CompanyId company) => Path.Combine(files.Uploads, company.ToString());

    private string PathOf(CompanyId company, AttachmentId id) => Path.Combine(FolderOf(company), id.ToString());
}
