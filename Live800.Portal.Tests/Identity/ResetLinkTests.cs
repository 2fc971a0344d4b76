using System.Net;
using Live800.Domain.Shared;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Tests.Identity;

public sealed class ResetLinkTests : IAsyncLifetime
{
    private const string New = "three old locust trees";

    private AccountBox _box = null!;
    private AgentId _agent;

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync();
        _agent = await _box.AgentAsync("chenzy");
    }

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task A_link_sets_the_password_once()
    {
        using var browser = _box.Portal.Browser();
        using var before = await _box.BrowserOfAsync("chenzy");
        var link = await LinkAsync();
        var page = await browser.SendAsync(link, "reset", ("Password", New));
        Assert.Equal($"/sign-in?set=1&company={_box.Company.Code}&agent=chenzy", page.Location);
        Assert.StartsWith("/sign-in", (await before.GetAsync("/profile")).Location, StringComparison.Ordinal);
        using var signedIn = await _box.BrowserOfAsync("chenzy", New);

        var again = await browser.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.Contains("这个链接不能用了", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_opened_before_the_link_was_used_is_refused_after()
    {
        using var browser = _box.Portal.Browser();
        var link = await LinkAsync();
        var open = await browser.GetAsync(link);
        _ = await browser.SendAsync(link, "reset", ("Password", New));
        var late = await browser.SendAsync(open, link, "reset", ("Password", "another fine password"));
        Assert.Equal(HttpStatusCode.Gone, late.Status);
        using var signedIn = await _box.BrowserOfAsync("chenzy", New);
    }

    [Fact]
    public async Task Of_two_uses_at_once_one_wins()
    {
        var desk = _box.Portal.Get<PasswordDesk>();
        var token = QueryOf(await LinkAsync());
        var outcomes = await Task.WhenAll(desk.UseLinkAsync(_agent.Value, token, New), desk.UseLinkAsync(_agent.Value, token, "another fine password"));
        Assert.Single(outcomes, outcome => !outcome.IsRefused);
        Assert.Single(outcomes, outcome => outcome.Refusal == Refusal.LinkOver);
    }

    [Fact]
    public async Task A_newer_link_makes_the_older_worthless()
    {
        using var browser = _box.Portal.Browser();
        var older = await LinkAsync();
        var newer = await LinkAsync();
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(older)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(newer)).Status);
    }

    [Fact]
    public async Task A_link_is_over_after_its_day()
    {
        using var browser = _box.Portal.Browser();
        var link = await LinkAsync();
        _box.Portal.Get<IOptions<DataProtectionTokenProviderOptions>>().Value.TokenLifespan = TimeSpan.FromTicks(-1);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(link)).Status);
        Assert.Equal(Refusal.LinkOver, (await _box.Portal.Get<PasswordDesk>().UseLinkAsync(_agent.Value, QueryOf(link), New)).Refusal);
    }

    [Fact]
    public async Task A_link_is_of_one_account_only()
    {
        var other = await _box.AgentAsync("zhoumin");
        var desk = _box.Portal.Get<PasswordDesk>();
        var token = QueryOf(await LinkAsync());
        foreach (var (account, given) in new[] { (other.Value, token), (0, token), (-1, token), (long.MaxValue, token), (_agent.Value, ""), (_agent.Value, "x"), (_agent.Value, token[..^1]), (_agent.Value, new string('A', 100_000)) })
            Assert.Equal(Refusal.LinkOver, (await desk.UseLinkAsync(account, given, New)).Refusal);
        using var unchanged = await _box.BrowserOfAsync("chenzy");
    }

    [Fact]
    public async Task A_weak_password_does_not_use_the_link_up()
    {
        using var browser = _box.Portal.Browser();
        var link = await LinkAsync();
        var weak = await browser.SendAsync(link, "reset", ("Password", "chenzy1234"));
        Assert.Contains("密码不能只是姓名", weak.Text, StringComparison.Ordinal);
        Assert.True((await browser.SendAsync(link, "reset", ("Password", New))).IsRedirect);
    }

    [Fact]
    public async Task A_disabled_agents_link_is_over()
    {
        using var browser = _box.Portal.Browser();
        var link = await LinkAsync();
        _ = await _box.Roster.DisableAsync(_box.Administrator, _agent);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(link)).Status);
        _ = await _box.Roster.EnableAsync(_box.Administrator, _agent);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(link)).Status);
    }

    [Fact]
    public async Task The_link_begins_with_the_public_address()
    {
        await using var portal = new PortalFactory(settings: new Dictionary<string, string> { ["Portal:PublicUrl"] = "https://chat.example.com/" });
        var address = portal.Services.GetRequiredService<Live800.Portal.Data.PublicAddress>();
        Assert.Equal("https://chat.example.com/reset", address.Of("/reset"));
    }

    private async Task<string> LinkAsync() => new Uri((await _box.Roster.MakeLinkAsync(_box.Administrator, _agent)).Value).PathAndQuery;

    private static string QueryOf(string link) => System.Web.HttpUtility.ParseQueryString(new Uri("http://x" + link).Query)["token"]!;
}
