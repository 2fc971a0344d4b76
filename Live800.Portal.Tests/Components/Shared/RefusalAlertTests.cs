using Bunit;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Components.Shared;

public class RefusalAlertTests : ComponentTest
{
    [Theory]
    [InlineData("zh-CN", "一条消息最多 4,000 字。请分成几条发送。")]
    [InlineData("en", "A message holds up to 4,000 characters. Please send it in parts.")]
    public void A_refusal_is_told_at_once_in_the_language_of_the_one_who_reads(string language, string words)
    {
        Speak(language);
        var alert = Page.Render<RefusalAlert>(part => part.Add(p => p.Refusal, Refusal.TextTooLong)).Find("[role=alert]");
        Assert.Equal(words, Read(alert.TextContent));
    }

    [Fact]
    public void What_was_typed_wrongly_looks_otherwise_than_a_limit_that_passes()
    {
        var typed = Page.Render<RefusalAlert>(part => part.Add(p => p.Refusal, Refusal.PasswordWeak)).Find("[role=alert]");
        var limit = Page.Render<RefusalAlert>(part => part.Add(p => p.Refusal, Refusal.SeatsFull)).Find("[role=alert]");
        Assert.True(typed.ClassList.Contains("err"));
        Assert.False(limit.ClassList.Contains("err"));
    }

    [Fact]
    public void Where_nothing_was_refused_nothing_is_shown() =>
        Assert.Empty(Page.Render<RefusalAlert>(part => part.Add(p => p.Refusal, Refusal.None)).Markup.Trim());

    [Fact]
    public void It_can_be_closed_only_where_somebody_listens()
    {
        var closed = 0;
        Page.Render<RefusalAlert>(part => part.Add(p => p.Refusal, Refusal.SeatsFull).Add(p => p.OnClose, () => { closed++; })).Find("button").Click();
        Assert.Equal(1, closed);
        Assert.Empty(Page.Render<RefusalAlert>(part => part.Add(p => p.Refusal, Refusal.SeatsFull)).FindAll("button"));
    }
}
