using System.Text.RegularExpressions;
using Live800.Portal.Features.Widget;
using Microsoft.AspNetCore.Http;

namespace Live800.Portal.Tests.Features.Widget;

public sealed class WidgetFrameTests
{
    private static readonly WidgetFrame Frame = new(WidgetFiles.Load());

    [Fact]
    public void What_a_company_is_called_and_says_is_text()
    {
        var company = new FrameCompany("qingfeng", "<img src=x onerror=alert(1)>", "#2f6b4f", "\"</script><script>alert(2)</script>", PreviewTyping: false);
        var page = Frame.Frame(company, WidgetLanguage.Chinese);
        Assert.DoesNotContain("<img", page.Html);
        Assert.DoesNotContain("<script>alert", page.Html);
        Assert.Contains("&lt;img src=x", page.Html);
    }

    [Fact]
    public void No_mark_is_left_unfilled_in_either_language()
    {
        var company = new FrameCompany("qingfeng", "清风家居", "#2f6b4f", "", PreviewTyping: true);
        foreach (var language in new[] { WidgetLanguage.Chinese, WidgetLanguage.English })
        {
            Assert.DoesNotContain("{{", Frame.Frame(company, language).Html);
            Assert.DoesNotContain("{{", Frame.ChatPage(company, language).Html);
            Assert.Contains($"<html lang=\"{language.Name}\"", Frame.Frame(company, language).Html);
        }
    }

    [Fact]
    public void The_preview_of_a_look_is_the_frame_without_its_scripts()
    {
        var company = FrameCompany.Of("qingfeng", "清风家居", new Live800.Domain.Companies.Appearance { Title = "<b>家居", Welcome = "您好", Colour = "#ffdd00" }, previewTyping: true, WidgetLanguage.Chinese);
        var frame = Frame.Frame(company, WidgetLanguage.Chinese).Html;
        var preview = Frame.Preview(company, WidgetLanguage.Chinese, isOnline: true);
        Assert.DoesNotContain("<script src", preview);
        Assert.DoesNotContain("<b>家居", preview);
        foreach (var part in new[] { "<div class=\"m g\" id=\"welcome\"><p class=\"b\" dir=\"auto\">您好</p></div>", "--co:#ffdd00", "<h1 id=\"who\">&lt;b&gt;家居</h1>" })
        {
            Assert.Contains(part, frame);
            Assert.Contains(part, preview);
        }

        Assert.NotEqual(preview, Frame.Preview(company, WidgetLanguage.Chinese, isOnline: false));
    }

    [Fact]
    public void Both_languages_have_every_text()
    {
        var chinese = FrameTexts.ForScript(WidgetLanguage.Chinese);
        var english = FrameTexts.ForScript(WidgetLanguage.English);
        Assert.NotEmpty(chinese);
        Assert.All(chinese, text => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", text.Value));
        Assert.All(english, text => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", text.Value));
    }

    [Fact]
    public void The_policy_of_the_frame_allows_no_inline_style_but_its_own_colours()
    {
        var page = Frame.Frame(new FrameCompany("qingfeng", "清风家居", "#2f6b4f", "", PreviewTyping: true), WidgetLanguage.Chinese);
        Assert.DoesNotContain("unsafe-inline", page.ContentSecurityPolicy);
        Assert.Contains("default-src 'none'", page.ContentSecurityPolicy);
        Assert.Single(Regex.Matches(page.Html, "<style"));
        Assert.DoesNotContain("style=", page.Html);
        Assert.DoesNotContain("<noscript", page.Html);
    }

    [Fact]
    public void Without_javascript_the_full_page_chat_is_a_form_that_keeps_what_was_written()
    {
        var company = new FrameCompany("qingfeng", "清风家居", "#2f6b4f", "", PreviewTyping: true);
        var page = Frame.ChatPage(company, WidgetLanguage.Chinese, new PlainForm(Refusal: "留言是空的。", Text: "</textarea><b>", Name: "\"张", Contact: "a@b")).Html;
        Assert.Contains("<noscript><style>", page);
        Assert.Matches("<form id=\"offline\" method=\"post\"", page);
        Assert.Matches("<p id=\"refused\" role=\"alert\" >留言是空的。</p>", page);
        Assert.Contains("&lt;/textarea&gt;&lt;b&gt;</textarea>", page);
        Assert.Contains("value=\"&quot;张\"", page);
        Assert.Matches("name=\"id\" value=\"[0-9a-f-]{36}\"", page);
    }

    [Theory]
    [InlineData("#2f6b4f", "#ffffff")]
    [InlineData("#ffdd00", "#000000")]
    [InlineData("#ffffff", "#000000")]
    [InlineData("#000000", "#ffffff")]
    [InlineData("#1b6e53", "#ffffff")]
    public void Text_over_the_company_colour_is_black_or_white_by_contrast(string colour, string text)
    {
        var read = CompanyColour.Read(colour);
        Assert.Equal(text, read.TextUpon.ToString());
        Assert.True(read.Contrast(read.TextUpon) >= 4.5);
        var shades = Regex.Matches(read.Style(), "--co-weak:(#[0-9a-f]{6});--co-text:(#[0-9a-f]{6})");
        Assert.Equal(2, shades.Count);
        Assert.All(shades, pair => Assert.True(CompanyColour.Read(pair.Groups[1].Value).Contrast(CompanyColour.Read(pair.Groups[2].Value)) >= 4.5));
    }

    [Theory]
    [InlineData("?lang=en-GB", "zh-CN", "en")]
    [InlineData("?lang=zh", "en", "zh-CN")]
    [InlineData("?lang=", "fr,en;q=0.5,zh;q=0.9", "zh-CN")]
    [InlineData("?lang=fr", "fr", "en")]
    [InlineData("", "", "zh-CN")]
    public void The_language_is_that_of_the_page_and_else_of_the_browser(string query, string accepted, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        if (accepted.Length > 0) request.Headers.AcceptLanguage = accepted;
        Assert.Equal(expected, WidgetLanguage.Of(request).Name);
    }
}
