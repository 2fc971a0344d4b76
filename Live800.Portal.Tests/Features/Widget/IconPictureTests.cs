using System.Text;
using System.Xml.Linq;
using Live800.Domain.Companies;
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

    [Theory]
    [InlineData("在线")]
    [InlineData("请点击这里咨询我们的客服人员谢谢您的光临")]
    [InlineData("\"<&'\"<&'\"<&'\"<&'\"<&'")]
    [InlineData("éééééééééééééééééééé")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀")]
    public void Every_look_with_every_words_is_at_most_one_kilobyte_and_measures_the_same_in_both_states(string words)
    {
        var largest = 0;
        foreach (var look in Enum.GetValues<IconLook>().Except([IconLook.Own]))
        {
            foreach (var isLeft in new[] { true, false })
            {
                var icon = ChatIcon.Create(new(1), 2, new IconWish("x", look == IconLook.Words ? IconKind.Text : IconKind.Floating, look) { IsLeft = isLeft, Words = new IconWords(words, "", words, words) }).Value;
                foreach (var (isOnline, language) in new[] { (true, WidgetLanguage.Chinese), (false, WidgetLanguage.Chinese), (true, WidgetLanguage.English), (false, WidgetLanguage.English) })
                {
                    var picture = IconPicture.Draw(icon, isOnline, language, "#2f6b4f");
                    largest = Math.Max(largest, Encoding.UTF8.GetByteCount(picture));
                    var root = XDocument.Parse(picture).Root!;
                    Assert.Equal(IconPicture.Words(icon, isOnline, language), root.Value);
                    Assert.Equal(IconPicture.SizeOf(icon), ((int)root.Attribute("width")!, (int)root.Attribute("height")!));
                }
            }
        }

        Figures.Tell($"icon with {words}: {largest} B plain at most");
        Assert.InRange(largest, 100, IconPicture.Limit);
    }

    [Fact]
    public void The_standard_icon_measures_what_every_old_code_says() =>
        Assert.Equal((IconPicture.Width, IconPicture.Height), IconPicture.SizeOf(ChatIcon.StandardOf(new(1))));

    [Fact]
    public void Online_and_offline_differ_in_colour_and_words()
    {
        Assert.Contains("fill=\"#2f6b4f\"", IconPicture.Draw(isOnline: true, WidgetLanguage.Chinese, "#2f6b4f"));
        Assert.DoesNotContain("#2f6b4f", IconPicture.Draw(isOnline: false, WidgetLanguage.Chinese, "#2f6b4f"));
        Assert.NotEqual(IconPicture.Words(isOnline: true, WidgetLanguage.English), IconPicture.Words(isOnline: false, WidgetLanguage.English));
    }
}
