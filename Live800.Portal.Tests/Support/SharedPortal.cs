using System.Globalization;

namespace Live800.Portal.Tests.Support;

/// <summary>
/// One portal for many tests, because its start costs more than most of them. Every test brings companies and network addresses of its own,
/// and the log must hold no error when all are done: what is expected is answered, not logged.
/// </summary>
public sealed class SharedPortal : IAsyncLifetime, IAsyncDisposable
{
    private int _last;

    public PortalFactory Portal { get; } = new();

    /// <summary>A company nobody else has.</summary>
    public Task<TestSite> NewSiteAsync() => Portal.AddCompanyAsync("shared" + Number());

    /// <summary>An address nobody else has.</summary>
    public string NewAddress() => Number() is var number ? $"203.0.{number / 250}.{(number % 250) + 1}" : "";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        Assert.Empty(Portal.Log);
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await Portal.DisposeAsync();

    private int Number() => Interlocked.Increment(ref _last);
}

[CollectionDefinition(Name)]
public sealed class SharedPortalTests : ICollectionFixture<SharedPortal>
{
    public const string Name = "shared portal";
}

/// <summary>A test in the shared portal, with a company of its own whose administrator is in, and a visitor whose page was opened.</summary>
[Collection(SharedPortalTests.Name)]
public abstract class SharedPortalTest(SharedPortal shared) : IAsyncLifetime
{
    protected PortalFactory Portal => shared.Portal;

    protected TestSite Site { get; private set; } = null!;

    /// <summary>Another company, with a visitor of its own on its site.</summary>
    protected TestSite Other { get; private set; } = null!;

    protected TestVisitor Visitor { get; private set; } = null!;

    protected string Address { get; } = shared.NewAddress();

    public virtual async Task InitializeAsync()
    {
        Site = await shared.NewSiteAsync();
        Other = await shared.NewSiteAsync();
        await Portal.SeatAsync(Site);
        Visitor = NewVisitor();
        _ = await Visitor.ViewAsync();
        _ = await NewVisitor("theirs", Other).ViewAsync("https://other.example/", "Other");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected TestVisitor NewVisitor(string page = "p1", TestSite? site = null, string? address = null) => Portal.Visitor(site ?? Site, address ?? Address, page);

    protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
