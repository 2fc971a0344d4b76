using System.Text;
using System.Xml.Linq;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Widget;

public sealed class IconPictureTests
{
    [Fact]
    public void An_icon_is_at_most_one_kilobyte_in_every_state_and_language()
    {
        var largest = 0;
        foreach (var language in new[] { WidgetLanguage.Chinese, WidgetLanguage.English })
        {
            foreach (var isOnline in new[] { true, false })
            {
                var picture = IconPicture.Draw(isOnline, language, "#2f6b4f");
                largest = Math.Max(largest, Encoding.UTF8.GetByteCount(picture));
                var root = XDocument.Parse(picture).Root!;
                Assert.Equal(IconPicture.Words(isOnline, language), root.Value);
                Assert.Equal(IconPicture.Words(isOnline, language), root.Attribute("aria-label")!.Value);
            }
        }

        Figures.Tell($"icon: {largest} B plain at most");
        Assert.InRange(largest, 100, IconPicture.Limit);
    }

    [Fact]
    public void Online_and_offline_differ_in_colour_and_words()
    {
        Assert.Contains("fill=\"#2f6b4f\"", IconPicture.Draw(isOnline: true, WidgetLanguage.Chinese, "#2f6b4f"));
        Assert.DoesNotContain("#2f6b4f", IconPicture.Draw(isOnline: false, WidgetLanguage.Chinese, "#2f6b4f"));
        Assert.NotEqual(IconPicture.Words(isOnline: true, WidgetLanguage.English), IconPicture.Words(isOnline: false, WidgetLanguage.English));
    }
}
