using Bunit;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Workspace;

public class StartPaneTests : ComponentTest
{
    private const string Cost = "主动对话发出即计 1 次";
    private static readonly StartOffer Both = new(Refusal.None, Refusal.None, null, null);

    [Fact]
    public void What_cannot_work_is_off_and_points_to_its_reason_in_words()
    {
        foreach (var refusal in new[] { Refusal.VisitorGone, Refusal.AlreadyTalking, Refusal.VisitorIsWaiting, Refusal.AlreadyInvited, Refusal.NoAnswersLeft, Refusal.SeatSurplus })
        {
            var pane = Page.Render<StartPane>(part => part.Add(p => p.Offer, Both.Under(refusal)).Add(p => p.Cost, Cost));
            var why = pane.Find("#start-why").TextContent;
            Assert.NotEmpty(why);
            Assert.NotEqual(refusal.ToString(), why);
            Assert.All(pane.FindAll(".acts button"), button => Assert.True(button.HasAttribute("disabled")));
            Assert.All(pane.FindAll(".acts button"), button => Assert.Contains("start-why", button.GetAttribute("aria-describedby")));
            Assert.Empty(pane.Find("#start-cost").TextContent);
        }
    }

    [Fact]
    public void After_a_refusal_only_inviting_is_off()
    {
        var pane = Page.Render<StartPane>(part => part.Add(p => p.Offer, Both with { Invite = Refusal.RefusedLately }).Add(p => p.Cost, Cost).Add(p => p.State, InvitationState.Refused).Add(p => p.Outcome, "14:20 访客谢绝了邀请"));
        Assert.Equal([true, false], pane.FindAll(".acts button").Select(button => button.HasAttribute("disabled")));
        Assert.Contains("谢绝", pane.Find("#start-why").TextContent);
        Assert.Equal("14:20 访客谢绝了邀请", pane.Find("[role=status]").TextContent);
    }

    [Fact]
    public void What_a_proactive_chat_costs_stands_on_the_button_and_beside_it_before_it_is_pressed()
    {
        var pressed = new List<string>();
        var pane = Page.Render<StartPane>(part => part.Add(p => p.Offer, Both).Add(p => p.Cost, Cost).Add(p => p.OnInvite, () => pressed.Add("invite")).Add(p => p.OnStart, () => pressed.Add("start")));
        Assert.Equal(["邀请对话", "主动对话 · 计 1 次应答"], pane.FindAll(".acts button").Select(button => button.TextContent));
        Assert.Equal(Cost, pane.Find("#start-cost").TextContent);
        foreach (var button in pane.FindAll(".acts button")) button.Click();
        Assert.Equal(["invite", "start"], pressed);
    }

    [Fact]
    public void While_a_command_is_on_its_way_both_are_off() =>
        Assert.All(Page.Render<StartPane>(part => part.Add(p => p.Offer, Both).Add(p => p.IsBusy, true)).FindAll(".acts button"), button => Assert.True(button.HasAttribute("disabled")));

    [Fact]
    public async Task The_way_of_an_open_invitation_is_told_step_by_step_and_what_did_not_arrive_can_be_sent_again()
    {
        var again = 0;
        var pane = Page.Render<StartPane>(part => part.Add(p => p.Offer, Both).Add(p => p.State, InvitationState.Open).Add(p => p.Delivery, DeliveryState.Delivered).Add(p => p.OnAgain, () => again++));
        Assert.Equal(["已发出", "已送达"], pane.FindAll(".way li.on").Select(step => step.TextContent));
        Assert.Equal("已送达", pane.Find("[aria-current=step]").TextContent);
        pane.Render(part => part.Add(p => p.Delivery, DeliveryState.NotDelivered));
        Assert.Contains("未送达", pane.Find(".way").TextContent);
        await pane.InvokeAsync(() => pane.Find(".way button").Click());
        Assert.Equal(1, again);
    }

    [Theory]
    [InlineData("zh-CN", "主动对话 · 计 1 次应答")]
    [InlineData("en", "Start chat · 1 answer")]
    public void It_speaks_both_languages(string language, string button)
    {
        Speak(language);
        Assert.Equal(button, Page.Render<StartPane>(part => part.Add(p => p.Offer, Both)).FindAll(".acts button")[1].TextContent);
    }
}
