using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Mail;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Security;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Security;

/// <summary>The company's rule for signing in, and the reset of a lost second step.</summary>
public sealed class SecurityDeskTests : IAsyncLifetime
{
    private AccountBox _box = null!;
    private AgentId _chen;

    private SecurityDesk Desk => _box.Portal.Get<SecurityDesk>();

    private CurrentAgent Boss => _box.Administrator;

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync(with: Letters.StandStill);
        _chen = await _box.AgentAsync("chenzy");
    }

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Only_an_administrator_who_has_it_himself_asks_it_of_everybody()
    {
        var agent = await _box.SignInAsync("chenzy");
        Assert.Equal(Refusal.NotAllowed, (await Desk.RequireAsync(agent, TwoStepRule.Now)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.RequireAsync(agent with { IsAdministrator = true }, TwoStepRule.Now)).Refusal);
        foreach (var rule in new[] { TwoStepRule.Soon, TwoStepRule.Now }) Assert.Equal(Refusal.TwoStepOwnFirst, (await Desk.RequireAsync(Boss, rule)).Refusal);
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Own)).IsRefused);
        Assert.Null((await Desk.ReadAsync(_box.Company.Id)).From);
        Assert.Empty(await AuditAsync(AuditAction.TwoStepRequired));

        await SetUpAsync(Boss);
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Soon)).IsRefused);
        var sheet = await Desk.ReadAsync(_box.Company.Id);
        Assert.Equal(_box.Portal.Now + CompanySecurity.Grace, sheet.From);
        Assert.Equal((TwoStepRule.Soon, (1, 2)), (sheet.RuleAt(_box.Portal.Now), sheet.Count));
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Now)).IsRefused);
        _box.Machine.Advance(TimeSpan.FromHours(1));
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Now)).IsRefused);
        Assert.Equal(2, (await AuditAsync(AuditAction.TwoStepRequired)).Count);
    }

    [Fact]
    public async Task Whoever_has_none_when_it_is_asked_does_nothing_before_it_is_set_up()
    {
        await SetUpAsync(Boss);
        using var chen = await _box.BrowserOfAsync("chenzy");
        var chat = new[] { "/workspace", "/history", "/cards", "/messages", "/settings", "/profile", "/profile/replies" };
        Assert.Equal(HttpStatusCode.OK, (await chen.GetAsync("/profile")).Status);
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Now)).IsRefused);
        foreach (var path in chat) Assert.Equal("/two-step?returnUrl=" + Uri.EscapeDataString(path), (await chen.GetAsync(path)).Location);
        Assert.Equal("/two-step", (await chen.GetAsync("/")).Location);
        foreach (var path in new[] { "/cards/export", "/history/export", "/history/1/transcript", "/files/" + Guid.NewGuid().ToString("N"), "/store/ledger/export" })
        {
            var answer = await chen.GetAsync(path);
            Assert.True(answer.Location?.StartsWith("/two-step", StringComparison.Ordinal) == true || answer.Status == HttpStatusCode.NotFound, $"{path}: {answer.Status} {answer.Location}");
        }

        using var body = new ByteArrayContent([1, 2, 3]);
        using var upload = await chen.Client.PostAsync("/files/to/1", body);
        Assert.StartsWith("/two-step", upload.Headers.Location?.OriginalString, StringComparison.Ordinal);

        // The one way on is the set-up; a company that asks for it is read there.
        var page = await chen.GetAsync("/two-step?returnUrl=%2Fhistory");
        Assert.Contains("公司要求所有人两步登录", page.Text, StringComparison.Ordinal);
        var shown = await chen.SendAsync("/two-step?returnUrl=%2Fhistory", "begin", ("Password", AccountBox.Password));
        var on = await chen.SendAsync(shown, "/two-step?returnUrl=%2Fhistory", "confirm", ("Code", Authenticator.FromPage(shown.Html).CodeAt(_box.Machine.GetUtcNow())));
        Assert.Contains("href=\"/history\"", on.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await chen.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task A_sign_in_leads_there_too_and_an_administrator_or_operator_is_no_exception()
    {
        await SetUpAsync(Boss);
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Now)).IsRefused);
        using var browser = _box.Portal.Browser();
        var into = await browser.SendAsync("/sign-in?returnUrl=%2Fcards", "sign-in", ("Company", _box.Company.Code), ("Agent", "chenzy"), ("Password", AccountBox.Password));
        Assert.Equal("/two-step?returnUrl=%2Fcards", into.Location);

        var second = await _box.AgentAsync("zhoumin", administrator: true);
        var current = await _box.SignInAsync("zhoumin");
        Assert.Equal((second, true, false, false, false), (current.AgentId, current.MustSetUp, current.IsAgent, current.IsAdministrator, current.IsPlatformOperator));
        Assert.Equal(current, CurrentAgent.From(current.ToPrincipal("test")));
        Assert.Equal(Refusal.NotAllowed, (await Desk.RequireAsync(current, TwoStepRule.Own)).Refusal);
        // Whoever turns his own off is asked for it again, the operator of the box as well.
        Assert.False((await _box.Portal.Get<TwoStepDesk>().TurnOffAsync(Boss, AccountBox.Password, await NextCodeAsync())).IsRefused);
        var boss = (await _box.Portal.Get<SignInDesk>().RecallAsync(Boss.AgentId.Value, Boss.SessionId))!;
        Assert.Equal((true, false, false), (boss.MustSetUp, boss.IsAdministrator, boss.IsPlatformOperator));
    }

    [Fact]
    public async Task In_the_days_of_grace_everybody_is_asked_and_may_put_it_off()
    {
        await SetUpAsync(Boss);
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Soon)).IsRefused);
        using var browser = _box.Portal.Browser();
        Assert.Equal("/two-step", (await browser.SendAsync("/sign-in", "sign-in", ("Company", _box.Company.Code), ("Agent", "chenzy"), ("Password", AccountBox.Password))).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.Contains("以后再说", (await browser.GetAsync("/two-step?returnUrl=%2Fworkspace")).Text, StringComparison.Ordinal);
        _box.Machine.Advance(CompanySecurity.Grace);
        Assert.StartsWith("/two-step", (await browser.GetAsync("/profile")).Location, StringComparison.Ordinal);
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Own)).IsRefused);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task An_open_page_is_told_and_works_again_when_it_is_set_up_elsewhere()
    {
        await SetUpAsync(Boss);
        var chen = await _box.SignInAsync("chenzy");
        await using var scope = _box.Portal.Services.CreateAsyncScope();
        var circuit = (ServerAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        circuit.SetAuthenticationState(Task.FromResult(new AuthenticationState(chen.ToPrincipal("test"))));
        _ = await circuit.GetAuthenticationStateAsync();

        var told = Next(circuit);
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Now)).IsRefused);
        var waits = CurrentAgent.From((await told).User)!;
        Assert.Equal((true, false, _box.Company.Id), (waits.MustSetUp, waits.IsAgent, waits.WaitsIn));
        Assert.Null((await told).User.FindFirst(PortalClaims.Company));

        var back = Next(circuit);
        await SetUpAsync(waits);
        Assert.Equal(chen, CurrentAgent.From((await back).User));
    }

    [Fact]
    public async Task Another_companys_rule_and_agents_are_not_touched()
    {
        var (other, administrator) = await _box.AnotherCompanyAsync();
        await SetUpAsync(Boss);
        await SetUpAsync(administrator);
        Assert.False((await Desk.RequireAsync(Boss, TwoStepRule.Now)).IsRefused);
        Assert.Null((await Desk.ReadAsync(other.Id)).From);
        Assert.Equal(["wangwei"], (await Desk.ReadAsync(other.Id)).Agents.Select(agent => agent.Name));
        Assert.Equal(Refusal.AgentUnknown, (await Desk.ResetAsync(Boss, administrator.AgentId)).Refusal);
        Assert.Equal(Refusal.AgentUnknown, (await Desk.ResetAsync(administrator, Boss.AgentId)).Refusal);
        foreach (var id in new long[] { 0, -1, long.MaxValue }) Assert.Equal(Refusal.AgentUnknown, (await Desk.ResetAsync(Boss, new AgentId(id))).Refusal);
        Assert.True((await _box.Portal.Get<TwoStepDesk>().ReadAsync(administrator)).IsOn);
        Assert.Empty(await AuditAsync(AuditAction.TwoStepReset));
    }

    [Fact]
    public async Task A_reset_is_an_administrators_of_others_ends_all_their_sign_ins_and_is_told_by_letter()
    {
        await Letters.MailWorksAsync(_box);
        await SetUpAsync(Boss);
        Assert.Equal(Refusal.TwoStepOwnReset, (await Desk.ResetAsync(Boss, Boss.AgentId)).Refusal);
        Assert.Equal(Refusal.TwoStepIsOff, (await Desk.ResetAsync(Boss, _chen)).Refusal);
        var chen = await _box.SignInAsync("chenzy");
        await SetUpAsync(chen);
        var agent = (await _box.Portal.Get<SignInDesk>().RecallAsync(_chen.Value, chen.SessionId))!;
        Assert.Equal(Refusal.NotAllowed, (await Desk.ResetAsync(agent, Boss.AgentId)).Refusal);
        var pending = (await _box.Portal.Get<SignInDesk>().SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).Value.Pending!;
        await _box.Writes.RunAsync(async (context, token) =>
        {
            var row = await context.Agents.SingleAsync(one => one.Id == _chen, token);
            _ = row.UseEmail("chen@example.com");
            row.ConfirmEmail(_box.Portal.Now);
        });

        Assert.False((await Desk.ResetAsync(Boss, _chen)).IsRefused);
        Assert.Null(await _box.Portal.Get<SignInDesk>().RecallAsync(_chen.Value, chen.SessionId));
        Assert.Equal(Refusal.SignInFailed, (await _box.Portal.Get<TwoStepDesk>().SignInAsync(pending, "123456")).Refusal);
        Assert.NotNull((await _box.Portal.Get<SignInDesk>().SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).Value.Current);
        Assert.Equal($"{_box.Company.Code} · chenzy", Assert.Single(await AuditAsync(AuditAction.TwoStepReset)).Detail);
        var letter = Assert.Single(await Letters.AllAsync(_box), one => one.Kind == LetterKind.TwoStepReset);
        Assert.Equal("chen@example.com", letter.To);
        Assert.Contains("linxiao", letter.Plain, StringComparison.Ordinal);
    }

    private string? _bossKey;

    private async Task SetUpAsync(CurrentAgent who)
    {
        var desk = _box.Portal.Get<TwoStepDesk>();
        var shown = (await desk.BeginAsync(who, AccountBox.Password)).Value;
        if (who.AgentId == Boss.AgentId) _bossKey = shown.Key;
        Assert.False((await desk.TurnOnAsync(who, shown.InHand, new Authenticator(shown.Key).CodeAt(_box.Machine.GetUtcNow()))).IsRefused);
    }

    private Task<string> NextCodeAsync()
    {
        _box.Machine.Advance(TimeSpan.FromSeconds(30));
        return Task.FromResult(new Authenticator(_bossKey!).CodeAt(_box.Machine.GetUtcNow()));
    }

    private static Task<AuthenticationState> Next(AuthenticationStateProvider circuit)
    {
        var next = new TaskCompletionSource<AuthenticationState>(TaskCreationOptions.RunContinuationsAsynchronously);
        circuit.AuthenticationStateChanged += async changed => next.TrySetResult(await changed);
        return next.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private async Task<List<AuditEntry>> AuditAsync(AuditAction action)
    {
        await using var context = _box.Portal.Read();
        return await context.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Action == action).ToListAsync();
    }
}
