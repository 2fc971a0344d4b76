using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;

namespace Live800.Portal.Tests.Components.Shared;

public sealed class TypedNumberTests
{
    [Theory]
    [InlineData("98", 98_00)]
    [InlineData(" 98.5 ", 98_50)]
    [InlineData("９８．５０", 98_50)]
    [InlineData("1,234,567.89", 1_234_567_89)]
    [InlineData("98.500", 98_50)]
    [InlineData("0", 0)]
    public void An_amount_is_read_as_it_was_meant(string typed, long expected) => Assert.Equal(expected, TypedNumber.Money(typed, Currency.Default));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("98,5")]
    [InlineData("12,34")]
    [InlineData("1.234,50")]
    [InlineData("98.505")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e5")]
    [InlineData("¥98")]
    [InlineData("0x10")]
    [InlineData("\ud800")]
    [InlineData("99999999999999999999999999999999")]
    public void What_could_mean_two_things_or_nothing_is_no_amount(string? typed) => Assert.Null(TypedNumber.Money(typed, Currency.Default));

    [Fact]
    public void A_currency_without_decimals_takes_none()
    {
        var yen = Currency.Find("JPY")!.Value;
        Assert.Equal((2_000L, 2_000L, null), (TypedNumber.Money("2000", yen), TypedNumber.Money("2000.00", yen), TypedNumber.Money("2000.5", yen)));
        Assert.Equal(("2000", "20.00"), (TypedNumber.Of(2_000, yen), TypedNumber.Of(2_000, Currency.Default)));
    }

    [Theory]
    [InlineData("12", 12L)]
    [InlineData("1,000", 1_000L)]
    [InlineData("１２", 12L)]
    [InlineData("2.5", null)]
    [InlineData("2.0", null)]
    [InlineData("-2", null)]
    [InlineData("zwei", null)]
    public void A_whole_number_has_no_point_and_no_sign(string typed, long? expected) => Assert.Equal(expected, TypedNumber.Whole(typed));
}
