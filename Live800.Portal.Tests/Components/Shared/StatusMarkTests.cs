using Bunit;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Components.Shared;

public class StatusMarkTests : ComponentTest
{
    [Fact]
    public void Statuses_differ_by_shape_and_not_only_by_colour()
    {
        var shapes = StatusWords.All.Select(status => Page.Render<StatusMark>(part => part.Add(p => p.Mark, StatusWords.Mark(status))).Find("svg").InnerHtml.Trim());
        Assert.Equal(StatusWords.All.Length, shapes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_mark_is_a_named_picture_or_not_there_at_all_for_those_who_do_not_see_it()
    {
        var named = Page.Render<StatusMark>(part => part.Add(p => p.Mark, "waiting").Add(p => p.Name, "等待")).Find("svg");
        Assert.Equal(("img", "等待", (string?)null), (named.GetAttribute("role"), named.GetAttribute("aria-label"), named.GetAttribute("aria-hidden")));
        var bare = Page.Render<StatusMark>(part => part.Add(p => p.Mark, "waiting")).Find("svg");
        Assert.Equal("true", bare.GetAttribute("aria-hidden"));
    }
}
