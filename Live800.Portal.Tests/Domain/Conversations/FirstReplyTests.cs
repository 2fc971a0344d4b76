using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Conversations;

/// <summary>When a visitor was first answered (rule 6).</summary>
public class FirstReplyTests
{
    private static readonly AgentId Ann = new(1);
    private static readonly AgentId Bob = new(2);
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_refused_is_no_reply()
    {
        var talk = Taken();
        Assert.True(talk.Say(Speaker.Agent(Bob), Guid.NewGuid(), "not mine", At(5)).IsRefused);
        Assert.True(talk.Say(Speaker.Agent(Ann), Guid.NewGuid(), "  ", At(6)).IsRefused);
        Assert.True(talk.Push(Ann, Guid.NewGuid(), "javascript:1", null, At(7)).IsRefused);
        Assert.Equal((null, null, null), (talk.FirstReplyAt, talk.FirstReplyBy, talk.FirstReplyAfter));
    }

    [Fact]
    public void Lines_of_the_portal_are_no_reply()
    {
        var talk = Taken();
        _ = talk.AskRating(Ann, At(5));
        _ = talk.End(Speaker.Agent(Ann), At(6));
        Assert.Null(talk.FirstReplyAt);
        Assert.Null(talk.VisitorWroteAt);
    }

    [Fact]
    public void The_first_own_line_counts_from_the_acceptance_and_stays()
    {
        var talk = Taken();
        _ = talk.Say(Speaker.Visitor, Guid.NewGuid(), "hello", At(8));
        _ = talk.Say(Speaker.Agent(Ann), Guid.NewGuid(), "good day", At(20));
        _ = talk.Say(Speaker.Visitor, Guid.NewGuid(), "a question", At(30));
        _ = talk.Say(Speaker.Agent(Ann), Guid.NewGuid(), "an answer", At(40));
        Assert.Equal((At(20), Ann, TimeSpan.FromSeconds(17), At(8)), (talk.FirstReplyAt, talk.FirstReplyBy, talk.FirstReplyAfter, talk.VisitorWroteAt));
    }

    [Fact]
    public void A_greeting_before_the_visitors_words_is_a_reply_to_his_request_and_a_pushed_page_or_a_file_is_one_too()
    {
        var greeted = Taken();
        _ = greeted.Say(Speaker.Agent(Ann), Guid.NewGuid(), "good day", At(4));
        Assert.Equal(At(4), greeted.FirstReplyAt);
        var pushed = Taken();
        _ = pushed.Push(Ann, Guid.NewGuid(), "https://shop.example/", "Shop", At(5));
        Assert.Equal(At(5), pushed.FirstReplyAt);
        var filed = Taken();
        _ = filed.Attach(Speaker.Agent(Ann), Guid.NewGuid(), new AttachedFile(new AttachmentId(Guid.NewGuid()), "a.txt", 3, null, null), At(6));
        Assert.Equal(At(6), filed.FirstReplyAt);
    }

    [Fact]
    public void In_a_proactive_chat_only_what_follows_the_visitors_first_line_is_a_reply()
    {
        var talk = Conversation.Proactive(new ConversationId(1), new CompanyId(1), new VisitorId(1), new VisitId(1), Ann, Start).Conversation;
        _ = talk.Say(Speaker.Agent(Ann), Guid.NewGuid(), "may I help", At(1));
        _ = talk.Say(Speaker.Agent(Ann), Guid.NewGuid(), "are you there", At(60));
        Assert.Null(talk.FirstReplyAt);
        _ = talk.Say(Speaker.Visitor, Guid.NewGuid(), "yes", At(100));
        _ = talk.Say(Speaker.Agent(Ann), Guid.NewGuid(), "fine", At(107));
        Assert.Equal((At(107), TimeSpan.FromSeconds(7)), (talk.FirstReplyAt, talk.FirstReplyAfter));
        Assert.Equal(AnswerWay.Proactive, talk.Way);
    }

    private static DateTimeOffset At(int seconds) => Start.AddSeconds(seconds);

    // Asked at once, taken three seconds later.
    private static Conversation Taken()
    {
        var talk = Conversation.Request(new ConversationId(1), new CompanyId(1), new VisitorId(1), new VisitId(1), Start).Conversation;
        Assert.False(talk.Accept(Ann, At(3), At(3), Moments.Default).IsRefused);
        return talk;
    }
}
