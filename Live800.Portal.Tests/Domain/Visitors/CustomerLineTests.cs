using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Visitors;

/// <summary>The neighbourhood of an address: rule 6.</summary>
public class CustomerLineTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("shop.example", "")]
    [InlineData("203.0.113", "")]
    [InlineData("203.0.113.0/8", "")]
    [InlineData("/24", "")]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    [InlineData("2001:db8:1:2::/64", "2001:db8:1::/48")]
    [InlineData("::1", "::/48")]
    public void What_is_left_of_an_address_names_nobody(string? address, string left)
    {
        Assert.Equal(left, CustomerLine.Shorten(address));
        Assert.Equal(left, CustomerLine.Shorten(left));
    }
}
