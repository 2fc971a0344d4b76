using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Permissions;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Identity;

namespace Live800.Portal.Tests.Features.Permissions;

/// <summary>Somebody who walks through the portal, with his browser.</summary>
public sealed record Walker(string Name, CurrentAgent? Me, FormBrowser Browser);

/// <summary>One company with somebody of every kind, a second company, and the owner of the box (S2.17).</summary>
public sealed class Everybody : IAsyncDisposable
{
    private Everybody(AccountBox box) => Box = box;

    public AccountBox Box { get; }

    public IReadOnlyList<Walker> Walkers { get; private set; } = [];

    /// <summary>The company's own template whose rights the test sets; <see cref="Of"/>("no right") holds it.</summary>
    public AgentRole Bare { get; private set; }

    public Walker Of(string name) => Walkers.Single(walker => walker.Name == name);

    public static async Task<Everybody> OpenAsync()
    {
        var all = new Everybody(await AccountBox.OpenAsync());
        var (box, first) = (all.Box, all.Box.Administrator);
        _ = await box.AgentAsync("boss", administrator: true);
        all.Bare = (await box.Portal.Get<PermissionDesk>().MakeAsync(first, "Bare", AgentRole.Agent)).Value;
        await all.GiveAsync(PermissionSet.None);
        foreach (var (name, role) in new[] { ("bare", all.Bare), ("agent", AgentRole.Agent), ("supervisor", AgentRole.Supervisor) })
            Assert.False((await box.Roster.BecomeAsync(first, await box.AgentAsync(name), role)).IsRefused);
        var (other, stranger) = await box.AnotherCompanyAsync();
        await AddOperatorAsync(box);

        all.Walkers =
        [
            new("nobody", null, box.Portal.Browser()),
            new("another company's administrator", stranger, await SignedInAsync(box, other.Code, "wangwei")),
            new("agent without any right", await box.SignInAsync("bare"), await box.BrowserOfAsync("bare")),
            new("agent", await box.SignInAsync("agent"), await box.BrowserOfAsync("agent")),
            new("supervisor", await box.SignInAsync("supervisor"), await box.BrowserOfAsync("supervisor")),
            new("administrator", await box.SignInAsync("boss"), await box.BrowserOfAsync("boss")),
            new("platform operator", (await box.Portal.Get<SignInDesk>().SignInAsync("", "owner@example.com", AccountBox.Password)).Value.Current, await SignedInAsync(box, "", "owner@example.com")),
        ];
        return all;
    }

    /// <summary>Says what the bare template may.</summary>
    public async Task GiveAsync(PermissionSet rights)
    {
        var queries = Box.Portal.Get<PermissionQueries>();
        var line = (await queries.TemplatesAsync(Box.Company.Id)).Single(template => template.Role == Bare);
        Assert.False((await Box.Portal.Get<PermissionDesk>().SaveAsync(Box.Administrator, [new TemplateWish(Bare, line.Name, rights, line.Version)])).IsRefused);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var walker in Walkers) walker.Browser.Dispose();
        await Box.DisposeAsync();
    }

    private static async Task<FormBrowser> SignedInAsync(AccountBox box, string company, string name)
    {
        var browser = box.Portal.Browser();
        Assert.True((await browser.SendAsync("/sign-in", "sign-in", ("Company", company), ("Agent", name), ("Password", AccountBox.Password))).IsRedirect);
        return browser;
    }

    // The owner of the box who works for no company.
    private static async Task AddOperatorAsync(AccountBox box)
    {
        var account = PortalAccount.Of(new AgentId(IdSource.Next(box.Portal.Now)), "", "owner", box.Portal.Get<IPasswordHasher<PortalAccount>>().HashPassword(new PortalAccount(), AccountBox.Password));
        account.OperatePlatform("owner@example.com");
        await box.Writes.RunAsync((context, __) =>
        {
            _ = context.Add(account);
            return Task.CompletedTask;
        });
    }
}
