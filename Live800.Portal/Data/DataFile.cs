using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>One SQLite file as its context is told about it: where it lies and how hard a commit is written.</summary>
public sealed record DataFile<TContext>(string Path, bool FullSync)
    where TContext : DbContext
{
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        ForeignKeys = true,
        DefaultTimeout = 30,
        Pooling = true,
    }.ToString();

    /// <summary>The writer keeps one connection of its own, outside the pool.</summary>
    public string WriterConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        ForeignKeys = true,
        DefaultTimeout = 30,
        Pooling = false,
    }.ToString();

    /// <summary>What every connection is told when it opens.</summary>
    public string Pragmas { get; init; } =
        $"PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA synchronous={(FullSync ? "FULL" : "NORMAL")}; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;";

    public void Configure(DbContextOptionsBuilder options) =>
        _ = options.UseSqlite(ConnectionString).AddInterceptors(new PragmaInterceptor(Pragmas));
}
