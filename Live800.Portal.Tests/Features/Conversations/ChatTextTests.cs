using Bunit;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Conversations;

public class ChatTextTests : ComponentTest
{
    [Theory]
    [InlineData("<script>alert(1)</script><img src=x onerror=alert(2)>")]
    [InlineData("<a href=\"javascript:alert(1)\">here</a>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("ftp://shop.example/list 和 file:///etc/passwd")]
    [InlineData("http:// 和 https://")]
    public void Whatever_is_no_web_address_stays_the_text_it_is(string text)
    {
        var shown = Page.Render<ChatText>(part => part.Add(p => p.Text, text));
        Assert.Empty(shown.FindAll("*"));
        Assert.Equal(text, string.Concat(shown.Nodes.Select(node => node.TextContent)).Trim());
    }

    [Theory]
    [InlineData("看 https://shop.example/a?b=1，谢谢", "https://shop.example/a?b=1")]
    [InlineData("see (http://shop.example/a).", "http://shop.example/a")]
    [InlineData("https://shop.example/\"onclick=\"alert(1)", "https://shop.example/")]
    public void A_web_address_is_a_link_that_opens_outside_and_tells_nothing_of_the_portal(string text, string address)
    {
        var shown = Page.Render<ChatText>(part => part.Add(p => p.Text, text));
        var link = Assert.Single(shown.FindAll("*"));
        Assert.Equal(("a", address, address, "_blank"), (link.LocalName, link.GetAttribute("href"), link.TextContent, link.GetAttribute("target")));
        Assert.Equal(["href", "rel", "target"], link.Attributes.Select(attribute => attribute.Name).Order(StringComparer.Ordinal));
        Assert.Superset(new HashSet<string> { "noopener", "noreferrer" }, link.GetAttribute("rel")!.Split(' ').ToHashSet());
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(shown.Nodes.Select(node => node.TextContent)).Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
    }
}
