using System.Net;
using Live800.Portal.Features.Help;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Help;

/// <summary>The help's pages as a browser without JavaScript gets them, signed out.</summary>
public sealed class HelpPageTests(SharedPortal shared) : SharedPortalTest(shared)
{
    [Theory]
    [InlineData("zh-CN", "什么算一次应答？")]
    [InlineData("en", "What counts as an answer?")]
    public async Task Everybody_reads_the_help_and_nothing_of_a_company(string language, string question)
    {
        using var browser = Portal.Browser(language);
        foreach (var address in new[] { "/help", "/help/security", "/help?q=" + Uri.EscapeDataString(question) })
        {
            var page = await browser.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains($"<html lang=\"{language}\"", page.Html, StringComparison.Ordinal);
            foreach (var secret in new[] { Site.Code, Other.Code, "公司 " + Site.Code, "linxiao", "林晓" }) Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_answer_has_its_address_on_the_page_once(string language)
    {
        using var browser = Portal.Browser(language);
        var html = (await browser.GetAsync("/help")).Html;
        Assert.All(HelpNumber.All, number => Assert.Equal(2, html.Split($"id=\"s{number.Key}\"").Length));
    }

    [Fact]
    public async Task A_search_tells_how_many_it_found_what_is_near_and_when_there_is_nothing()
    {
        using var browser = Portal.Browser("en");
        Assert.Contains("1 answer found", (await browser.GetAsync("/help?q=Ctrl%2BEnter")).Text, StringComparison.Ordinal);
        Assert.Contains("answers found", (await browser.GetAsync("/help?q=CSP+script")).Text + (await browser.GetAsync("/help?q=script")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing has all of “zebra invitation”", (await browser.GetAsync("/help?q=zebra+invitation")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing found for “zebra”", (await browser.GetAsync("/help?q=zebra")).Text, StringComparison.Ordinal);
        Assert.Contains("What counts as an answer?", (await browser.GetAsync("/help?q=+++")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_looked_for_is_shown_as_text()
    {
        using var browser = Portal.Browser("en");
        var page = await browser.GetAsync("/help?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/help?q=" + new string('x', 4000))).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/help?q=%ff%00%ed%a0%80")).Status);
    }

    [Fact]
    public async Task The_public_pages_lead_to_it_and_somebody_who_is_signed_in_reads_the_same()
    {
        await using var box = await AccountBox.OpenAsync();
        using var stranger = box.Portal.Browser();
        foreach (var address in new[] { "/sign-in", "/register", "/forgot", "/reset", "/confirm", "/confirm-reply", "/not-found" })
        {
            var html = (await stranger.GetAsync(address)).Html;
            Assert.Contains("href=\"/help\"", html, StringComparison.Ordinal);
            Assert.Contains("href=\"/help/security\"", html, StringComparison.Ordinal);
        }

        using var agent = await box.BrowserOfAsync("linxiao");
        var (signedOut, signedIn) = (await stranger.GetAsync("/help"), await agent.GetAsync("/help"));
        Assert.Equal(HttpStatusCode.OK, signedIn.Status);
        Assert.DoesNotContain(box.Company.Name, signedIn.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(box.Company.Code, signedIn.Text, StringComparison.Ordinal);
        Assert.Equal(Answers(signedOut), Answers(signedIn));

        static string Answers(Page page) => page.Html[page.Html.IndexOf("<div id=\"answers\"", StringComparison.Ordinal)..page.Html.IndexOf("</main>", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task There_is_no_other_page_of_the_help()
    {
        using var browser = Portal.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/help/s2.5")).Status);
    }
}
