using Live800.Portal.Features.Visitors;

namespace Live800.Portal.Tests.Features.Visitors;

/// <summary>The maker of a free file is named, and no other.</summary>
public sealed class PlaceCreditTests
{
    [Theory]
    [InlineData("", "", null)]
    [InlineData("GeoIP2-City", "GeoIP2 City database", null)]
    [InlineData("Small", "", null)]
    [InlineData("DBIP-City-Lite", "DB-IP.com IP to City Lite Database", "https://db-ip.com")]
    [InlineData("City", "db-ip.com", "https://db-ip.com")]
    [InlineData("GeoLite2-City", "GeoLite2 City database", "https://www.maxmind.com")]
    [InlineData("IP2LITE-Country-Region-City", "", "https://lite.ip2location.com")]
    [InlineData("City", "IP2Location LITE", "https://lite.ip2location.com")]
    public void The_file_says_whose_it_is(string kind, string description, string? link) => Assert.Equal(link, PlaceCredit.Of(kind, [description])?.Link);
}
