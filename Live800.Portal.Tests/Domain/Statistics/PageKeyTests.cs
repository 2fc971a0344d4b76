using CsCheck;
using Live800.Domain.Statistics;
using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Statistics;

/// <summary>The name under which a page is counted: rule 6.</summary>
public class PageKeyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http://")]
    [InlineData("https://")]
    [InlineData("https:///a")]
    [InlineData("https://?id=1")]
    [InlineData("shop.example/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://a b/")]
    [InlineData("https://shop.example:99999/")]
    public void What_leads_to_no_page_has_no_name(string? address) => Assert.Equal("", PageKey.Of(address));

    [Theory]
    [InlineData("https://shop.example", "shop.example/")]
    [InlineData("http://shop.example:80/", "shop.example/")]
    [InlineData("HTTPS://WWW.Shop.Example.:443//", "shop.example/")]
    [InlineData("https://user:secret@shop.example:8443/A/", "shop.example:8443/A")]
    [InlineData("https://www.com/", "www.com/")]
    [InlineData("https://例子.测试/桌", "xn--fsqu00a.xn--0zwm56d/%E6%A1%8C")]
    [InlineData("https://[2001:db8::1]:8080/a", "[2001:db8::1]:8080/a")]
    [InlineData("https://shop.example/a//b/", "shop.example/a//b")]
    [InlineData("https://shop.example/%7ea%2fb%e6%A1%8c%", "shop.example/~a%2Fb%E6%A1%8C%25")]
    [InlineData("https://shop.example/%%34%31", "shop.example/%2541")]
    [InlineData("https://shop.example/list;jsessionid=***?id=1", "shop.example/list?id=1")]
    [InlineData("https://shop.example/a#top", "shop.example/a")]
    [InlineData("https://shop.example/a/#/b/c?id=2&x=1", "shop.example/a#/b/c?id=2")]
    [InlineData("https://shop.example/#!/b/", "shop.example/#!/b/")]
    [InlineData("https://shop.example/?utm_source=a&gclid=b&token=***", "shop.example/")]
    [InlineData("https://shop.example/p?sku=7&color=red&ID=2&id=3&cat=&a", "shop.example/p?id=2&sku=7")]
    [InlineData("https://shop.example/?r=site%2Findex&q=a+b&tag=a+b", "shop.example/?r=site%2Findex&tag=a%20b")]
    public void One_page_has_one_name_however_it_was_reached(string address, string name) => Assert.Equal(name, PageKey.Of(address));

    [Fact]
    public void A_long_name_is_cut()
    {
        Assert.Equal(PageKey.Limit, PageKey.Of("https://shop.example/" + new string('a', 100_000)).Length);
        Assert.Equal(298, PageKey.Of("https://shop.example/" + new string('a', 285) + "%E6%A1%8C").Length);
        Assert.Equal("shop.example/" + new string('a', 283), PageKey.Of("https://shop.example/" + new string('a', 283) + "?id=1"));
    }

    [Fact]
    public void Of_a_name_the_name_is_the_name() =>
        Gen.Select(Gen.Int[0, 300], Gen.String[Gen.Char["ab/\\?#!%&=id.:@wW;34 2fE中\0\ud800*[]"], 0, 60], Gen.String[Gen.Char["/%?&=#!id2"], 0, 40]).Sample((long1, middle, end) =>
        {
            foreach (var address in new[] { "https://" + middle + end, "https://shop.example/" + middle + end, "https://shop.example/" + new string('a', long1) + end + middle })
            {
                var name = PageKey.Of(address);
                Assert.InRange(name.Length, 0, PageKey.Limit);
                Assert.Equal(name, PageKey.Of("https://" + name));
                Assert.Equal(PageKey.Of(AddressMask.Clean(address)), PageKey.Of(AddressMask.Clean(AddressMask.Clean(address))));
            }
        });

    [Fact]
    public void The_list_of_parameters_is_dated_and_names_no_secret_and_no_campaign()
    {
        Assert.Matches("^own list, 20[0-9]{2}-[0-9]{2}$", PageKey.Dated);
        Assert.All(PageKey.Names, name => Assert.Matches("^[a-z_]+$", name));
        Assert.All(PageKey.Names, name => Assert.Equal($"https://a/?{name}=1", AddressMask.Clean($"https://a/?{name}=1")));
        Assert.Empty(PageKey.Names.Intersect(KnownSources.Adverts.SelectMany(advert => advert.Marks)));
    }
}
