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
        Assert.Contains(" loading=\"lazy\"", code);
        Assert.DoesNotContain("\"客服\"", code);
    }
}
