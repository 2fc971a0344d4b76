using Live800.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Support;

/// <summary>The portal's storage on real files in a folder of its own, with a clock that stands until it is moved.</summary>
public sealed class DataRoom : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    private readonly bool _keepsFolder;
    private readonly Action<IServiceCollection>? _with;
    private ServiceProvider _services;

    private DataRoom(string folder, bool keepsFolder, FakeTimeProvider machine, Action<IServiceCollection>? with)
    {
        Folder = folder;
        Machine = machine;
        _keepsFolder = keepsFolder;
        _with = with;
        _services = Build();
    }

    public string Folder { get; }

    /// <summary>The machine's clock under the portal's.</summary>
    public FakeTimeProvider Machine { get; }

    public IServiceProvider Services => _services;

    public PortalClock Clock => Get<PortalClock>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public WriteQueue<PortalDbContext> Writes => Get<WriteQueue<PortalDbContext>>();

    public WriteQueue<TrailDbContext> TrailWrites => Get<WriteQueue<TrailDbContext>>();

    public static async Task<DataRoom> OpenAsync(Action<IServiceCollection>? with = null, string? folder = null)
    {
        var keeps = folder is not null;
        if (folder is null) MigratedFiles.PutInto(folder = Path.Combine(Path.GetTempPath(), "live800-" + Guid.NewGuid().ToString("N")));
        var room = new DataRoom(folder, keeps, new FakeTimeProvider(Noon), with);
        await room.Get<PortalStart>().RunAsync();
        return room;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public PortalDbContext Read() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    public TrailDbContext ReadTrail() => Get<IDbContextFactory<TrailDbContext>>().CreateDbContext();

    /// <summary>Stops everything and starts again on the same files.</summary>
    public async Task RestartAsync(TimeSpan downtime = default)
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (downtime > TimeSpan.Zero) Machine.Advance(downtime);
        _services = Build();
        await Get<PortalStart>().RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (!_keepsFolder) Directory.Delete(Folder, recursive: true);
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        _ = services.AddSingleton(typeof(Microsoft.Extensions.Logging.ILogger<>), typeof(NullLogger<>));
        _ = services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(NullLoggerFactory.Instance);
        _ = services.Configure<PortalOptions>(options => options.DataDirectory = Folder);
        _ = services.AddPortalData();
        _ = services.AddSingleton(_ => new PortalClock(Machine));
        _with?.Invoke(services);
        return services.BuildServiceProvider();
    }
}

/// <summary>The simplest row with a unique name, for tests of the storage itself.</summary>
internal static class Rows
{
    private static long _last;

    public static IdentityRole<long> Named(string name) => new(name) { Id = Interlocked.Increment(ref _last), NormalizedName = name };
}
