using System.Globalization;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Packages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Tests.Components.Shared;

public sealed class CountedTextsTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData(0, "0 clicks are left")]
    [InlineData(1, "1 click is left")]
    [InlineData(2, "2 clicks are left")]
    [InlineData(11, "11 clicks are left")]
    public void A_word_follows_its_number(int number, string expected) =>
        Assert.Equal(expected, CountedTexts.Format(English, "{0} {0:click is|clicks are} left", number));

    [Fact]
    public void A_number_that_was_written_out_before_counts_too_and_other_formats_stay_what_they_are()
    {
        Assert.Equal("12,480 clicks, 1 seat", CountedTexts.Format(English, "{0} {0:click|clicks}, {1} {1:seat|seats}", "12,480", "1"));
        Assert.Equal("007 · <b> · ", CountedTexts.Format(English, "{0:000} · {1} · {2}", 7, "<b>", null!));
    }

    [Fact]
    public void The_pages_texts_agree_with_their_numbers_in_English_and_need_nothing_in_Chinese()
    {
        using var services = new ServiceCollection().AddLogging().AddTexts().BuildServiceProvider();
        var texts = services.GetRequiredService<IStringLocalizer<StoreTexts>>();
        CultureInfo.CurrentUICulture = English;
        Assert.Equal(("1 seat", "3 seats"), (texts["SeatsCount", 1].Value, texts["SeatsCount", 3].Value));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Assert.DoesNotContain("seat", texts["SeatsCount", 1].Value, StringComparison.Ordinal);
    }
}
