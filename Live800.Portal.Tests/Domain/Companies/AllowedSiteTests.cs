using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Companies;

public sealed class AllowedSiteTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("*.com:x")]
    [InlineData("*.localhost")]
    [InlineData("*.10.0.0.1")]
    [InlineData("a.*.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://shop.example")]
    [InlineData("file:///C:/shop.html")]
    [InlineData("data:text/html,x")]
    [InlineData("shop example")]
    [InlineData("shop.example; script-src *")]
    [InlineData("shop.example 'unsafe-inline'")]
    [InlineData("shop.example\r\nX-Evil: 1")]
    [InlineData("https://user:secret@shop.example/")]
    [InlineData("shop.example:99999")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("-")]
    [InlineData("https://")]
    public void What_is_no_site_is_refused(string? given)
    {
        Assert.Null(AllowedSite.Read(given));
        Assert.Equal(Refusal.SiteInvalid, AllowedSite.Allow(new CompanyId(1), given, new AgentId(1), DateTimeOffset.UnixEpoch).Refusal);
    }

    [Fact]
    public void A_host_longer_than_the_limit_is_refused() => Assert.Null(AllowedSite.Read(string.Join('.', Enumerable.Repeat("abcdefghi", 13)) + ".example"));

    [Theory]
    [InlineData("shop.example", "shop.example")]
    [InlineData(" HTTPS://Www.Shop.Example/path?x=1#y ", "shop.example")]
    [InlineData("http://shop.example:8080/", "shop.example:8080")]
    [InlineData("https://shop.example:443", "shop.example")]
    [InlineData("shop.example.", "shop.example")]
    [InlineData("*.shop.example", "*.shop.example")]
    [InlineData("清风家居.example", "xn--s8ss7vhy3g7xu.example")]
    [InlineData("localhost:5081", "localhost:5081")]
    [InlineData("192.168.1.9", "192.168.1.9")]
    [InlineData("[2001:db8::1]:8080", "[2001:db8::1]:8080")]
    [InlineData("shop.example\\evil", "shop.example")]
    public void People_write_it_as_they_like(string given, string pattern)
    {
        if (!pattern.Contains("xn--", StringComparison.Ordinal)) Assert.Equal(pattern, AllowedSite.Read(given));
        else Assert.StartsWith("xn--", AllowedSite.Read(given));
    }

    [Theory]
    [InlineData("shop.example", "https://shop.example", true)]
    [InlineData("shop.example", "http://www.shop.example", true)]
    [InlineData("shop.example", "http://shop.example:8080", false)]
    [InlineData("shop.example", "https://m.shop.example", false)]
    [InlineData("shop.example", "https://shop.example.evil.example", false)]
    [InlineData("shop.example", "https://evilshop.example", false)]
    [InlineData("shop.example", "null", false)]
    [InlineData("shop.example", "", false)]
    [InlineData("shop.example", "chrome-extension://shop.example", false)]
    [InlineData("*.shop.example", "https://m.shop.example", true)]
    [InlineData("*.shop.example", "https://a.b.shop.example", true)]
    [InlineData("*.shop.example", "https://shop.example", true)]
    [InlineData("*.shop.example", "https://evilshop.example", false)]
    [InlineData("localhost:5081", "http://localhost:5081", true)]
    [InlineData("localhost:5081", "http://localhost", false)]
    [InlineData("[2001:db8::1]:8080", "http://[2001:db8::1]:8080", true)]
    [InlineData("清风.example", "https://xn--3bs854m.example", false)]
    public void An_origin_is_on_it_or_not(string given, string origin, bool covers)
    {
        var site = AllowedSite.Allow(new CompanyId(1), given, new AgentId(1), DateTimeOffset.UnixEpoch).Value;
        Assert.Equal(covers, site.Covers(origin));
        Assert.True(site.Covers(site.Sources().First().Replace("*.", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("shop.example", "http://shop.example https://shop.example http://www.shop.example https://www.shop.example")]
    [InlineData("*.shop.example", "http://shop.example https://shop.example http://*.shop.example https://*.shop.example")]
    [InlineData("localhost:5081", "http://localhost:5081 https://localhost:5081")]
    [InlineData("192.168.1.9", "http://192.168.1.9 https://192.168.1.9")]
    public void Its_sources_are_those_of_a_policy(string given, string sources) =>
        Assert.Equal(sources, string.Join(' ', AllowedSite.Allow(new CompanyId(1), given, new AgentId(1), DateTimeOffset.UnixEpoch).Value.Sources()));
}
