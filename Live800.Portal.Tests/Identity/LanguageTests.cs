using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Identity;

public sealed class LanguageTests : IAsyncLifetime
{
    private AccountBox _box = null!;

    public async Task InitializeAsync() => _box = await AccountBox.OpenAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Theory]
    [InlineData("zh-CN,zh;q=0.9", "登录")]
    [InlineData("zh-TW", "登录")]
    [InlineData("en-GB,en;q=0.8", "Sign in")]
    [InlineData("fr-FR", "登录")]
    public async Task The_browser_chooses_the_language(string accepts, string word)
    {
        using var browser = _box.Portal.Browser(accepts);
        Assert.Contains(word, (await browser.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switch_is_kept_by_the_browser_and_goes_only_to_addresses_of_this_site()
    {
        using var browser = _box.Portal.Browser();
        var page = await browser.GetAsync("/sign-in");
        Assert.Equal("/sign-in", (await browser.SendAsync(page, "/sign-in", "/language", ("culture", "en"))).Location);
        Assert.Contains("Sign in", (await browser.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
        Assert.Contains("Sign in", (await browser.GetAsync("/sign-in")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_in_agents_switch_follows_him_to_another_browser()
    {
        using var here = await _box.BrowserOfAsync("linxiao");
        _ = await here.SendAsync(await here.GetAsync("/profile"), "/profile", "/language", ("culture", "en"));
        using var elsewhere = await _box.BrowserOfAsync("linxiao");
        Assert.Contains("Change the password", (await elsewhere.GetAsync("/profile")).Text, StringComparison.Ordinal);
        Assert.Equal("en", (await _box.ReadAgentAsync(_box.Administrator.AgentId)).Language);

        Assert.Equal("/profile?done=saved", (await elsewhere.SendAsync("/profile", "profile", ("DisplayName", "林晓"), ("Language", ""))).Location);
        Assert.Contains("修改密码", (await elsewhere.GetAsync("/profile")).Text, StringComparison.Ordinal);
        Assert.Null((await _box.ReadAgentAsync(_box.Administrator.AgentId)).Language);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u200B")]
    public async Task An_empty_name_is_refused_beside_its_field(string name)
    {
        using var browser = await _box.BrowserOfAsync("linxiao");
        var page = await browser.SendAsync("/profile", "profile", ("DisplayName", name), ("Language", "en"));
        Assert.Contains("名称要 1 到 64 个字", page.Text, StringComparison.Ordinal);
        Assert.Null((await _box.ReadAgentAsync(_box.Administrator.AgentId)).Language);
    }
}
