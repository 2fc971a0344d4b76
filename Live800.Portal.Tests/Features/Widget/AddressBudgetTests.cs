using System.Net;
using Live800.Portal.Features.Widget;

namespace Live800.Portal.Tests.Features.Widget;

public class AddressBudgetTests
{
    private readonly AddressBudget _budget = new(3);

    [Fact]
    public void An_address_may_ask_so_often_in_a_minute_and_again_in_the_next()
    {
        var address = IPAddress.Parse("203.0.113.7");
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Null(_budget.Wait(address, 10_000)));
        Assert.Equal(TimeSpan.FromSeconds(50), _budget.Wait(address, 10_000));
        Assert.Null(_budget.Wait(IPAddress.Parse("203.0.113.8"), 10_000));
        Assert.Null(_budget.Wait(address, 60_000));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", true)]
    public void A_customers_line_counts_as_one(string one, string other, bool same)
    {
        for (var i = 0; i < 3; i++)
            _ = _budget.Wait(IPAddress.Parse(one), 0);
        Assert.Equal(same, _budget.Wait(IPAddress.Parse(other), 0) is not null);
    }

    [Fact]
    public void A_thousand_at_once_are_counted_one_by_one()
    {
        var budget = new AddressBudget(100);
        var passed = 0;
        _ = Parallel.For(0, 1000, _ =>
        {
            if (budget.Wait(IPAddress.Loopback, 0) is null)
                _ = Interlocked.Increment(ref passed);
        });
        Assert.Equal(100, passed);
    }
}
