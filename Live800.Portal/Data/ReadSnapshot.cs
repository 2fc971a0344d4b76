using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Live800.Portal.Data;

internal static class ReadSnapshot
{
    /// <summary>
    /// From here on the context sees the file as it is now, whatever is written meanwhile. Deferred, unlike every transaction that writes: it never asks for
    /// the writer's place.
    /// </summary>
    public static IDbContextTransaction BeginSnapshot(this PortalDbContext context)
    {
        context.Database.OpenConnection();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        return context.Database.UseTransaction(connection.BeginTransaction(IsolationLevel.Serializable, deferred: true))!;
    }
}
