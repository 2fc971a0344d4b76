using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Conversations;

/// <summary>Conversations: S1.2, S2.16, rules 2, 2.1 and 2.2.</summary>
public class ConversationTests
{
    private static readonly Moments Moments = Moments.Default;
    private static readonly AgentId Linxiao = new(1);
    private static readonly AgentId Chenzy = new(2);
    private DateTimeOffset _now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_accepts_one_wins_and_the_other_learns_who()
    {
        var conversation = Request();
        Assert.False(Accept(conversation, Linxiao).IsRefused);
        Assert.Equal(Refusal.AlreadyAccepted, Accept(conversation, Chenzy).Refusal);
        Assert.Equal(Linxiao, conversation.AgentId);
    }

    [Theory]
    [InlineData(45, Refusal.None)]
    [InlineData(45.001, Refusal.VisitorGone)]
    [InlineData(3600, Refusal.VisitorGone)]
    public void A_visitor_silent_for_more_than_45_seconds_cannot_be_accepted(double silent, Refusal refusal)
    {
        var conversation = Request();
        Assert.Equal(refusal, conversation.Accept(Linxiao, _now - TimeSpan.FromSeconds(silent), _now, Moments).Refusal);
        Assert.Equal(refusal == Refusal.None, conversation.AnswerTaken);
    }

    [Fact]
    public void A_withdrawn_request_cannot_be_accepted()
    {
        var conversation = Request();
        Assert.Equal(ChatMessageKind.Withdrawn, conversation.Withdraw(_now).Value.Kind);
        Assert.Equal(Refusal.ConversationNotWaiting, Accept(conversation, Linxiao).Refusal);
        Assert.Equal(Refusal.ConversationNotWaiting, conversation.Withdraw(_now).Refusal);
        Assert.False(conversation.AnswerTaken);
    }

