using Microsoft.Data.Sqlite;

namespace Live800.Portal.Data;

/// <summary>
/// The writer's connection for prepared SQL, inside the running batch. Only for the few paths that must be fast, and only inside Data/.
/// A command is prepared once per connection and kept; bind its parameters anew each time.
/// </summary>
public sealed class RawWrite
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly Dictionary<string, RawStatement> _statements = [];

    internal RawWrite(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    public SqliteTransaction? Transaction { get; internal set; }

    /// <summary>The kept command for this text. <paramref name="parameters"/> are its parameter names in the order in which they are bound by index.</summary>
    public SqliteCommand Prepared(string sql, params ReadOnlySpan<string> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            foreach (var name in parameters) _ = command.Parameters.AddWithValue(name, DBNull.Value);
            command.Transaction = Transaction;
            _prepared.Add(sql, command);
        }
        command.Transaction = Transaction;
        return command;
    }

    /// <summary>The same below ADO.NET, where one text runs for every page view.</summary>
    internal RawStatement Statement(string sql, params ReadOnlySpan<string> parameters)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements.Add(sql, statement = new RawStatement(Connection.Handle!, sql, parameters));
        return statement;
    }

    public int Execute(string sql) => Prepared(sql).ExecuteNonQuery();

    internal void Forget()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _prepared.Clear();
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
    }
}
