using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Live800.Portal.Data;

/// <summary>
/// A prepared statement below the data reader, for what runs tens of thousands of times a second: binding through ADO.NET costs more than SQLite's own work. Its parameters are bound by the place of their name in
/// the list it was prepared with; whatever was bound stays until it is bound anew. Reset after each use, so that it never holds the file.
/// </summary>
internal sealed class RawStatement : IDisposable
{
    private const int OnStack = 1024;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places;

    public RawStatement(sqlite3 database, string sql, ReadOnlySpan<string> parameters)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _places = new int[parameters.Length];
        for (var i = 0; i < _places.Length; i++)
        {
            _places[i] = raw.sqlite3_bind_parameter_index(_statement, parameters[i]);
            if (_places[i] == 0) throw new ArgumentException($"The statement has no parameter {parameters[i]}: {sql}", nameof(parameters));
        }
    }

    public void Bind(int place, long value) => Check(raw.sqlite3_bind_int64(_statement, _places[place], value));

    public void Bind(int place, bool value) => Bind(place, value ? 1L : 0L);

    /// <param name="value">Nothing is stored as NULL.</param>
    public void Bind(int place, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(_statement, _places[place]));
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[OnStack];
        Check(raw.sqlite3_bind_text(_statement, _places[place], bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Runs it; how many rows changed.</summary>
    public int Execute()
    {
        _ = Step();
        Reset();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>The one number it finds; nothing where there is no row, or NULL.</summary>
    public long? Number()
    {
        using var row = Rows();
        return row.Read() && !row.IsNull(0) ? row.Long(0) : null;
    }

    /// <summary>Runs it; give the rows back before it runs again.</summary>
    public RawRows Rows() => new(this, _statement);

    internal bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            try
            {
                SqliteException.ThrowExceptionForRC(code, _database);
            }
            finally
            {
                Reset();
            }
        }

        return code == raw.SQLITE_ROW;
    }

    // That its last run failed was told by Step.
    internal void Reset() => _ = raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _database);
    }
}

/// <summary>What a <see cref="RawStatement"/> finds, row by row.</summary>
internal readonly struct RawRows(RawStatement statement, sqlite3_stmt row) : IDisposable
{
    /// <summary>Goes to the next row; false after the last one.</summary>
    public bool Read() => statement.Step();

    public long Long(int column) => raw.sqlite3_column_int64(row, column);

    public int Int(int column) => raw.sqlite3_column_int(row, column);

    public bool Bool(int column) => Long(column) != 0;

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(row, column));

    public bool IsNull(int column) => raw.sqlite3_column_type(row, column) == raw.SQLITE_NULL;

    public void Dispose() => statement.Reset();
}
