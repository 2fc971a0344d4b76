using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Companies;
using Live800.Portal.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Support;

/// <summary>A portal that was set up by its own pages: the operator, who is also the administrator of the first company.</summary>
public sealed class AccountBox : IAsyncDisposable
{
    public const string Password = "correct horse staple";

    private AccountBox(PortalFactory portal, CountingHasher hasher)
    {
        Portal = portal;
        Hasher = hasher;
    }

    public PortalFactory Portal { get; }

    public CountingHasher Hasher { get; }

    public Company Company { get; private set; } = null!;

    public CurrentAgent Administrator { get; private set; } = null!;

    public FakeTimeProvider Machine => Portal.Machine!;

    public WriteQueue<PortalDbContext> Writes => Portal.Get<WriteQueue<PortalDbContext>>();

    public AgentRoster Roster => Portal.Get<AgentRoster>();

    public static async Task<AccountBox> OpenAsync(
        string environment = "Production", Action<IServiceCollection>? with = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var hasher = new CountingHasher();
        var box = new AccountBox(new PortalFactory(new FakeTimeProvider(DataRoom.Noon), settings, environment, services =>
        {
            _ = services.Configure<PasswordHasherOptions>(options => options.IterationCount = CountingHasher.Iterations);
            _ = services.AddSingleton<IPasswordHasher<PortalAccount>>(hasher);
            with?.Invoke(services);
        }), hasher);
        var agent = await box.Portal.Get<CompanyRegistry>().SetUpAsync(Form("清风家居", "linxiao") with { Token = box.Portal.Get<SetupToken>().Issue() });
        (box.Company, box.Administrator) = await box.SignedInAsync(agent.Value);
        return box;
    }

    /// <summary>Another company on the same box.</summary>
    public async Task<(Company Company, CurrentAgent Administrator)> AnotherCompanyAsync()
    {
        await OpenRegistrationAsync();
        var agent = await Portal.Get<CompanyRegistry>().RegisterAsync(Form("蓝天科技", "wangwei"));
        return await SignedInAsync(agent.Value);
    }

    public Task OpenRegistrationAsync() => Portal.Get<Live800.Portal.Features.Platform.PlatformDesk>().OpenRegistrationAsync(Administrator, open: true);

    /// <summary>One more agent of the first company, with the usual password.</summary>
    public async Task<AgentId> AgentAsync(string name, bool administrator = false, CurrentAgent? by = null) =>
        (await Roster.CreateAsync(by ?? Administrator, new AgentForm { Name = name, DisplayName = name, Password = Password, Role = administrator ? AgentRole.Administrator : AgentRole.Agent })).Value;

    public async Task<CurrentAgent> SignInAsync(string name) => (await Portal.Get<SignInDesk>().SignInAsync(Company.Code, name, Password)).Value.Current!;

    /// <summary>A browser in which somebody has signed in by the page.</summary>
    public async Task<FormBrowser> BrowserOfAsync(string name, string password = Password)
    {
        var browser = Portal.Browser();
        var page = await browser.SendAsync("/sign-in", "sign-in", ("Company", Company.Code), ("Agent", name), ("Password", password));
        Assert.True(page.IsRedirect, page.Text);
        return browser;
    }

    public async Task<Agent> ReadAgentAsync(AgentId id)
    {
        await using var context = Portal.Read();
        return await context.Agents.AsNoTracking().SingleAsync(agent => agent.Id == id);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    public static RegistrationForm Form(string company, string agent) =>
        new() { CompanyName = company, ZoneId = "Asia/Shanghai", AgentName = agent, DisplayName = agent, Email = agent + "@example.com", Password = Password };

    private async Task<(Company Company, CurrentAgent Agent)> SignedInAsync(AgentId id)
    {
        var current = await Portal.Get<SignInDesk>().BeginAsync(id);
        await using var context = Portal.Read();
        return (await context.Companies.AsNoTracking().SingleAsync(company => company.Id == current!.CompanyId), current!);
    }
}

/// <summary>The real hasher, counting what is asked of it.</summary>
public sealed class CountingHasher : IPasswordHasher<PortalAccount>
{
    /// <summary>What counts here is how often a password is looked at, not how long that takes.</summary>
    public const int Iterations = 1_000;

    private readonly PasswordHasher<PortalAccount> _real = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private int _count;

    public int Count => _count;

    public void Reset() => _count = 0;

    public string HashPassword(PortalAccount user, string password)
    {
        _ = Interlocked.Increment(ref _count);
        return _real.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(PortalAccount user, string hashedPassword, string providedPassword)
    {
        _ = Interlocked.Increment(ref _count);
        return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
