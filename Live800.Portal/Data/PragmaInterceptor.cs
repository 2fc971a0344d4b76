using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Live800.Portal.Data;

/// <summary>SQLite forgets these settings with the connection, so every opening says them again.</summary>
internal sealed class PragmaInterceptor(string pragmas) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Say(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Say(connection);
        return Task.CompletedTask;
    }

    private void Say(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        _ = command.ExecuteNonQuery();
    }
}
