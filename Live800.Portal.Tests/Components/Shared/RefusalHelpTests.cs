using Bunit;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Help;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Components.Shared;

/// <summary>From every refusal to its answer (7).</summary>
public sealed class RefusalHelpTests : ComponentTest
{
    [Fact]
    public void Every_refusal_has_an_answer_or_is_left_without_one_on_purpose()
    {
        var all = Enum.GetValues<Refusal>().Where(refusal => refusal != Refusal.None).ToHashSet();
        Assert.Empty(RefusalHelp.Answers.Keys.Intersect(RefusalHelp.WithoutAnswer));
        Assert.Empty(all.Except(RefusalHelp.Answers.Keys).Except(RefusalHelp.WithoutAnswer));
        Assert.Null(RefusalHelp.Of(Refusal.None));
    }

    [Fact]
    public void Every_answer_a_refusal_leads_to_exists() =>
        Assert.Empty(RefusalHelp.Answers.Values.Except(HelpNumber.All));

    [Theory]
    [InlineData("zh-CN", "为什么？（在新标签页打开）")]
    [InlineData("en", "Why?(opens in a new tab)")]
    public void An_alert_leads_to_the_answer_in_a_tab_of_its_own(string language, string words)
    {
        Speak(language);
        var link = Page.Render<RefusalAlert>(part => part.Add(p => p.Refusal, Refusal.NoAnswersLeft)).Find("[role=alert] a");
        Assert.Equal(("/help#s4.13", "_blank", "noopener"), (link.GetAttribute("href"), link.GetAttribute("target"), link.GetAttribute("rel")));
        Assert.Equal(words, link.TextContent);
    }

    [Fact]
    public void Where_the_sentence_says_it_all_there_is_no_link() =>
        Assert.Empty(Page.Render<RefusalAlert>(part => part.Add(p => p.Refusal, Refusal.TextTooLong)).FindAll("a"));
}
