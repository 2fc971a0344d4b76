using Live800.Portal.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Live800.Portal.Tests.Support;

/// <summary>
/// Both files at this version's schema and with no row, made once for a run and copied into every new folder: going all the steps again took a good part of each test. The steps themselves are UpgradeTests' matter,
/// which begin with nothing.
/// </summary>
internal static class MigratedFiles
{
    // On a thread of its own: whoever waits for it may be holding the last one that runs tests.
    private static readonly Lazy<Task<IReadOnlyList<(string Name, byte[] Bytes)>>> Made = new(() => Task.Run(MakeAsync));

    /// <summary>Puts them into a folder that has none yet.</summary>
    public static void PutInto(string folder)
    {
        _ = Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in Made.Value.GetAwaiter().GetResult()) File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    private static async Task<IReadOnlyList<(string Name, byte[] Bytes)>> MakeAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "live800-" + Guid.NewGuid().ToString("N"));
        try
        {
            var services = new ServiceCollection();
            _ = services.AddSingleton(typeof(Microsoft.Extensions.Logging.ILogger<>), typeof(NullLogger<>));
            _ = services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(NullLoggerFactory.Instance);
            _ = services.Configure<PortalOptions>(options => options.DataDirectory = folder);
            _ = services.AddPortalData();
            await using var data = services.BuildServiceProvider();
            return
            [
                await MakeAsync(data.GetRequiredService<DataFile<PortalDbContext>>(), data.GetRequiredService<IDbContextFactory<PortalDbContext>>()),
                await MakeAsync(data.GetRequiredService<DataFile<TrailDbContext>>(), data.GetRequiredService<IDbContextFactory<TrailDbContext>>()),
            ];
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(string Name, byte[] Bytes)> MakeAsync<TContext>(DataFile<TContext> file, IDbContextFactory<TContext> contexts) where TContext : DbContext
    {
        var fresh = new FileUpgrade<TContext>(file, contexts, NullLogger.Instance);
        Assert.True(await fresh.IsNeededAsync(CancellationToken.None));
        await fresh.BeginAsync(CancellationToken.None);
        await fresh.MigrateAsync(CancellationToken.None);
        await using (var context = await contexts.CreateDbContextAsync())
        {
            // Everything into the one file that is copied.
            _ = await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return (Path.GetFileName(file.Path), await File.ReadAllBytesAsync(file.Path));
    }
}
