using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>A company's own mail 公司邮件 in two administrators' browsers, wide and narrow (1).</summary>
public sealed class CompanyMailTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task What_is_typed_stands_in_the_letter_at_once_and_what_a_colleague_saves_is_followed_or_told_of()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var (wide, narrow) = (await SomebodyAsync(), await SomebodyAsync(theme: ColorScheme.Dark, width: 390, height: 844));
        foreach (var page in new[] { wide, narrow })
        {
            await page.SignInToAsync(box.Server, box.Qingfeng, "linxiao", "/company/mail");
            await Assertions.Expect(page.GetByLabel("发件人名称", new() { Exact = true })).ToBeVisibleAsync();
        }

        await wide.GetByLabel("开头（中文信）").FillAsync("尊敬的{name}，这里是{company}：");
        await wide.GetByLabel("结尾（中文信）").FillAsync("电话 400-1");
        await wide.GetByLabel("结尾（中文信）").BlurAsync();
        await Assertions.Expect(wide.Locator(".look pre")).ToContainTextAsync("尊敬的王女士，这里是");
        await wide.GetByLabel("发件人名称", new() { Exact = true }).FillAsync("清风客服");
        await Assertions.Expect(wide.Locator(".look dd").First).ToContainTextAsync("清风客服");

        // The narrow one has typed something else meanwhile: it is told. What it has not touched follows.
        await narrow.GetByLabel("发件人名称", new() { Exact = true }).FillAsync("我的名称");
        foreach (var part in new[] { "保存 · 发件人", "保存 · 给访客的信" }) await wide.GetByRole(AriaRole.Button, new() { Name = part }).ClickAsync();
        await Assertions.Expect(wide.GetByText("已保存。")).ToHaveCountAsync(2);
        await Assertions.Expect(narrow.GetByLabel("结尾（中文信）")).ToHaveValueAsync("电话 400-1");
        await narrow.GetByRole(AriaRole.Button, new() { Name = "保存 · 发件人" }).ClickAsync();
        await Assertions.Expect(narrow.GetByText("另一位管理员先保存了")).ToBeVisibleAsync();
        await Assertions.Expect(narrow.GetByLabel("发件人名称", new() { Exact = true })).ToHaveValueAsync("我的名称");
        await narrow.GetByRole(AriaRole.Button, new() { Name = "采用对方的" }).ClickAsync();
        await Assertions.Expect(narrow.GetByLabel("发件人名称", new() { Exact = true })).ToHaveValueAsync("清风客服");

        foreach (var choice in new[] { "有新留言时发信", "每天发一封小结" }) await narrow.GetByLabel(choice).CheckAsync();
        await narrow.Locator("input[name=summary-agent]").First.CheckAsync();
        await narrow.GetByLabel("星期日").UncheckAsync();
        await narrow.GetByLabel("几点发").SelectOptionAsync("9");
        await narrow.GetByRole(AriaRole.Button, new() { Name = "保存 · 每日小结" }).ClickAsync();
        await Assertions.Expect(wide.GetByLabel("几点发")).ToHaveValueAsync("9");
        await Assertions.Expect(wide.GetByLabel("星期日")).Not.ToBeCheckedAsync();
        Assert.Equal(390, await narrow.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }
}
