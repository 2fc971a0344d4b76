using System.Net;
using Live800.Domain.Shared;
using Live800.Portal.Features.Agents;
using Live800.Portal.Features.Companies;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Agents;

/// <summary>Sign-ins that are read and ended, and how long agents were in (rules 1 and 3.8).</summary>
public sealed class SessionDeskTests : IAsyncLifetime
{
    private const string Edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0";

    private AccountBox _box = null!;
    private AgentId _agent;

    private SessionDesk Desk => _box.Portal.Get<SessionDesk>();

    private SeatRoster Seats => _box.Portal.Get<SeatRoster>();

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync();
        _agent = await _box.AgentAsync("chenzy");
    }

    public async Task DisposeAsync()
    {
        await _box.DisposeAsync();
        Assert.DoesNotContain(_box.Portal.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_elses_sign_in_is_not_there_and_one_cannot_sign_oneself_out_from_afar()
    {
        var chen = await _box.SignInAsync("chenzy");
        Assert.Equal(Refusal.SessionUnknown, (await Desk.EndAsync(chen, _box.Administrator.SessionId)).Refusal);
        Assert.Equal(Refusal.SessionUnknown, (await Desk.EndAsync(chen, chen.SessionId)).Refusal);
        Assert.Equal(Refusal.SessionUnknown, (await Desk.EndAsync(chen, new SessionId(Guid.NewGuid()))).Refusal);
        Assert.Equal(Refusal.SignOutOfOneself, (await Desk.SignOutAsync(_box.Administrator, _box.Administrator.AgentId)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.SignOutAsync(chen, _box.Administrator.AgentId)).Refusal);
        Assert.Empty((await Desk.ReadAsync(chen, _box.Administrator.AgentId)).Lines);

        var (_, foreign) = await _box.AnotherCompanyAsync();
        Assert.Equal(Refusal.AgentUnknown, (await Desk.SignOutAsync(foreign, _agent)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.SignOutAsync(foreign with { CompanyId = _box.Company.Id }, _agent)).Refusal);
        Assert.Empty((await Desk.ReadAsync(foreign, _agent)).Lines);
        Assert.NotNull(await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, chen.SessionId));
    }

    [Fact]
    public async Task An_agent_signed_out_from_afar_is_out_at_once_and_his_seat_is_free()
    {
        using var browser = await _box.BrowserOfAsync("chenzy");
        var chen = await _box.SignInAsync("chenzy");
        Assert.False((await Seats.TakeAsync(_box.Company.Id, _agent, chen.SessionId)).IsRefused);
        Assert.False((await Desk.SignOutAsync(_box.Administrator, _agent)).IsRefused);
        Assert.Null(await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, chen.SessionId));
        Assert.Null(await Seats.FindAsync(_box.Company.Id, _agent));
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/profile")).Location, StringComparison.Ordinal);
        Assert.Equal(Refusal.SessionUnknown, (await Desk.SignOutAsync(_box.Administrator, _agent)).Refusal);

        // He is not shut out.
        using var again = await _box.BrowserOfAsync("chenzy");
        await using var context = _box.Portal.Read();
        Assert.Equal(_box.Company.Code + " · chenzy", (await context.Set<AuditEntry>().SingleAsync(entry => entry.Action == AuditAction.AgentSignedOut)).Detail);
    }

    [Fact]
    public async Task A_sign_in_tells_browser_address_and_when_it_was_used()
    {
        using var browser = _box.Portal.Browser();
        browser.Client.DefaultRequestHeaders.UserAgent.Clear();
        _ = browser.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Edge);
        _ = await browser.SendAsync("/sign-in", "sign-in", ("Company", _box.Company.Code), ("Agent", "chenzy"), ("Password", AccountBox.Password));
        var began = _box.Portal.Now;
        _box.Machine.Advance(TimeSpan.FromMinutes(10));
        _ = await browser.GetAsync("/profile");
        var line = Assert.Single((await Desk.ReadAsync(_box.Administrator, _agent)).Lines);
        Assert.Equal(("Edge 142 · Windows", false), (line.Device, line.IsThis));
        Assert.NotEqual("", line.Address);
        Assert.True(line.StartedAt >= began.AddSeconds(-1) && line.LastUsedAt - line.StartedAt > TimeSpan.FromMinutes(9));

        await _box.Portal.Get<SignInSightings>().StoreAsync();
        await using var context = _box.Portal.Read();
        Assert.Equal(line.LastUsedAt, (await context.Set<SignInSession>().SingleAsync(row => row.AccountId == _agent.Value)).LastUsedAt);
        Assert.Equal(line.LastUsedAt, (await _box.Portal.Get<OnlineTimes>().OfAsync(_box.Company.Id))[_agent].LastSeenAt);
    }

    [Fact]
    public async Task Ones_own_other_sign_ins_are_ended_one_by_one_or_all_and_this_one_stays()
    {
        using var here = await _box.BrowserOfAsync("chenzy");
        var (second, third, fourth) = (await _box.SignInAsync("chenzy"), await _box.SignInAsync("chenzy"), await _box.SignInAsync("chenzy"));
        Assert.False((await Seats.TakeAsync(_box.Company.Id, _agent, second.SessionId)).IsRefused);
        var profile = await here.GetAsync("/profile");
        Assert.Contains("本次登录", profile.Text, StringComparison.Ordinal);
        Assert.Equal("/profile?done=session#sessions", (await here.SendAsync(profile, "/profile", "end-session", ("Session", second.SessionId.ToString()))).Location);
        Assert.Null(await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, second.SessionId));
        Assert.Null(await Seats.FindAsync(_box.Company.Id, _agent));
        Assert.NotNull(await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, third.SessionId));
        Assert.Contains("这次登录已经结束", (await here.SendAsync(profile, "/profile", "end-session", ("Session", "x"))).Text, StringComparison.Ordinal);
        Assert.Contains("这次登录已经结束", (await here.SendAsync(profile, "/profile", "end-session", ("Session", _box.Administrator.SessionId.ToString()))).Text, StringComparison.Ordinal);
        Assert.NotNull(await _box.Portal.Get<SignInDesk>().RecallAsync(_box.Administrator.AgentId.Value, _box.Administrator.SessionId));

        Assert.Equal("/profile?done=sessions#sessions", (await here.SendAsync(profile, "/profile", "end-others")).Location);
        Assert.Null(await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, third.SessionId));
        Assert.Null(await _box.Portal.Get<SignInDesk>().RecallAsync(_agent.Value, fourth.SessionId));
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task Online_time_is_counted_from_seats_to_the_minute_by_the_companys_days()
    {
        var chen = await _box.SignInAsync("chenzy");
        var times = _box.Portal.Get<OnlineTimes>();
        Assert.Equal((false, TimeSpan.Zero, TimeSpan.Zero), Of(await times.OfAsync(_box.Company.Id)));

        // Over the midnight of the company, with a sign of life every 20 seconds.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        var midnight = LocalCalendar.StartOfDay(LocalCalendar.DateOf(_box.Portal.Now, zone).AddDays(1), zone);
        _box.Machine.Advance(midnight - _box.Portal.Now - TimeSpan.FromMinutes(30));
        Assert.False((await Seats.TakeAsync(_box.Company.Id, _agent, chen.SessionId)).IsRefused);
        for (var i = 0; i < 3 * 45; i++)
        {
            _box.Machine.Advance(TimeSpan.FromSeconds(20));
            Assert.False((await Seats.RenewAsync(_box.Company.Id, _agent, chen.SessionId)).IsRefused);
        }

        Assert.Equal((true, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(45)), Of(await times.OfAsync(_box.Company.Id)));
        await Seats.LeaveAsync(_box.Company.Id, _agent, chen.SessionId);
        _box.Machine.Advance(TimeSpan.FromHours(1));
        Assert.Equal((false, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(45)), Of(await times.OfAsync(_box.Company.Id)));
        _box.Machine.Advance(TimeSpan.FromDays(6));
        Assert.Equal((false, TimeSpan.Zero, TimeSpan.FromMinutes(15)), Of(await times.OfAsync(_box.Company.Id)));
        var (other, _) = await _box.AnotherCompanyAsync();
        Assert.DoesNotContain(_agent, (await times.OfAsync(other.Id)).Keys);

        (bool, TimeSpan, TimeSpan) Of(IReadOnlyDictionary<AgentId, AgentTimes> all) => (all[_agent].IsIn, all[_agent].Today, all[_agent].Week);
    }
}
