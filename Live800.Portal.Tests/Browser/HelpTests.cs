using System.Text.RegularExpressions;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>The help in a browser: by keyboard, to the very answer, and on a phone.</summary>
public sealed class HelpTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task An_answer_is_found_while_typing_and_its_address_leads_there_in_the_other_language_too()
    {
        var server = Keep(await PortalServer.StartAsync());
        var page = await SomebodyAsync();
        await page.GotoAsync(server.Address + "/help");
        var search = page.GetByRole(AriaRole.Searchbox, new() { Name = "在帮助中查找" });
        var found = page.GetByRole(AriaRole.Status);
        await search.FocusAsync();
        await page.Keyboard.InsertTextAsync("冻结");
        await Assertions.Expect(found).ToHaveTextAsync("找到 1 条");
        await Assertions.Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await Assertions.Expect(search).ToBeFocusedAsync();
        await search.FillAsync("斑马");
        await Assertions.Expect(found).ToHaveTextAsync("没有找到“斑马”");
        await search.FillAsync("");
        await Assertions.Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(42);
        await Assertions.Expect(found).ToBeEmptyAsync();

        await page.GotoAsync(server.Address + "/help#s4.14");
        var answer = page.Locator("[id='s4.14']");
        await Assertions.Expect(answer).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(answer.GetByRole(AriaRole.Heading)).ToHaveTextAsync(new Regex("^I have clicks left"));
        await Assertions.Expect(answer).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_phone_reads_it_without_scrolling_sideways()
    {
        var server = Keep(await PortalServer.StartAsync());
        foreach (var language in new[] { "zh-CN", "en" })
        {
            var page = await SomebodyAsync(language, width: 390, height: 844);
            foreach (var address in new[] { "/help", "/help/security", "/help?q=zebra" })
            {
                await page.GotoAsync(server.Address + address);
                Assert.Equal(390, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            }
        }
    }
}
