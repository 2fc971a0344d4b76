using Live800.Portal.Data;
using Live800.Portal.Features.Backups;
using Live800.Portal.Features.Mail;
using Live800.Portal.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Doctor;

/// <summary>What the operator entered on the pages, and the clock's floor, read beside a serving portal or without one. Only reads.</summary>
/// <param name="Fault">Why nothing could be read, as a sentence; nothing when all was, or when there is no portal yet.</param>
internal sealed record StoredSettings(ClockFloor? Clock, MailSettings? Mail, BackupSettings? Backups, string? Fault)
{
    public static async Task<StoredSettings> ReadAsync(PortalFiles files, bool isServed)
    {
        if (!File.Exists(files.PortalDb)) return new(null, null, null, null);
        try
        {
            await using var context = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite(Connection(files.PortalDb, isServed)).Options);
            return new(
                await context.Set<ClockFloor>().AsNoTracking().SingleOrDefaultAsync(),
                await context.Set<MailSettings>().AsNoTracking().SingleOrDefaultAsync() ?? new MailSettings(),
                await context.Set<BackupSettings>().AsNoTracking().SingleOrDefaultAsync() ?? new BackupSettings(),
                null);
        }
        catch (Exception unreadable) when (unreadable is SqliteException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            return new(null, null, null, MachineRefusals.Of(unreadable) ?? unreadable.Message);
        }
    }

    /// <summary>How a database file is read here. At rest it is told that nobody writes: otherwise SQLite would leave files of its own beside it.</summary>
    public static string Connection(string path, bool isServed)
    {
        var isAtRest = !isServed && !File.Exists(path + "-wal") && !File.Exists(path + "-journal");
        return new SqliteConnectionStringBuilder { DataSource = isAtRest ? new Uri(path).AbsoluteUri + "?immutable=1" : path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
    }
}
