using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Packages;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Support;

/// <summary>A company made for a test, with one administrator and the trial in force.</summary>
public sealed record TestSite(CompanyId Company, string Code, AgentId Agent, SessionId Session);

/// <summary>
/// The whole portal in this process, on real files in a folder of its own. <see cref="RestartAsync"/> stops it and starts it again on the same files.
/// The clock is the machine's unless a standing one is given.
/// </summary>
public sealed class PortalFactory : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "live800-" + Guid.NewGuid().ToString("N"));
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly string _environment;
    private readonly Action<IServiceCollection>? _with;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Host? _host;

    public PortalFactory(
        FakeTimeProvider? machine = null, IReadOnlyDictionary<string, string>? settings = null, string environment = "Production", Action<IServiceCollection>? with = null)
    {
        Machine = machine;
        _environment = environment;
        _with = with;
        _settings = settings ?? new Dictionary<string, string>();
    }

    public FakeTimeProvider? Machine { get; }

    /// <summary>Every line logged at Warning and above, over all restarts.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public string Folder => _folder;

    public IServiceProvider Services => Running().Services;

    public DateTimeOffset Now => Get<TimeProvider>().GetUtcNow();

    public ConversationDesk Desk => Get<ConversationDesk>();

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public PortalDbContext Read() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    public TrailDbContext ReadTrail() => Get<IDbContextFactory<TrailDbContext>>().CreateDbContext();

    /// <summary>A client of its own network address, so that tests do not share the budgets of one.</summary>
    public HttpClient Client(string address = "203.0.113.7")
    {
        var client = Running().Server.CreateClient();
        client.DefaultRequestHeaders.Add(AddressHeader, address);
        client.Timeout = TimeSpan.FromSeconds(60);
        return client;
    }

    /// <summary>Somebody's browser without JavaScript: keeps cookies, sends forms, follows no redirect by itself.</summary>
    public FormBrowser Browser(string language = "zh-CN")
    {
        _ = Services;
        var client = new HttpClient(new CookieContainerHandler(new CookieContainer()) { InnerHandler = _host!.Server.CreateHandler() }) { BaseAddress = new Uri("http://localhost") };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return new FormBrowser(client);
    }

    public TestVisitor Visitor(TestSite site, string address = "203.0.113.7", string page = "p1") => new(Client(address), site.Code, page);

    /// <summary>A registered company, written directly.</summary>
    public async Task<TestSite> AddCompanyAsync(string code)
    {
        var now = Now;
        var packages = Get<PackageDesk>();
        var company = Company.Register(new CompanyId(IdSource.Next(now)), code, "公司 " + code, Company.DefaultZone, now).Value;
        var agentId = new AgentId(IdSource.Next(now));
        await Get<WriteQueue<PortalDbContext>>().RunAsync((context, _) =>
        {
            var account = packages.Open(context, company, withTrial: true, now);
            var entitlement = account.EntitlementAt(now, new PackageRules(PackageFigures.Default, company.Zones));
            var agent = Agent.Create(agentId, company.Id, "linxiao", "林晓", "linxiao@example.com", AgentRole.Administrator, entitlement, 0, now).Value;
            context.AddRange(company, agent, new SeatPlan(company.Id));
            return Task.FromResult(true);
        });
        return new TestSite(company.Id, code, agentId, new SessionId(Guid.NewGuid()));
    }

    /// <summary>The administrator opens the workspace.</summary>
    public async Task SeatAsync(TestSite site)
    {
        var taken = await Get<SeatRoster>().TakeAsync(site.Company, site.Agent, site.Session, moveHere: true);
        Assert.Equal(Refusal.None, taken.Refusal);
    }

    /// <summary>Everything that follows the clock, done now.</summary>
    public Task SweepAsync() => Get<Sweeper>().RunAllAsync();

    /// <summary>Stops as a service is stopped, and starts again on the same files.</summary>
    public async Task RestartAsync(TimeSpan downtime = default)
    {
        // Who asks meanwhile waits until the portal is back.
        await _gate.WaitAsync();
        try
        {
            // Away from the few threads that run tests: those who ask meanwhile hold them while they wait.
            await Task.Run(async () =>
            {
                await StopAsync();
                Machine?.Advance(downtime);
                _host = Start();
            }).ConfigureAwait(false);
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _gate.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StopAsync()
    {
        var host = _host;
        _host = null;
        if (host is not null)
        {
            try
            {
                await host.DisposeAsync();
            }
            catch (OperationCanceledException)
            {
                // On a busy machine something did not stop in the time a server gives it. It has had more of it now.
                await host.DisposeAsync();
            }

            await FolderIsFreeAsync();
        }

        SqliteConnection.ClearAllPools();
    }

    // Program's own end disposes too; whoever comes second does not wait for the first. The folder's lock is let go last.
    private async Task FolderIsFreeAsync()
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var taken = new FileStream(Path.Combine(_folder, "portal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return;
            }
            catch (IOException) when (patience.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    private Host Running()
    {
        if (_host is { } running)
            return running;
        _gate.Wait();
        try
        {
            return _host ??= Start();
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    private Host Start()
    {
        if (!Directory.Exists(_folder)) MigratedFiles.PutInto(_folder);
        var host = new Host(this);
        _ = host.Services;
        // The host is handed over while others still hear that it has started (the job server among them). A test that is over at once would take it from under them.
        _ = host.IsUp.Task.Wait(TimeSpan.FromSeconds(30));
        return host;
    }

    /// <summary>Where a request comes from, as a test has it.</summary>
    public const string AddressHeader = "X-Test-Address";

    private sealed class Host(PortalFactory owner) : WebApplicationFactory<Program>
    {
        /// <summary>Done when the host says that everything has started.</summary>
        public TaskCompletionSource IsUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            _ = builder.UseEnvironment(owner._environment);
            _ = builder.UseSetting("Portal:DataDirectory", owner._folder);
            foreach (var (key, value) in owner._settings)
                _ = builder.UseSetting(key, value);
            _ = builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new LogKeeper(owner.Log, IsUp)).AddFilter(LogKeeper.HostCategory, LogLevel.Debug));
            _ = builder.ConfigureTestServices(services =>
            {
                if (owner.Machine is { } machine)
                    _ = services.AddSingleton(_ => new PortalClock(machine));
                _ = services.AddSingleton<IStartupFilter, AddressFilter>();
                owner._with?.Invoke(services);
            });
        }
    }

    // The test server has no network; what comes before everything else gives each client its address.
    private sealed class AddressFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            _ = app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[AddressHeader].FirstOrDefault() ?? "127.0.0.1");
                _ = context.Request.Headers.Remove(AddressHeader);
                return rest(context);
            });
            next(app);
        };
    }

    // Of the job library its errors count; it also warns when the machine is slow, which says nothing of the portal.
    private sealed class LogKeeper(ConcurrentQueue<string> lines, TaskCompletionSource isUp, LogLevel from = LogLevel.Warning) : ILoggerProvider, ILogger
    {
        public const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Hangfire", StringComparison.Ordinal) ? new LogKeeper(lines, isUp, LogLevel.Error) : categoryName == HostCategory ? new LogKeeper(lines, isUp, LogLevel.Debug) : this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // The last that a host says when it starts.
            if (from == LogLevel.Debug && eventId.Id == 2)
                _ = isUp.TrySetResult();
            if (IsEnabled(logLevel) && logLevel >= LogLevel.Warning)
                lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
