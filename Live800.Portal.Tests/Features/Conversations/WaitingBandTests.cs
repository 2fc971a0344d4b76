using System.Globalization;
using Bunit;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Conversations;

public class WaitingBandTests : ComponentTest
{
    private static readonly WaitingRow Oldest = new(new ConversationId(1), new VisitorId(1), "访客 #48210", "有货吗", DataRoom.Noon - TimeSpan.FromMinutes(3));
    private static readonly WaitingRow Newest = new(new ConversationId(2), new VisitorId(2), "王芳 #51877", "", DataRoom.Noon);

    [Fact]
    public void It_shows_how_many_wait_since_when_and_with_which_words()
    {
        var band = Page.Render<WaitingBand>(part => part.Add(p => p.Rows, [Oldest, Newest]).Add(p => p.Cost, "包月，不计次"));
        Assert.Equal("2 位访客等待接待，最久的是 访客 #48210", band.Find("[role=status]").TextContent);
        Assert.Equal("2", band.Find("h2 .num").TextContent);
        Assert.Equal(Milliseconds(Oldest), band.Find("h2 live-time").GetAttribute("since"));
        Assert.Equal("包月，不计次", band.Find("#accept-cost").TextContent);
        Assert.Equal([("访客 #48210", "有货吗", Milliseconds(Oldest)), ("王芳 #51877", "还没有输入文字", Milliseconds(Newest))], band.FindAll("li").Select(row =>
            (row.QuerySelector(".who")!.TextContent, row.QuerySelector(".said")!.TextContent, row.QuerySelector("live-time")!.GetAttribute("since"))));
    }

    [Fact]
    public async Task Accept_takes_the_visitor_of_its_row_and_the_name_only_looks()
    {
        var (accepted, chosen) = (new List<WaitingRow>(), new List<WaitingRow>());
        var band = Page.Render<WaitingBand>(part => part.Add(p => p.Rows, [Oldest, Newest]).Add(p => p.OnAccept, accepted.Add).Add(p => p.OnChoose, chosen.Add));
        await band.InvokeAsync(() => band.Find("button[aria-label='接受 王芳 #51877']").Click());
        Assert.Equal([Newest], accepted);
        Assert.Empty(chosen);
        await band.InvokeAsync(() => band.FindAll("button.who")[0].Click());
        Assert.Equal([Oldest], chosen);
        Assert.Equal([Newest], accepted);
    }

    [Fact]
    public void Where_nothing_can_be_accepted_every_button_is_off_and_points_to_the_reason_in_words()
    {
        const string Reason = "今天的免费应答用完了";
        var band = Page.Render<WaitingBand>(part => part.Add(p => p.Rows, [Oldest, Newest]).Add(p => p.Cost, "包月，不计次").Add(p => p.Reason, Reason));
        Assert.All(band.FindAll("button.pri"), button =>
        {
            Assert.True(button.HasAttribute("disabled"));
            Assert.Equal(Reason, band.Find("#" + button.GetAttribute("aria-describedby")).TextContent);
        });
        Assert.Equal(2, band.FindAll("button.pri").Count);
    }

    [Fact]
    public void While_one_is_being_accepted_only_his_button_is_off()
    {
        var band = Page.Render<WaitingBand>(part => part.Add(p => p.Rows, [Oldest, Newest]).Add(p => p.Accepting, Newest.Conversation));
        Assert.Equal([false, true], band.FindAll("button.pri").Select(button => button.HasAttribute("disabled")));
    }

    [Fact]
    public void Where_nobody_waits_it_is_silent()
    {
        var band = Page.Render<WaitingBand>(part => part.Add(p => p.Rows, []));
        Assert.Empty(band.FindAll("h2, li, button"));
        Assert.Empty(band.Find("[role=status]").TextContent);
    }

    private static string Milliseconds(WaitingRow row) => row.Since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
