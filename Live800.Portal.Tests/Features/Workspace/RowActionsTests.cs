using AngleSharp.Dom;
using Bunit;
using Live800.Domain.Shared;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Workspace;

/// <summary>Inviting and proactive chat in a row of the queue (2).</summary>
public class RowActionsTests : ComponentTest
{
    [Fact]
    public void What_stands_against_both_is_said_once_instead_of_the_buttons()
    {
        var starts = Starts(new StartOffer(Refusal.None, Refusal.None, null, null).Under(Refusal.NoAnswersLeft));
        Assert.Empty(starts.FindAll("button"));
        Assert.Equal(Assert.Single(starts.FindAll(".note")).TextContent, starts.Find(".note").GetAttribute("title"));
        Assert.NotEmpty(Read(starts.Find(".note").TextContent));
    }

    [Fact]
    public void Who_refused_lately_cannot_be_invited_and_the_button_says_why_and_the_other_one_what_it_costs()
    {
        var starts = Starts(new StartOffer(Refusal.RefusedLately, Refusal.None, null, null));
        var (invite, start) = (starts.FindAll("button")[0], starts.FindAll("button")[1]);
        Assert.True(invite.HasAttribute("disabled"));
        Assert.Contains("30 分钟", Described(starts, invite), StringComparison.Ordinal);
        Assert.Equal(invite.GetAttribute("title"), Described(starts, invite));
        Assert.False(start.HasAttribute("disabled"));
        Assert.Equal("主动对话 · 计 1 次应答", start.TextContent);
        Assert.Equal("计 1 次应答，点击剩余 7", Described(starts, start));
    }

    private static string Described(IRenderedComponent<RowStarts> starts, IElement button) => Read(starts.Find("#" + button.GetAttribute("aria-describedby")).TextContent);

    private IRenderedComponent<RowStarts> Starts(StartOffer offer) => Page.Render<RowStarts>(part => part.Add(p => p.Offer, offer).Add(p => p.Cost, "计 1 次应答，点击剩余 7"));
}
