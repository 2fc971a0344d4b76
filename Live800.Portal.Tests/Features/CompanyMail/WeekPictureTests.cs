using Live800.Portal.Features.CompanyMail;
using SkiaSharp;

namespace Live800.Portal.Tests.Features.CompanyMail;

/// <summary>The picture of a weekly report (6): seven bars and a line, small, light, without letters.</summary>
public sealed class WeekPictureTests
{
    private static readonly DateOnly Monday = new(2026, 2, 23);
    private static readonly SKColor Accent = new(0x46, 0x44, 0xB4);

    [Theory]
    [InlineData("0 0 0 0 0 0 0", "0 0 0 0 0 0 1")]
    [InlineData("1 0 0 0 0 0 0", "0 0 0 0 0 0 0")]
    [InlineData("120 98 143 160 155 60 44", "100 110 95 130 120 70 30")]
    [InlineData("9000000000 1 9000000000 1 9000000000 1 9000000000", "1 9000000000 1 9000000000 1 9000000000 1")]
    public void It_is_small_has_a_light_ground_and_a_bar_for_each_day_with_visits(string visits, string before)
    {
        var (now, was) = (Numbers(visits), Numbers(before));
        var png = WeekPicture.Draw([.. now.Zip(was, (of, then) => (of, then)).Select((pair, day) => new WeekDay(Monday.AddDays(day), pair.of, pair.then))]);
        // Far below what it may have, so that no week is too much.
        Assert.InRange(png.Length, 100, WeekPicture.MostBytes * 3 / 4);
        using var picture = SKBitmap.Decode(png);
        Assert.Equal((2 * WeekPicture.Width, 2 * WeekPicture.Height), (picture.Width, picture.Height));
        Assert.Equal(SKColors.White, picture.GetPixel(4, 4));
        for (var day = 0; day < 7; day++)
        {
            var left = (int)(2 * WeekPicture.Width * (day + 0.32) / 7);
            Assert.Equal(now[day] > 0, Enumerable.Range(0, picture.Height).Any(y => picture.GetPixel(left, y) == Accent));
        }
    }

    [Fact]
    public void The_same_week_is_the_same_picture() =>
        Assert.Equal(WeekPicture.Draw([new(Monday, 3, 5), new(Monday.AddDays(1), 2, 0)]), WeekPicture.Draw([new(Monday, 3, 5), new(Monday.AddDays(1), 2, 0)]));

    private static long[] Numbers(string words) => [.. words.Split(' ').Select(long.Parse)];
}
