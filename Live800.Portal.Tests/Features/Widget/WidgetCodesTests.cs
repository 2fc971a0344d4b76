using Live800.Domain.Companies;
using Live800.Portal.Features.Widget;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>S1.4, S3.4: what a company copies into its pages.</summary>
public sealed class WidgetCodesTests
{
    private const string Base = "https://chat.example.com";

    [Fact]
    public void The_function_code_is_one_line_of_about_220_bytes_beside_its_address()
    {
        var code = WidgetCodes.FunctionCode(Base, "qingfeng");
        Assert.StartsWith("<script>", code);
        Assert.EndsWith("</script>", code);
        Assert.Contains("https://chat.example.com/w/l.js#qingfeng", code);
        Assert.DoesNotContain('\n', code);
        Assert.InRange(code.Length - "https://chat.example.com/w/l.js#qingfeng".Length, 1, 220);
    }

    [Fact]
    public void The_second_form_has_no_inline_script() =>
        Assert.Equal("<script async src=\"https://chat.example.com/w/l.js#qingfeng\"></script>", WidgetCodes.FunctionCodeForStrictPages(Base, "qingfeng"));

    [Fact]
    public void The_icon_code_is_a_lazy_picture_with_measures_and_words_linked_to_the_full_page_chat()
    {
        var code = WidgetCodes.IconCode(Base, "qingfeng", 1, "在线\"客服\"");
        Assert.StartsWith("<a href=\"https://chat.example.com/chat/qingfeng\" target=\"_blank\" rel=\"noopener\"><img src=\"https://chat.example.com/w/qingfeng/icon/1\" ", code);
        Assert.Contains(" width=\"168\" height=\"44\" ", code);
        Assert.Contains(" loading=\"lazy\" referrerpolicy=\"no-referrer-when-downgrade\"></a>", code);
        Assert.DoesNotContain("\"客服\"", code);
    }

    [Fact]
    public void A_floating_icon_says_in_its_code_where_it_stands_and_for_strict_pages_in_a_rule_of_their_own()
    {
        var icon = ChatIcon.Create(new(1), 3, new IconWish("F", IconKind.Floating, IconLook.Round) { IsLeft = true, FromSide = 0, FromBottom = 120 }).Value;
        var code = WidgetCodes.IconCode(Base, "qingfeng", icon, "在线客服", "abc234");
        Assert.StartsWith("<a href=\"https://chat.example.com/chat/qingfeng?g=abc234\" target=\"_blank\" rel=\"noopener\" style=\"position:fixed;left:0px;bottom:120px;z-index:2147483000\"><img src=\"https://chat.example.com/w/qingfeng/icon/3\" width=\"56\" height=\"56\"", code);
        var strict = WidgetCodes.IconCode(Base, "qingfeng", icon, "在线客服", isStrict: true);
        Assert.DoesNotContain("style=", strict);
        Assert.Contains(" class=\"live800-icon-3\"", strict);
        Assert.Equal(".live800-icon-3 { position:fixed;left:0px;bottom:120px;z-index:2147483000 }", WidgetCodes.FloatingRule(icon));
        Assert.Equal("a\nb", WidgetCodes.Combined("a", "b"));
    }
}
