using System.Net;
using System.Text.RegularExpressions;
using Live800.Domain.Shared;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Security;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Security;

/// <summary>
/// One's own second step, with an app of the tests' own. The portal goes by the machine's clock under its own, which stands here until it is moved: the codes of any moment can be tried.
/// </summary>
public sealed class TwoStepTests : IAsyncLifetime
{
    private AccountBox _box = null!;
    private CurrentAgent _chen = null!;

    private TwoStepDesk Desk => _box.Portal.Get<TwoStepDesk>();

    private SignInDesk SignIn => _box.Portal.Get<SignInDesk>();

    private DateTimeOffset Now => _box.Machine.GetUtcNow();

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync();
        _ = await _box.AgentAsync("chenzy");
        _chen = await _box.SignInAsync("chenzy");
    }

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Without_the_password_no_key_is_shown_and_without_a_right_code_nothing_is_on()
    {
        foreach (var wrong in new[] { null, "", "wrong password" }) Assert.Equal(Refusal.SignInFailed, (await Desk.BeginAsync(_chen, wrong)).Refusal);
        var shown = (await Desk.BeginAsync(_chen, AccountBox.Password)).Value;
        var app = new Authenticator(shown.Key);
        string?[] codes = [null, "", "abcdef", "12345", "1234567", "12 34 5x", "\ud800", new string('1', 10_000), Other(app.CodeAt(Now)), app.CodeAt(Now.AddSeconds(-60)), app.CodeAt(Now.AddSeconds(60)), app.CodeAt(Now.AddHours(-1))];
        foreach (var code in codes) Assert.Equal((Refusal.CodeWrong, code), ((await Desk.TurnOnAsync(_chen, shown.InHand, code)).Refusal, code));
        Assert.False((await Desk.ReadAsync(_chen)).IsOn);
        Assert.NotNull((await SignIn.SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).Value.Current);
        await using var context = _box.Portal.Read();
        Assert.Empty(await context.UserTokens.ToListAsync());
    }

    [Fact]
    public async Task A_key_in_hand_is_nothing_when_it_is_changed_old_anothers_or_the_password_is_another_meanwhile()
    {
        var shown = (await Desk.BeginAsync(_chen, AccountBox.Password)).Value;
        var code = new Authenticator(shown.Key).CodeAt(Now);
        var elsewhere = await _box.SignInAsync("chenzy");
        foreach (var bad in new[] { null, "", "x", shown.InHand[..^2], shown.InHand + "A", _box.Portal.Get<TwoStepSeal>().Seal(new PendingSignIn(_chen.AgentId.Value, "", Now.AddHours(1))) })
            Assert.Equal(Refusal.TwoStepOver, (await Desk.TurnOnAsync(_chen, bad, code)).Refusal);
        Assert.Equal(Refusal.TwoStepOver, (await Desk.TurnOnAsync(_box.Administrator, shown.InHand, code)).Refusal);
        Assert.Equal(Refusal.TwoStepOver, (await Desk.TurnOnAsync(elsewhere, shown.InHand, code)).Refusal);

        Assert.False((await _box.Portal.Get<PasswordDesk>().ChangeAsync(_chen, AccountBox.Password, "three old locust trees", Now)).IsRefused);
        Assert.Equal(Refusal.TwoStepOver, (await Desk.TurnOnAsync(_chen, shown.InHand, code)).Refusal);

        var late = (await Desk.BeginAsync(_chen, "three old locust trees")).Value;
        _box.Machine.Advance(TwoStepSeal.KeyLife);
        Assert.Equal(Refusal.TwoStepOver, (await Desk.TurnOnAsync(_chen, late.InHand, new Authenticator(late.Key).CodeAt(Now))).Refusal);
    }

    [Fact]
    public async Task Once_it_is_on_the_password_alone_begins_nothing_and_other_browsers_are_out()
    {
        var elsewhere = await _box.SignInAsync("chenzy");
        _ = await SetUpAsync();
        Assert.Null(await SignIn.RecallAsync(_chen.AgentId.Value, elsewhere.SessionId));
        Assert.NotNull(await SignIn.RecallAsync(_chen.AgentId.Value, _chen.SessionId));
        var step = (await SignIn.SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).Value;
        Assert.Null(step.Current);
        Assert.NotNull(step.Pending);
        await using var context = _box.Portal.Read();
        Assert.Equal(1, await context.Set<SignInSession>().CountAsync(session => session.AccountId == _chen.AgentId.Value));
    }

    [Fact]
    public async Task What_the_file_holds_tells_neither_key_nor_codes()
    {
        var (app, codes, key) = await SetUpAsync();
        await using var context = _box.Portal.Read();
        var stored = await context.UserTokens.Where(token => token.UserId == _chen.AgentId.Value).Select(token => token.Value).ToListAsync();
        Assert.Equal(3, stored.Count);
        Assert.All(stored, value => Assert.DoesNotContain(codes.Append(key), secret => value!.Contains(secret, StringComparison.OrdinalIgnoreCase) || value.Contains(secret.Replace("-", ""), StringComparison.OrdinalIgnoreCase)));
        Assert.NotNull(app);
    }

    [Fact]
    public async Task A_code_is_good_a_step_early_or_late_however_it_is_typed_and_once()
    {
        var (app, _, _) = await SetUpAsync();
        // The code of the set-up is used up, and its step with it.
        Assert.Equal(Refusal.SignInFailed, await TryAsync(app.CodeAt(Now)));
        Assert.Equal(Refusal.SignInFailed, await TryAsync(app.CodeAt(Now.AddSeconds(-30))));
        _box.Machine.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(Refusal.SignInFailed, await TryAsync(app.CodeAt(Now.AddSeconds(-60))));
        Assert.Equal(Refusal.SignInFailed, await TryAsync(app.CodeAt(Now.AddSeconds(60))));
        Assert.Equal(Refusal.None, await TryAsync(app.CodeAt(Now.AddSeconds(-30))));
        Assert.Equal(Refusal.SignInFailed, await TryAsync(app.CodeAt(Now.AddSeconds(-30))));
        Assert.Equal(Refusal.None, await TryAsync(" " + app.CodeAt(Now).Insert(3, " ") + "\n"));
        Assert.Equal(Refusal.None, await TryAsync(string.Concat(app.CodeAt(Now.AddSeconds(30)).Select(digit => (char)(digit - '0' + '０')))));
        // A step that was let in early is over when its time comes.
        _box.Machine.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(Refusal.SignInFailed, await TryAsync(app.CodeAt(Now)));
    }

    [Fact]
    public async Task Of_the_same_code_typed_at_once_in_many_browsers_one_gets_in()
    {
        var (app, _, _) = await SetUpAsync();
        _box.Machine.Advance(TimeSpan.FromMinutes(1));
        var pending = await PendAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Desk.SignInAsync(pending, app.CodeAt(Now))));
        Assert.Single(answers, answer => !answer.IsRefused);
    }

    [Fact]
    public async Task The_code_of_another_account_is_wrong_and_so_is_its_recovery_code()
    {
        _ = await _box.AgentAsync("zhoumin");
        var zhou = await _box.SignInAsync("zhoumin");
        var (_, codes, key) = await SetUpAsync();
        var (theirs, theirCodes, _) = await SetUpAsync(zhou);
        _box.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(new Authenticator(key).CodeAt(Now), theirs.CodeAt(Now));
        Assert.Equal(Refusal.SignInFailed, await TryAsync(theirs.CodeAt(Now)));
        Assert.Equal(Refusal.SignInFailed, await TryAsync(theirCodes[0]));
        Assert.Equal(Refusal.None, await TryAsync(codes[0]));
    }

    [Fact]
    public async Task A_recovery_code_works_once_however_it_is_typed_and_new_ones_end_the_old()
    {
        var (_, codes, _) = await SetUpAsync();
        Assert.Equal(TwoStepKeys.RecoveryCodes, codes.Distinct().Count());
        Assert.Equal(Refusal.None, await TryAsync(codes[0]));
        Assert.Equal(Refusal.SignInFailed, await TryAsync(codes[0]));
        Assert.Equal(Refusal.None, await TryAsync(" " + codes[1].ToLowerInvariant().Replace('-', ' ')));
        Assert.Equal(8, (await Desk.ReadAsync(_chen)).CodesLeft);
        Assert.Equal(Refusal.SignInFailed, (await Desk.MakeCodesAsync(_chen, "wrong password")).Refusal);
        var fresh = (await Desk.MakeCodesAsync(_chen, AccountBox.Password)).Value.Codes;
        Assert.Equal(10, (await Desk.ReadAsync(_chen)).CodesLeft);
        Assert.Equal(Refusal.SignInFailed, await TryAsync(codes[2]));
        Assert.Equal(Refusal.None, await TryAsync(fresh[9]));
        Assert.Equal(
            ["TwoStepOn", "RecoveryCodeUsed", "RecoveryCodeUsed", "RecoveryCodesMade", "RecoveryCodeUsed"],
            (await AuditAsync()).Select(entry => entry.Action.ToString()));
        Assert.Equal($"{_box.Company.Code}/chenzy · 9", (await AuditAsync())[^1].Detail);
    }

    [Fact]
    public async Task After_five_wrong_codes_the_account_rests_and_the_right_password_does_not_begin_the_count_anew()
    {
        var (app, codes, _) = await SetUpAsync();
        _box.Machine.Advance(TimeSpan.FromMinutes(1));
        // A thousand tries, each after the right password.
        for (var i = 0; i < 1000; i++)
        {
            var step = await SignIn.SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password);
            if (step.IsRefused)
            {
                Assert.Equal(PortalAccount.AttemptsBeforeRest, i);
                break;
            }

            Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(step.Value.Pending!, Other(app.CodeAt(Now)))).Refusal);
        }

        // Not even what is right: by code, by recovery code, by the password of somebody within.
        var waiting = await PendAsync();
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(waiting, app.CodeAt(Now))).Refusal);
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(waiting, codes[0])).Refusal);
        Assert.True((await SignIn.SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).IsRefused);
        _box.Machine.Advance(PortalAccount.Rest);
        Assert.Equal(Refusal.None, await TryAsync(codes[0]));
    }

    [Fact]
    public async Task What_waits_for_its_code_ends_with_a_new_password_a_closed_account_and_a_suspended_company()
    {
        var (_, codes, _) = await SetUpAsync();
        var waiting = await PendAsync();
        Assert.False((await _box.Portal.Get<PasswordDesk>().ChangeAsync(_chen, AccountBox.Password, "three old locust trees", Now)).IsRefused);
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(waiting, codes[0])).Refusal);
        waiting = await PendAsync();
        Assert.False((await _box.Roster.DisableAsync(_box.Administrator, _chen.AgentId)).IsRefused);
        var closed = await PendAsync();
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(waiting, codes[0])).Refusal);
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(closed, codes[0])).Refusal);
    }

    [Fact]
    public async Task Turning_it_off_takes_password_and_code_and_then_the_password_is_enough()
    {
        var (app, codes, _) = await SetUpAsync();
        Assert.Equal(Refusal.TwoStepIsOn, (await Desk.BeginAsync(_chen, AccountBox.Password)).Refusal);
        _box.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Refusal.SignInFailed, (await Desk.TurnOffAsync(_chen, "wrong password", app.CodeAt(Now))).Refusal);
        Assert.Equal(Refusal.CodeWrong, (await Desk.TurnOffAsync(_chen, AccountBox.Password, Other(app.CodeAt(Now)))).Refusal);
        Assert.Equal(Refusal.None, await TryAsync(codes[0]));
        Assert.False((await Desk.TurnOffAsync(_chen, AccountBox.Password, app.CodeAt(Now))).IsRefused);
        Assert.Equal(Refusal.TwoStepIsOff, (await Desk.TurnOffAsync(_chen, AccountBox.Password, codes[1])).Refusal);
        Assert.Equal(Refusal.TwoStepIsOff, (await Desk.MakeCodesAsync(_chen, AccountBox.Password)).Refusal);
        Assert.NotNull((await SignIn.SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).Value.Current);
        Assert.Equal(AuditAction.TwoStepOff, (await AuditAsync())[^1].Action);
        await using var context = _box.Portal.Read();
        Assert.Empty(await context.UserTokens.ToListAsync());

        // And on again, at once, with another key.
        _ = await SetUpAsync();
    }

    [Fact]
    public async Task The_pages_set_it_up_show_the_codes_once_and_ask_for_a_code_at_the_next_sign_in()
    {
        using var browser = await _box.BrowserOfAsync("chenzy");
        Assert.Contains("href=\"/two-step\"", (await browser.GetAsync("/profile")).Html, StringComparison.Ordinal);
        var wrong = await browser.SendAsync("/two-step", "begin", ("Password", "wrong password"));
        Assert.Contains("现在的密码不对", wrong.Text, StringComparison.Ordinal);
        var shown = await browser.SendAsync("/two-step", "begin", ("Password", AccountBox.Password));
        var app = Authenticator.FromPage(shown.Html);
        Assert.Contains("<svg", shown.Html, StringComparison.Ordinal);
        Assert.Equal("no-cache, no-store", shown.Response.Headers.CacheControl?.ToString()?.Replace("no-store, no-cache", "no-cache, no-store"));
        var missed = await browser.SendAsync(shown, "/two-step", "confirm", ("Code", Other(app.CodeAt(Now))));
        Assert.Contains("验证码不对", missed.Text, StringComparison.Ordinal);
        // The same key again: a slip of the finger costs no scan.
        Assert.Equal(app.CodeAt(Now), Authenticator.FromPage(missed.Html).CodeAt(Now));
        var on = await browser.SendAsync(missed, "/two-step", "confirm", ("Code", app.CodeAt(Now)));
        var codes = Regex.Matches(on.Html, "<li[^>]*><code[^>]*>([A-Z0-9]{5}-[A-Z0-9]{5})</code>").Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(10, codes.Length);
        // Sent again by a reload: nothing is shown twice.
        var again = await browser.SendAsync(missed, "/two-step", "confirm", ("Code", app.CodeAt(Now)));
        Assert.DoesNotContain(codes[0], again.Html, StringComparison.Ordinal);
        Assert.Contains("这个帐号已经开启两步登录", again.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(codes[0], (await browser.GetAsync("/two-step")).Html, StringComparison.Ordinal);

        using var anew = _box.Portal.Browser();
        var first = await anew.SendAsync("/sign-in?returnUrl=%2Fhistory", "sign-in", ("Company", _box.Company.Code), ("Agent", "chenzy"), ("Password", AccountBox.Password));
        Assert.Equal("/sign-in/code", first.Location);
        var cookie = Assert.Single(first.Response.Headers.GetValues("Set-Cookie"), text => text.StartsWith("live800.second-step", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("/sign-in", (await anew.GetAsync("/profile")).Location, StringComparison.Ordinal);
        _box.Machine.Advance(TimeSpan.FromSeconds(30));
        var no = await anew.SendAsync("/sign-in/code", "code", ("Code", Other(app.CodeAt(Now))));
        Assert.Contains("验证码不对，或已经用过", no.Text, StringComparison.Ordinal);
        Assert.Equal("/history", (await anew.SendAsync("/sign-in/code", "code", ("Code", app.CodeAt(Now)))).Location);
        Assert.Equal(HttpStatusCode.OK, (await anew.GetAsync("/profile")).Status);

        using var third = _box.Portal.Browser();
        _ = await third.SendAsync("/sign-in", "sign-in", ("Company", _box.Company.Code), ("Agent", "chenzy"), ("Password", AccountBox.Password));
        Assert.Equal("/workspace", (await third.SendAsync("/sign-in/code?recovery=1", "code", ("Code", codes[3]))).Location);
        var off = await third.SendAsync("/two-step", "off", ("OffPassword", AccountBox.Password), ("OffCode", codes[4]));
        Assert.Equal("/two-step?done=off", off.Location);
        Assert.Contains("两步登录已关闭", (await third.GetAsync("/two-step?done=off")).Text, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await anew.GetAsync("/profile")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_page_leads_to_the_first_without_a_state_of_its_own_in_force()
    {
        var (app, _, _) = await SetUpAsync();
        _box.Machine.Advance(TimeSpan.FromMinutes(1));
        using var browser = _box.Portal.Browser();
        Assert.Equal("/sign-in", (await browser.GetAsync("/sign-in/code")).Location);
        var seal = _box.Portal.Get<TwoStepSeal>();
        var good = seal.Seal(await PendAsync());
        using var open = new HttpRequestMessage(HttpMethod.Get, "/sign-in/code");
        open.Headers.Add("Cookie", "live800.second-step=" + good);
        var form = await Page.ReadAsync(await browser.Client.SendAsync(open));
        foreach (var bad in new[] { "", "x", good[..^3], good + "AA", seal.Seal(new KeyInHand(_chen.AgentId.Value, default, "", "", Now.AddHours(1))), seal.Seal(await PendAsync() with { Until = Now }), new string('A', 3000) })
        {
            var answer = await PostAsync(browser, form, bad, app.CodeAt(Now));
            Assert.Equal("/sign-in", answer.Location);
            Assert.DoesNotContain(answer.Response.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(value => value.StartsWith("live800.sign-in", StringComparison.Ordinal)));
        }

        // Another account's state does not take this one's code, and the state alone is nobody's session.
        _ = await _box.AgentAsync("zhoumin");
        var zhou = await _box.SignInAsync("zhoumin");
        _ = await SetUpAsync(zhou);
        var theirs = seal.Seal(await PendAsync(zhou));
        Assert.False((await PostAsync(browser, form, theirs, app.CodeAt(Now))).IsRedirect);
        Assert.Equal("/workspace", (await PostAsync(browser, form, good, app.CodeAt(Now))).Location);
    }

    private static async Task<Page> PostAsync(FormBrowser browser, Page form, string state, string code)
    {
        var html = Regex.Matches(form.Html, "<form.*?</form>", RegexOptions.Singleline).Select(match => match.Value).Single(text => text.Contains("value=\"code\"", StringComparison.Ordinal));
        var fields = Regex.Matches(html, "<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"").Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in/code") { Content = new FormUrlEncodedContent(fields.Append(new("Code", code))) };
        request.Headers.Add("Cookie", "live800.second-step=" + state);
        return await Page.ReadAsync(await browser.Client.SendAsync(request));
    }

    /// <summary>Another six digits.</summary>
    private static string Other(string code) => (code[0] == '9' ? '0' : (char)(code[0] + 1)) + code[1..];

    private async Task<(Authenticator App, IReadOnlyList<string> Codes, string Key)> SetUpAsync(CurrentAgent? who = null)
    {
        var shown = (await Desk.BeginAsync(who ?? _chen, AccountBox.Password)).Value;
        var app = new Authenticator(shown.Key);
        Assert.Contains("secret=" + shown.Key, shown.Address, StringComparison.Ordinal);
        var made = await Desk.TurnOnAsync(who ?? _chen, shown.InHand, app.CodeAt(Now));
        return (app, made.Value.Codes, shown.Key);
    }

    /// <summary>A sign-in after its first step, as it stands in the file.</summary>
    private async Task<PendingSignIn> PendAsync(CurrentAgent? who = null)
    {
        await using var context = _box.Portal.Read();
        var account = await context.Users.AsNoTracking().SingleAsync(user => user.Id == (who ?? _chen).AgentId.Value);
        return _box.Portal.Get<TwoStepSeal>().Pending(account);
    }

    private async Task<Refusal> TryAsync(string code) => (await Desk.SignInAsync(await PendAsync(), code)).Refusal;

    private async Task<List<AuditEntry>> AuditAsync()
    {
        await using var context = _box.Portal.Read();
        return await context.Set<AuditEntry>().AsNoTracking().Where(entry => entry.AccountId == _chen.AgentId.Value).OrderBy(entry => entry.Id).ToListAsync();
    }
}
