using System.Net;
using System.Text.RegularExpressions;
using Live800.Domain.Shared;
using Live800.Portal.Features.Security;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Security;

/// <summary>The pages of passkeys as a browser sends them, with the authenticator of the tests in the place of its script.</summary>
public sealed class PasskeyPagesTests : IAsyncLifetime
{
    private AccountBox _box = null!;
    private AgentId _chen;

    public async Task InitializeAsync()
    {
        // Every request below names another host: it has no say.
        _box = await AccountBox.OpenAsync(settings: new Dictionary<string, string> { ["Portal:PublicUrl"] = "https://chat.example.com/" });
        _chen = await _box.AgentAsync("chenzy");
    }

    public async Task DisposeAsync()
    {
        await _box.DisposeAsync();
        Assert.DoesNotContain(_box.Portal.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_question_is_only_for_the_sign_in_pages_own_form_and_is_tied_to_the_browser()
    {
        using var browser = _box.Portal.Browser();
        using var empty = new FormUrlEncodedContent([]);
        using var forged = await browser.Client.PostAsync("/sign-in/passkey", empty);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.False(forged.Headers.Contains("Set-Cookie"));
        using var read = await browser.Client.GetAsync("/sign-in/passkey");
        Assert.NotEqual(HttpStatusCode.OK, read.StatusCode);

        var page = await browser.GetAsync("/sign-in");
        Assert.Contains("用通行密钥登录", page.Text, StringComparison.Ordinal);
        using var asked = await AskAsync(browser, page);
        Assert.Equal("application/json", asked.Content.Headers.ContentType?.MediaType);
        Assert.True(asked.Headers.CacheControl?.NoStore);
        var cookie = Assert.Single(asked.Headers.GetValues("Set-Cookie"), text => text.StartsWith("live800.passkey", StringComparison.Ordinal));
        foreach (var part in (string[])["httponly", "samesite=strict", "path=/sign-in", "max-age=300"]) Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Regex.Match(await asked.Content.ReadAsStringAsync(), "\"challenge\":\"([^\"]+)\"").Groups[1].Value, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Added_on_its_page_it_signs_in_where_somebody_wanted_to_go_and_not_twice()
    {
        using var phone = Phone();
        using var browser = await _box.BrowserOfAsync("chenzy");
        Assert.Contains("href=\"/passkeys\"", (await browser.GetAsync("/profile")).Html, StringComparison.Ordinal);
        Assert.Contains("还没有通行密钥", (await browser.GetAsync("/passkeys")).Text, StringComparison.Ordinal);
        Assert.Contains("现在的密码不对", (await browser.SendAsync("/passkeys", "begin", ("Password", "wrong password"))).Text, StringComparison.Ordinal);
        var shown = await browser.SendAsync("/passkeys", "begin", ("Password", AccountBox.Password));
        var answer = phone.Make(OptionsOf(shown));
        // Without its token against forged posts, it adds nothing.
        using var forged = new FormUrlEncodedContent([new("_handler", "add"), new("Answer", answer), new("InHand", "x")]);
        using var refused = await browser.Client.PostAsync("/passkeys", forged);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var added = await browser.SendAsync(shown, "/passkeys", "add", ("Answer", answer), ("PasskeyName", "我的<手机>"));
        Assert.Equal("/passkeys?done=added", added.Location);
        var again = await browser.SendAsync(shown, "/passkeys", "add", ("Answer", answer), ("PasskeyName", "again"));
        Assert.Contains("等得太久，或帐号有变化", again.Text, StringComparison.Ordinal);
        var list = await browser.GetAsync("/passkeys?done=added");
        Assert.Contains("我的<手机>", list.Text, StringComparison.Ordinal);
        Assert.Contains("通行密钥已添加", list.Text, StringComparison.Ordinal);

        using var anew = _box.Portal.Browser();
        var (page, spoken) = await SignAsync(anew, phone, "/sign-in?returnUrl=%2Fhistory");
        Assert.Equal("/history", page.Location);
        Assert.Contains(page.Response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("live800.passkey=;", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await anew.GetAsync("/profile")).Status);
        Assert.Contains("还没用过", list.Text, StringComparison.Ordinal);
        Assert.Contains("最近使用", (await browser.GetAsync("/profile")).Text, StringComparison.Ordinal);

        // The same words from another browser, with a question of its own.
        using var thief = _box.Portal.Browser();
        var form = await thief.GetAsync("/sign-in");
        using var own = await AskAsync(thief, form);
        var stolen = await thief.SendAsync(form, "/sign-in", "passkey", ("Answer", spoken), ("KeepToo", ""));
        Assert.Contains("通行密钥没有通过", stolen.Text, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await thief.GetAsync("/profile")).Location, StringComparison.Ordinal);
        var without = await thief.SendAsync("/sign-in", "passkey", ("Answer", ""), ("KeepToo", ""));
        Assert.Contains("通行密钥没有通过", without.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_kept_signed_in_only_where_that_was_ticked()
    {
        using var phone = Phone();
        await AddAsync(phone);
        using var browser = _box.Portal.Browser();
        var (page, _) = await SignAsync(browser, phone, "/sign-in");
        Assert.DoesNotContain("expires", page.Response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("live800.sign-in", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
        using var other = _box.Portal.Browser();
        (page, _) = await SignAsync(other, phone, "/sign-in", keep: true);
        Assert.Contains("expires", page.Response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("live800.sign-in", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_is_called_otherwise_and_removed_after_a_question_and_the_form_of_one_that_is_gone_says_so()
    {
        using var phone = Phone();
        await AddAsync(phone);
        using var browser = await _box.BrowserOfAsync("chenzy");
        var list = await browser.GetAsync("/passkeys");
        var rename = Regex.Match(list.Html, "href=\"(/passkeys\\?rename=[0-9a-f]{32})\"").Groups[1].Value;
        var remove = Regex.Match(list.Html, "href=\"(/passkeys\\?remove=[0-9a-f]{32})\"").Groups[1].Value;
        Assert.Contains("名称不能为空", (await browser.SendAsync(rename, "rename", ("NewName", " "))).Text, StringComparison.Ordinal);
        Assert.Equal("/passkeys?done=renamed", (await browser.SendAsync(rename, "rename", ("NewName", "办公室"))).Location);
        Assert.Contains("办公室", (await browser.GetAsync("/profile")).Text, StringComparison.Ordinal);

        // Somebody else's address of it is nothing.
        using var boss = await _box.BrowserOfAsync("linxiao");
        Assert.DoesNotContain("value=\"remove\"", (await boss.GetAsync(remove)).Html, StringComparison.Ordinal);
        var open = await browser.GetAsync(remove);
        Assert.Contains("移除后不能再用它登录", open.Text, StringComparison.Ordinal);
        Assert.Equal("/passkeys?done=removed", (await browser.SendAsync(open, remove, "remove")).Location);
        Assert.Contains("没有这个通行密钥", (await browser.SendAsync(open, remove, "remove")).Text, StringComparison.Ordinal);
        using var anew = _box.Portal.Browser();
        Assert.Contains("通行密钥没有通过", (await SignAsync(anew, phone, "/sign-in")).Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_waits_for_a_second_step_adds_one_and_goes_on()
    {
        var twoSteps = _box.Portal.Get<TwoStepDesk>();
        var key = (await twoSteps.BeginAsync(_box.Administrator, AccountBox.Password)).Value;
        Assert.False((await twoSteps.TurnOnAsync(_box.Administrator, key.InHand, new Authenticator(key.Key).CodeAt(_box.Machine.GetUtcNow()))).IsRefused);
        using var chen = await _box.BrowserOfAsync("chenzy");
        Assert.False((await _box.Portal.Get<SecurityDesk>().RequireAsync(_box.Administrator, TwoStepRule.Now)).IsRefused);
        Assert.Equal("/two-step?returnUrl=%2Fhistory", (await chen.GetAsync("/history")).Location);
        Assert.Contains("href=\"/passkeys?returnUrl=%2Fhistory\"", (await chen.GetAsync("/two-step?returnUrl=%2Fhistory")).Html, StringComparison.Ordinal);
        using var phone = Phone();
        var shown = await chen.SendAsync("/passkeys?returnUrl=%2Fhistory", "begin", ("Password", AccountBox.Password));
        var added = await chen.SendAsync(shown, "/passkeys?returnUrl=%2Fhistory", "add", ("Answer", phone.Make(OptionsOf(shown))), ("PasskeyName", ""));
        Assert.Equal("/passkeys?returnUrl=%2Fhistory&done=added", added.Location);
        Assert.Contains("href=\"/history\"", (await chen.GetAsync(added.Location!)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await chen.GetAsync("/profile")).Status);

        // From now on the password alone leads to the page that says by what he gets in, and to no form of it.
        using var thief = await _box.BrowserOfAsync("chenzy");
        var barred = await thief.GetAsync("/two-step?returnUrl=%2Fhistory");
        Assert.Contains("请用通行密钥登录", barred.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Password\"", barred.Html, StringComparison.Ordinal);
        Assert.Equal("/two-step", (await thief.GetAsync("/passkeys")).Location);
        Assert.Equal("/sign-in?returnUrl=%2Fhistory", (await thief.SendAsync(barred, "/two-step", "/sign-out")).Location);
    }

    [Fact]
    public async Task Questions_are_limited_as_sign_ins_are()
    {
        using var browser = _box.Portal.Browser();
        var page = await browser.GetAsync("/sign-in");
        HttpStatusCode answer;
        var sent = 0;
        do
        {
            using var asked = await AskAsync(browser, page);
            answer = asked.StatusCode;
        }
        while (answer == HttpStatusCode.OK && ++sent < 2 * SignInLimits.Burst);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer);
        Assert.True(sent >= SignInLimits.Burst);
    }

    private static SoftAuthenticator Phone() => new() { Origin = "https://chat.example.com", Host = "chat.example.com" };

    private static async Task<HttpResponseMessage> AskAsync(FormBrowser browser, Page page)
    {
        var form = Regex.Matches(page.Html, "<form.*?</form>", RegexOptions.Singleline).Select(match => match.Value).Single(text => text.Contains("value=\"passkey\"", StringComparison.Ordinal));
        using var body = new FormUrlEncodedContent(Regex.Matches(form, "<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"").Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))));
        return await browser.Client.PostAsync("/sign-in/passkey", body);
    }

    private static async Task<(Page Page, string Answer)> SignAsync(FormBrowser browser, SoftAuthenticator phone, string path, bool keep = false)
    {
        var page = await browser.GetAsync(path);
        using var asked = await AskAsync(browser, page);
        var answer = phone.Sign(await asked.Content.ReadAsStringAsync());
        return (await browser.SendAsync(page, path, "passkey", ("Answer", answer), ("KeepToo", keep ? "yes" : "")), answer);
    }

    private static string OptionsOf(Page page) => WebUtility.HtmlDecode(Regex.Match(page.Html, "data-options=\"([^\"]+)\"").Groups[1].Value);

    private async Task AddAsync(SoftAuthenticator phone)
    {
        var desk = _box.Portal.Get<PasskeyDesk>();
        var by = (await _box.Portal.Get<SignInDesk>().BeginAsync(_chen))!;
        var asked = (await desk.BeginAsync(by, AccountBox.Password)).Value;
        Assert.Equal(Refusal.None, (await desk.AddAsync(by, asked.InHand, phone.Make(asked.Options))).Refusal);
    }
}
