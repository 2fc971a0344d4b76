using System.Net;
using Live800.Domain.Shared;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Identity;

public sealed class SignInTests : IAsyncLifetime
{
    private AccountBox _box = null!;

    private SignInDesk Desk => _box.Portal.Get<SignInDesk>();

    public async Task InitializeAsync()
    {
        _box = await AccountBox.OpenAsync();
        _ = await _box.AgentAsync("chenzy");
    }

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Whatever_is_wrong_the_answer_is_the_same_after_exactly_one_password_hash()
    {
        var gone = await _box.AgentAsync("zhoumin");
        Assert.False((await _box.Roster.DisableAsync(_box.Administrator, gone)).IsRefused);
        var unset = (await _box.Roster.CreateAsync(_box.Administrator, new() { Name = "unset", DisplayName = "unset", SetByLink = true })).Value;
        Assert.NotEqual(0, unset.Value);
        var code = _box.Company.Code;
        (string? Company, string? Name, string? Password)[] wrong =
        [
            (code, "chenzy", "wrong password"), (code, "chenzy", ""), (code, "chenzy", null), (code, "nobody", AccountBox.Password), (code, "nobody@example.com", AccountBox.Password),
            ("nowhere99", "chenzy", AccountBox.Password), (code, "zhoumin", AccountBox.Password), (code, "unset", ""), (code, "", ""), (null, null, null), ("", "chenzy", AccountBox.Password),
            ("", "nobody@example.com", AccountBox.Password), (code, new string('x', 10_000), AccountBox.Password), (code + "' OR 1=1 --", "chenzy", AccountBox.Password), (code, "chenzy\0", AccountBox.Password),
        ];
        foreach (var (company, name, password) in wrong)
        {
            _box.Hasher.Reset();
            var outcome = await Desk.SignInAsync(company, name, password);
            Assert.Equal((Refusal.SignInFailed, 1, name), (outcome.Refusal, _box.Hasher.Count, name));
        }

        _box.Hasher.Reset();
        Assert.False((await Desk.SignInAsync(code, "chenzy", AccountBox.Password)).IsRefused);
        Assert.Equal(1, _box.Hasher.Count);
    }

    [Fact]
    public async Task The_page_says_the_same_sentence_for_every_wrong_combination()
    {
        using var browser = _box.Portal.Browser();
        var answers = new List<string>();
        foreach (var (company, agent) in new[] { (_box.Company.Code, "chenzy"), (_box.Company.Code, "nobody"), ("nowhere99", "chenzy"), ("", "chenzy@example.com") })
        {
            var page = await browser.SendAsync("/sign-in", "sign-in", ("Company", company), ("Agent", agent), ("Password", "wrong password"));
            Assert.False(page.IsRedirect);
            Assert.Contains("公司ID、客服ID 或密码不对，请再试一次。", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong password", page.Html, StringComparison.Ordinal);
            answers.Add(page.Text.Replace(company.Length > 0 ? company : "\0", "").Replace(agent, ""));
        }

        Assert.Single(answers.Select(text => string.Concat(text.Where(sign => !char.IsWhiteSpace(sign)))).Distinct());
    }

    [Theory]
    [InlineData("chenzy")]
    [InlineData(" CHENZY ")]
    [InlineData("chenzy@example.com")]
    public async Task An_agent_signs_in_with_his_id_or_his_e_mail(string name)
    {
        _ = await _box.Roster.CreateAsync(_box.Administrator, new() { Name = "other", DisplayName = "other", Email = "chenzy@example.com", Password = AccountBox.Password });
        var outcome = await Desk.SignInAsync(" " + _box.Company.Code.ToUpperInvariant(), name, AccountBox.Password);
        Assert.Equal(name.Contains('@', StringComparison.Ordinal) ? "other" : "chenzy", outcome.Value.Current!.AgentName);
        Assert.False(outcome.Value.Current!.IsAdministrator);
    }

    [Fact]
    public async Task The_operator_signs_in_with_an_empty_company_id_and_his_e_mail()
    {
        var outcome = await Desk.SignInAsync("", "Linxiao@Example.com", AccountBox.Password);
        Assert.True(outcome.Value.Current is { IsPlatformOperator: true, IsAdministrator: true, AgentName: "linxiao" });
    }

    [Fact]
    public async Task The_same_agent_id_of_another_company_is_another_person()
    {
        var (other, administrator) = await _box.AnotherCompanyAsync();
        _ = await _box.AgentAsync("chenzy", by: administrator);
        var outcome = await Desk.SignInAsync(other.Code, "chenzy", AccountBox.Password);
        Assert.Equal(other.Id, outcome.Value.Current!.CompanyId);
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_account_rests_and_even_the_right_one_is_refused()
    {
        for (var i = 0; i < PortalAccount.AttemptsBeforeRest; i++) _ = await Desk.SignInAsync(_box.Company.Code, "chenzy", "wrong password");
        _box.Hasher.Reset();
        Assert.Equal(Refusal.SignInFailed, (await Desk.SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).Refusal);
        Assert.Equal(1, _box.Hasher.Count);
        Assert.False((await Desk.SignInAsync(_box.Company.Code, "linxiao", AccountBox.Password)).IsRefused);

        _box.Machine.Advance(PortalAccount.Rest - TimeSpan.FromSeconds(1));
        Assert.True((await Desk.SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).IsRefused);
        _box.Machine.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await Desk.SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).IsRefused);
    }

    [Fact]
    public async Task Wrong_passwords_of_many_at_once_are_all_counted()
    {
        _ = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Desk.SignInAsync(_box.Company.Code, "chenzy", "wrong password")));
        Assert.True((await Desk.SignInAsync(_box.Company.Code, "chenzy", AccountBox.Password)).IsRefused);
    }

    [Theory]
    [InlineData("/workspace?a=1", "/workspace?a=1")]
    [InlineData("//evil.example/", "/workspace")]
    [InlineData("/\\evil.example", "/workspace")]
    [InlineData("https://evil.example/", "/workspace")]
    [InlineData("javascript:alert(1)", "/workspace")]
    [InlineData("/\t/evil.example", "/workspace")]
    public async Task After_signing_in_the_browser_is_only_sent_to_an_address_of_this_site(string asked, string sent)
    {
        using var browser = _box.Portal.Browser();
        var page = await browser.SendAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(asked), "sign-in", ("Company", _box.Company.Code), ("Agent", "chenzy"), ("Password", AccountBox.Password));
        Assert.Equal(sent, page.Location);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        using var browser = _box.Portal.Browser();
        using var body = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Company", _box.Company.Code), new("Agent", "chenzy"), new("Password", AccountBox.Password)]);
        using var response = await browser.Client.PostAsync("/sign-in", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("live800.sign-in", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Too_many_forms_from_one_address_are_refused_with_a_time_to_wait()
    {
        using var browser = _box.Portal.Browser();
        HttpResponseMessage answer;
        var sent = 0;
        do
        {
            // Without its token a form costs no hash, but it counts.
            using var body = new FormUrlEncodedContent([]);
            answer = await browser.Client.PostAsync("/sign-in", body);
        }
        while (answer.StatusCode == HttpStatusCode.BadRequest && ++sent < 2 * SignInLimits.Burst);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(sent >= SignInLimits.Burst);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("请等 30 秒", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in")).Status);
    }
}
