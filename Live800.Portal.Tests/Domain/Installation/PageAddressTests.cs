using Live800.Domain.Installation;

namespace Live800.Portal.Tests.Domain.Installation;

/// <summary>Which page an address leads to (rule 5).</summary>
public sealed class PageAddressTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/sofa")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///C:/shop.html")]
    [InlineData("ftp://shop.example/")]
    [InlineData("https://lin:secret@shop.example/")]
    [InlineData("https://")]
    [InlineData("https:///sofa")]
    [InlineData("about:blank")]
    public void What_leads_to_no_page_of_a_site_is_none(string? address) => Assert.Null(PageAddress.Read(address));

    [Theory]
    [InlineData("https://Shop.Example/Sofa?order=1#top", "shop.example/Sofa")]
    [InlineData("https://shop.example", "shop.example/")]
    [InlineData("http://shop.example:8080/a/../b", "shop.example:8080/b")]
    [InlineData("https://shop.example:443/", "shop.example/")]
    [InlineData("https://商店.example/沙发", "xn--czrs0t.example/%E6%B2%99%E5%8F%91")]
    [InlineData("https://shop.example/a*b", "shop.example/a%2Ab")]
    [InlineData("https://[::1]:5000/x", "[::1]:5000/x")]
    public void A_page_is_host_and_path(string address, string page) => Assert.Equal(page, PageAddress.Read(address).ToString());

    [Fact]
    public void What_is_too_long_is_cut_and_a_host_that_is_too_long_is_none()
    {
        var page = PageAddress.Read("https://shop.example/" + new string('a', 10_000))!.Value;
        Assert.Equal(PageAddress.PathLimit, page.Path.Length);
        Assert.Equal("shop.example/", PageAddress.Read("https://shop.example/?" + new string('a', 1_000_000)).ToString());
        Assert.Null(PageAddress.Read($"https://{new string('a', 60)}.{new string('b', 60)}.example/"));
        Assert.Null(PageAddress.Read("https://" + new string('a', 10_000)));
    }

    [Fact]
    public void A_referrer_of_an_origin_alone_is_the_site_and_not_its_first_page()
    {
        Assert.Equal("shop.example", PageAddress.ReadReferrer("https://shop.example/").ToString());
        Assert.Equal("shop.example/sofa", PageAddress.ReadReferrer("https://shop.example/sofa").ToString());
        Assert.Null(PageAddress.ReadReferrer("javascript:alert(1)"));
    }

    [Fact]
    public void In_the_clear_is_http_on_another_machine()
    {
        _ = PageAddress.Read("http://shop.example/", out var clear);
        _ = PageAddress.Read("https://shop.example/", out var secret);
        _ = PageAddress.Read("http://127.0.0.1:5081/", out var own);
        Assert.Equal((true, false, false), (clear, secret, own));
    }
}
