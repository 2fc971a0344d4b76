using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>
/// Brings one file to this version's schema. Before anything is changed a snapshot is taken beside the file (<c>.upgrading</c>); an upgrade that fails or is
/// interrupted is undone from it, at once or at the next start, and then tried again. The last snapshot stays as <c>.before-upgrade</c>.
/// </summary>
internal static class Upgrade
{
    public static async Task ApplyAsync<TContext>(DataFile<TContext> file, IDbContextFactory<TContext> contexts, ILogger log, CancellationToken cancellation)
        where TContext : DbContext
    {
        var snapshot = file.Path + ".upgrading";
        if (File.Exists(snapshot))
        {
            log.LogWarning("The last upgrade of {File} was interrupted; it is undone from its snapshot and started again", file.Path);
            Restore(file.Path, snapshot);
        }

        PortalFiles.CreatePrivateFile(file.Path);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellation)).ToList();
        // Whatever a newer version added would be lost by one that does not know it.
        if (applied.Except(context.Database.GetMigrations()).LastOrDefault() is { } unknown)
            throw new StartRefusedException($"{file.Path} was written by a newer version of the portal ({unknown}). Start that version or a later one, or put back a backup from before.");
        if (pending.Count == 0) return;

        await context.Database.OpenConnectionAsync(cancellation);
        // A killed upgrade leaves EF's lock row behind, and nobody else can be upgrading: this process holds the folder.
        _ = await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", cancellation);
        _ = await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellation);
        if (applied.Count > 0)
        {
            log.LogInformation("Upgrading {File}: {Pending}", file.Path, string.Join(", ", pending));
            var unfinished = snapshot + ".tmp";
            File.Delete(unfinished);
            _ = await context.Database.ExecuteSqlAsync($"VACUUM INTO {unfinished}", cancellation);
            File.Move(unfinished, snapshot);
        }

        try
        {
            await context.Database.MigrateAsync(cancellation);
        }
        catch when (applied.Count > 0)
        {
            await context.Database.CloseConnectionAsync();
            Restore(file.Path, snapshot);
            File.Delete(snapshot);
            throw;
        }
        if (applied.Count > 0) File.Move(snapshot, file.Path + ".before-upgrade", overwrite: true);
    }

    private static void Restore(string path, string snapshot)
    {
        SqliteConnection.ClearAllPools();
        var copy = path + ".restoring";
        File.Copy(snapshot, copy, overwrite: true);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
        File.Move(copy, path, overwrite: true);
    }
}
