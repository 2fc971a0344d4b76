using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Files;

/// <summary>
/// Takes files away for good (1): their rows go inside the caller's write, which leaves a word for each; after the commit the bytes go, and the word with them. Whatever stops the portal in between, the next sweep finds the words.
/// </summary>
public sealed class ErasedFileSweep(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, FileStore store, ILogger<ErasedFileSweep> log)
{
    private const int AtOnce = 500;

    /// <summary>Inside the caller's write: the rows of these files go.</summary>
    internal static async Task AddAsync(PortalDbContext write, CompanyId company, IReadOnlyCollection<Attachment> files, CancellationToken cancellation)
    {
        foreach (var some in files.Select(file => file.Id).Chunk(AtOnce))
        {
            write.ErasedFiles.AddRange(some.Select(id => new ErasedFile(company, id)));
            _ = await write.Attachments.Where(file => file.CompanyId == company && EF.Parameter(some).Contains(file.Id)).ExecuteDeleteAsync(cancellation);
        }
    }

    /// <summary>Deletes the bytes there is a word of. One that is not there is gone; one that cannot be deleted now is tried again. Says how many went.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var swept = 0;
        foreach (var some in (await context.ErasedFiles.AsNoTracking().ToListAsync(cancellation)).Chunk(AtOnce))
        {
            AttachmentId[] gone = [.. some.Where(TryDelete).Select(file => file.Id)];
            if (gone.Length == 0) continue;
            swept += await writes.RunAsync((write, token) => write.ErasedFiles.Where(file => EF.Parameter(gone).Contains(file.Id)).ExecuteDeleteAsync(token), cancellation);
        }

        return swept;
    }

    private bool TryDelete(ErasedFile file)
    {
        try
        {
            store.Delete(file.CompanyId, file.Id);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(refused, "An erased file could not be deleted and is tried again");
            return false;
        }
    }
}
