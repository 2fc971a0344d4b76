using System.Net;
using Live800.Domain.Shared;
using Live800.Portal.Features.Companies;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Identity;

public sealed class SessionTests : IAsyncLifetime
{
    private AccountBox _box = null!;
    private AgentId _agent;

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync();
        _agent = await _box.AgentAsync("chenzy");
    }

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Pages_of_agents_send_nobody_to_sign_in_and_never_by_the_host_header()
    {
        using var browser = _box.Portal.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/profile?x=1");
        request.Headers.Host = "evil.example";
        using var response = await browser.Client.SendAsync(request);
        Assert.Equal("/sign-in?returnUrl=%2Fprofile%3Fx%3D1", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_agent_does_not_open_the_administrators_pages()
    {
        using var browser = await _box.BrowserOfAsync("chenzy");
        Assert.StartsWith("/not-allowed", (await browser.GetAsync("/company/agents")).Location, StringComparison.Ordinal);
        Assert.StartsWith("/not-allowed", (await browser.GetAsync("/platform")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/not-allowed")).Status);
    }

    [Fact]
    public async Task A_disabled_agents_session_ends_with_his_next_request()
    {
        using var browser = await _box.BrowserOfAsync("chenzy");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.False((await _box.Roster.DisableAsync(_box.Administrator, _agent)).IsRefused);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/profile")).Location, StringComparison.Ordinal);

        Assert.False((await _box.Roster.EnableAsync(_box.Administrator, _agent)).IsRefused);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/profile")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_agents_open_page_ends_at_once()
    {
        var current = await _box.SignInAsync("chenzy");
        await using var circuit = await CircuitAsync(current);
        var ended = circuit.NextAsync();
        _ = await _box.Roster.DisableAsync(_box.Administrator, _agent);
        Assert.False((await ended).User.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task An_open_page_takes_over_a_new_role()
    {
        var current = await _box.SignInAsync("chenzy");
        await using var circuit = await CircuitAsync(current);
        var changed = circuit.NextAsync();
        _ = await _box.Roster.BecomeAsync(_box.Administrator, _agent, Live800.Domain.Companies.AgentRole.Administrator);
        Assert.True(CurrentAgent.From((await changed).User)!.IsAdministrator);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_every_tab_and_frees_the_seat()
    {
        using var browser = await _box.BrowserOfAsync("chenzy");
        var profile = await browser.GetAsync("/profile");
        await using (var context = _box.Portal.Read())
        {
            var session = await context.Set<SignInSession>().SingleAsync(row => row.AccountId == _agent.Value);
            Assert.False((await _box.Portal.Get<SeatRoster>().TakeAsync(_box.Company.Id, _agent, session.Id)).IsRefused);
            await using var circuit = await CircuitAsync((await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, session.Id))!);
            var ended = circuit.NextAsync();
            var page = await browser.SendAsync(profile, "/profile", "/sign-out");
            Assert.Equal("/sign-in", page.Location);
            Assert.False((await ended).User.Identity!.IsAuthenticated);
        }

        Assert.Null(await _box.Portal.Get<SeatRoster>().FindAsync(_box.Company.Id, _agent));
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/profile")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_password_ends_all_other_sessions_and_keeps_this_one()
    {
        using var here = await _box.BrowserOfAsync("chenzy");
        using var elsewhere = await _box.BrowserOfAsync("chenzy");
        var wrong = await here.SendAsync("/profile", "password", ("Old", "not the password"), ("New", "three old locust trees"));
        Assert.Contains("现在的密码不对", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/profile")).Status);

        var weak = await here.SendAsync("/profile", "password", ("Old", AccountBox.Password), ("New", "1234567890"));
        Assert.Contains("最常被猜到", weak.Text, StringComparison.Ordinal);

        Assert.Equal("/profile?done=password", (await here.SendAsync("/profile", "password", ("Old", AccountBox.Password), ("New", "three old locust trees"))).Location);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/profile")).Status);
        Assert.StartsWith("/sign-in", (await elsewhere.GetAsync("/profile")).Location, StringComparison.Ordinal);
        using var again = await _box.BrowserOfAsync("chenzy", "three old locust trees");
    }

    [Fact]
    public async Task A_session_grows_old()
    {
        var current = await _box.SignInAsync("chenzy");
        _box.Machine.Advance(SignInSession.LongestLife - TimeSpan.FromMinutes(1));
        Assert.NotNull(await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, current.SessionId));
        _box.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, current.SessionId));
    }

    [Fact]
    public async Task A_session_of_one_account_is_nothing_for_another()
    {
        var current = await _box.SignInAsync("chenzy");
        Assert.Null(await _box.Portal.Get<SignInDesk>().RecallAsync(_box.Administrator.AgentId.Value, current.SessionId));
        Assert.Null(await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, new SessionId(Guid.NewGuid())));
    }

    [Fact]
    public async Task Reading_pages_writes_nothing()
    {
        using var browser = await _box.BrowserOfAsync("linxiao");
        var link = (await _box.Roster.MakeLinkAsync(_box.Administrator, _agent)).Value;
        var commits = _box.Writes.Commits;
        foreach (var path in new[] { "/sign-in", "/setup", "/register", "/reset", new Uri(link).PathAndQuery, "/profile", "/first-steps", "/company/agents", "/platform", "/not-allowed", "/sign-out", "/language" }) _ = await browser.GetAsync(path);
        Assert.Equal(commits, _box.Writes.Commits);
    }

    [Fact]
    public async Task Portal_pages_carry_headers_that_forbid_inline_scripts_and_foreign_frames()
    {
        using var browser = _box.Portal.Browser();
        var page = await browser.GetAsync("/sign-in");
        var policy = string.Join(' ', page.Response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Response.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotMatch("<script(?![^>]* src=)", page.Html);
    }

    private async Task<Circuit> CircuitAsync(CurrentAgent current)
    {
        var circuit = new Circuit(_box.Portal.Services.CreateAsyncScope());
        await circuit.BeginAsync(current);
        return circuit;
    }

    /// <summary>The sign-in of an open page, as the circuit holds it.</summary>
    private sealed class Circuit(AsyncServiceScope scope) : IAsyncDisposable
    {
        private readonly ServerAuthenticationStateProvider _state = (ServerAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();

        public async Task BeginAsync(CurrentAgent current)
        {
            _state.SetAuthenticationState(Task.FromResult(new AuthenticationState(current.ToPrincipal("test"))));
            _ = await _state.GetAuthenticationStateAsync();
        }

        public Task<AuthenticationState> NextAsync()
        {
            var next = new TaskCompletionSource<AuthenticationState>(TaskCreationOptions.RunContinuationsAsynchronously);
            _state.AuthenticationStateChanged += async changed => next.TrySetResult(await changed);
            return next.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }
}