    [Fact]
    public void The_lines_are_numbered_without_gaps_the_portals_own_too()
    {
        var (conversation, requested) = Conversation.Request(new(1), new(1), new(1), new(1), _now);
        ChatMessage[] lines =
        [
            requested,
            Say(conversation, Speaker.Visitor, "在吗").Value,
            Accept(conversation, Linxiao).Value,
            Say(conversation, Speaker.Agent(Linxiao), "在的").Value,
            conversation.ReturnToGroup(_now).Value,
            Accept(conversation, Chenzy).Value,
            conversation.End(Speaker.Agent(Chenzy), _now).Value,
            conversation.Reopen(true, _now, Moments).Value,
            conversation.EndWithVisit(_now)!,
        ];
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], lines.Select(l => l.Sequence));
        Assert.Equal(9, conversation.LastSequence);
        Assert.Equal(
            [
                ChatMessageKind.Requested, ChatMessageKind.Text, ChatMessageKind.Accepted, ChatMessageKind.Text, ChatMessageKind.ReturnedToGroup,
                ChatMessageKind.Accepted, ChatMessageKind.Ended, ChatMessageKind.Reopened, ChatMessageKind.Ended,
            ],
            lines.Select(l => l.Kind));
    }

    [Fact]
    public void A_waiting_visitor_may_write_and_an_agent_may_not()
    {
        var conversation = Request();
        Assert.False(Say(conversation, Speaker.Visitor, "在吗").IsRefused);
        Assert.Equal(Refusal.ConversationNotOpen, Say(conversation, Speaker.Agent(Linxiao), "在").Refusal);
    }

    [Fact]
    public void Another_agent_can_neither_write_nor_end()
    {
        var conversation = Open();
        Assert.Equal(Refusal.ConversationOfAnother, Say(conversation, Speaker.Agent(Chenzy), "在").Refusal);
        Assert.Equal(Refusal.ConversationOfAnother, conversation.End(Speaker.Agent(Chenzy), _now).Refusal);
    }

    [Fact]
    public void A_refused_text_uses_no_number()
    {
        var conversation = Open();
        var last = conversation.LastSequence;
        Assert.Equal(Refusal.TextEmpty, Say(conversation, Speaker.Visitor, " \u200B ").Refusal);
        Assert.Equal(Refusal.TextTooLong, Say(conversation, Speaker.Visitor, new string('长', 4001)).Refusal);
        Assert.Equal(last, conversation.LastSequence);
    }

    [Fact]
    public void The_portal_does_not_write_text() => Assert.Throws<ArgumentException>(() => Say(Open(), Speaker.System, "在"));

    [Fact]
    public void Ended_by_agent_or_visitor_once()
    {
        var byAgent = Open();
        Assert.Equal(Linxiao, byAgent.End(Speaker.Agent(Linxiao), _now).Value.AgentId);
        Assert.Equal(EndedBy.Agent, byAgent.EndedBy);
        Assert.Equal(Refusal.ConversationNotOpen, byAgent.End(Speaker.Visitor, _now).Refusal);
        Assert.Equal(Refusal.ConversationNotOpen, Say(byAgent, Speaker.Visitor, "还在吗").Refusal);
        var byVisitor = Open();
        _ = byVisitor.End(Speaker.Visitor, _now).Value;
        Assert.Equal(EndedBy.Visitor, byVisitor.EndedBy);
    }

    [Fact]
    public void A_waiting_request_that_its_visitor_ends_is_withdrawn()
    {
        var conversation = Request();
        Assert.False(conversation.End(Speaker.Visitor, _now).IsRefused);
        Assert.Equal(ConversationState.Withdrawn, conversation.State);
    }

    [Fact]
    public void Within_ten_minutes_a_message_opens_it_again_at_no_cost()
    {
        var conversation = Ended();
        _now += TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1);
        Assert.True(conversation.CanReopen(true, _now, Moments));
        Assert.False(conversation.Reopen(true, _now, Moments).IsRefused);
        Assert.Equal((ConversationState.Open, Linxiao, true), (conversation.State, conversation.AgentId, conversation.AnswerTaken));
        Assert.Null(conversation.EndedAt);
        Assert.Equal(Refusal.AlreadyAccepted, conversation.Reopen(true, _now, Moments).Refusal);
    }

    [Fact]
    public void After_ten_minutes_without_its_agent_or_after_the_visit_it_stays_ended()
    {
        Assert.Equal(Refusal.ConversationOver, Ended().Reopen(agentIsIn: false, _now, Moments).Refusal);
        var late = Ended();
        Assert.Equal(Refusal.ConversationOver, late.Reopen(true, _now + TimeSpan.FromMinutes(10), Moments).Refusal);
        var left = Ended();
        _ = left.EndWithVisit(_now);
        Assert.Equal(Refusal.ConversationOver, left.Reopen(true, _now, Moments).Refusal);
        var withdrawn = Request();
        _ = withdrawn.Withdraw(_now);
        Assert.Equal(Refusal.ConversationOver, withdrawn.Reopen(true, _now, Moments).Refusal);
    }

    [Fact]
    public void It_is_history_when_the_visit_ends_and_not_when_the_chat_does()
    {
        var conversation = Ended();
        Assert.False(HistoryVisibility.IsHistory(conversation));
        Assert.True(HistoryVisibility.IsOfRunningVisit(conversation));
        Assert.Null(conversation.EndWithVisit(_now));
        Assert.True(HistoryVisibility.IsHistory(conversation));
        Assert.Null(conversation.EndWithVisit(_now + TimeSpan.FromHours(1)));
        Assert.Equal(_now, conversation.VisitEndedAt);
    }

    [Fact]
    public void What_still_runs_ends_with_the_visit()
    {
        var open = Open();
        Assert.Equal(ChatMessageKind.Ended, open.EndWithVisit(_now)!.Kind);
        Assert.Equal(EndedBy.Visit, open.EndedBy);
        var waiting = Request();
        Assert.Equal(ChatMessageKind.Withdrawn, waiting.EndWithVisit(_now)!.Kind);
    }

    [Fact]
    public void A_proactive_chat_is_open_at_once_and_its_answer_taken()
    {
        var (conversation, line) = Conversation.Proactive(new(1), new(1), new(1), new(1), Linxiao, _now);
        Assert.Equal((ConversationState.Open, Linxiao, true, AnswerWay.Proactive), (conversation.State, conversation.AgentId, conversation.AnswerTaken, conversation.Way));
        Assert.Equal((ChatMessageKind.ProactiveStarted, ChatAuthor.System), (line.Kind, line.Author));
    }

    [Fact]
    public void An_accepted_invitation_binds_its_agent_and_waits_for_the_group_when_he_is_gone_still_one_answer()
    {
        var bound = Invite(Linxiao).Value.Accept(new(5), inviterIsIn: true, _now, Moments).Value.Conversation;
        Assert.Equal((ConversationState.Open, Linxiao, true), (bound.State, bound.AgentId, bound.AnswerTaken));
        var orphan = Invite(Linxiao).Value.Accept(new(6), inviterIsIn: false, _now, Moments).Value.Conversation;
        Assert.Equal((ConversationState.Waiting, null, true), (orphan.State, orphan.AgentId, orphan.AnswerTaken));
        Assert.False(Accept(orphan, Chenzy).IsRefused);
    }

    [Fact]
    public void An_invitation_is_answered_once()
    {
        var invitation = Invite(Linxiao).Value;
        _ = invitation.Accept(new(5), true, _now, Moments).Value;
        Assert.Equal(Refusal.InvitationOver, invitation.Accept(new(6), true, _now, Moments).Refusal);
        Assert.Equal(Refusal.InvitationOver, invitation.Refuse(_now, Moments).Refusal);
        Assert.Equal(new ConversationId(5), invitation.ConversationId);
    }

    [Fact]
    public void Who_is_gone_talking_waiting_invited_or_refused_lately_is_not_invited()
    {
        Assert.Equal(Refusal.VisitorGone, Invite(Linxiao, silent: 46).Refusal);
        Assert.Equal(Refusal.AlreadyTalking, Invite(Linxiao, running: Open()).Refusal);
        Assert.Equal(Refusal.VisitorIsWaiting, Invite(Linxiao, running: Request()).Refusal);
        var open = Invite(Linxiao).Value;
        Assert.Equal(Refusal.AlreadyInvited, Invite(Chenzy, last: open).Refusal);
        _ = open.Refuse(_now, Moments);
        _now += TimeSpan.FromMinutes(29);
        Assert.Equal(Refusal.RefusedLately, Invite(Chenzy, last: open).Refusal);
        Assert.False(StartRules.CanApproach(_now, null, open, _now, Moments).IsRefused);
        _now += TimeSpan.FromMinutes(1);
        Assert.False(Invite(Chenzy, last: open).IsRefused);
    }

    [Fact]
    public void Seen_never_goes_back_and_never_beyond_the_last_line()
    {
        var conversation = Open();
        Assert.True(conversation.SeenBy(ChatAuthor.Visitor, int.MaxValue));
        Assert.Equal(conversation.LastSequence, conversation.VisitorSeen);
        Assert.False(conversation.SeenBy(ChatAuthor.Visitor, 1));
        Assert.False(conversation.SeenBy(ChatAuthor.Visitor, -1));
        Assert.False(conversation.SeenBy(ChatAuthor.System, 2));
    }

    [Fact]
    public void A_repeat_says_the_same_as_before_or_it_is_something_else()
    {
        var message = Say(Open(), Speaker.Visitor, " 你好\r\n在吗 ").Value;
        Assert.True(message.Repeats(Speaker.Visitor, "你好\n在吗"));
        Assert.False(message.Repeats(Speaker.Visitor, "你好"));
        Assert.False(message.Repeats(Speaker.Agent(Linxiao), "你好\n在吗"));
        Assert.False(message.Repeats(Speaker.Visitor, ""));
    }

    [Fact]
    public void The_moments_have_the_defaults_of_the_table()
    {
        Assert.Equal(
            [45, 15, 60, 180, 15, 300, 60, 900, 120, 1800, 600],
            new[]
            {
                Moments.StreamDeadAfter, Moments.PageChangeGap, Moments.RequestWithdrawnAfter, Moments.FormOfferedAfter, Moments.NotDeliveredAfter,
                Moments.VisitEndsAfter, Moments.SeatGrace, Moments.SurplusEndsAfter, Moments.InvitationExpiresAfter, Moments.InvitationRest, Moments.ReopenWithin,
            }.Select(m => (int)m.TotalSeconds));
    }

    private Conversation Request() => Conversation.Request(new(1), new(1), new(1), new(1), _now).Conversation;

    private Conversation Open()
    {
        var conversation = Request();
        _ = Accept(conversation, Linxiao).Value;
        return conversation;
    }

    private Conversation Ended()
    {
        var conversation = Open();
        _ = conversation.End(Speaker.Agent(Linxiao), _now).Value;
        return conversation;
    }

    private Outcome<ChatMessage> Accept(Conversation conversation, AgentId agent) => conversation.Accept(agent, _now, _now, Moments);

    private Outcome<ChatMessage> Say(Conversation conversation, Speaker by, string text) => conversation.Say(by, Guid.NewGuid(), text, _now);

    private Outcome<Invitation> Invite(AgentId? by, double silent = 0, Conversation? running = null, Invitation? last = null) =>
        Invitation.Send(new(1), new(1), new(1), new(1), by, _now - TimeSpan.FromSeconds(silent), running, last, _now, Moments);
}
