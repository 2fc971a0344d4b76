using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Live800.Portal.Tests.Realtime;

/// <summary>Who is in and who types: both lapse by the clock alone.</summary>
public class PresenceTests
{
    private static readonly CompanyId Company = new(1);
    private static readonly CompanyId Other = new(2);
    private static readonly AgentId Agent = new(10);
    private static readonly ConversationId Conversation = new(100);
    private static readonly VisitorId Visitor = new(1000);
    private static readonly DateTimeOffset Noon = DataRoom.Noon;

    private readonly PortalEvents _events = new(NullLogger<PortalEvents>.Instance);
    private readonly List<PortalEvent> _heard = [];

    public PresenceTests() => _ = _events.Subscribe(Company, _heard.Add);

    [Fact]
    public void An_agent_is_in_as_long_as_his_seat_lives()
    {
        var presence = new AgentPresence(_events);
        presence.IsIn(Company, Agent, Noon + TimeSpan.FromSeconds(60), isSurplus: false, Noon);
        Assert.True(presence.IsAnyoneReachable(Company, Noon + TimeSpan.FromSeconds(59)));
        Assert.False(presence.IsAnyoneReachable(Company, Noon + TimeSpan.FromSeconds(60)));
        Assert.Null(presence.StatusOf(Company, Agent, Noon + TimeSpan.FromSeconds(60)));
        Assert.False(presence.IsAnyoneReachable(Other, Noon));
        Assert.Empty(presence.In(Other, Noon));
    }

    [Theory]
    [InlineData(AgentStatus.Online, true)]
    [InlineData(AgentStatus.Busy, true)]
    [InlineData(AgentStatus.Away, false)]
    [InlineData(AgentStatus.Invisible, false)]
    public void Only_online_and_busy_make_the_icon_online(AgentStatus status, bool expected)
    {
        var presence = new AgentPresence(_events);
        presence.IsIn(Company, Agent, Noon + TimeSpan.FromSeconds(60), isSurplus: false, Noon);
        presence.ChangeStatus(Company, Agent, status);
        Assert.Equal(expected, presence.IsAnyoneReachable(Company, Noon));
        // A renewal keeps the status.
        presence.IsIn(Company, Agent, Noon + TimeSpan.FromSeconds(90), isSurplus: false, Noon);
        Assert.Equal(status, presence.StatusOf(Company, Agent, Noon));
    }

    [Fact]
    public void A_surplus_seat_does_not_make_the_icon_online()
    {
        var presence = new AgentPresence(_events);
        presence.IsIn(Company, Agent, Noon + TimeSpan.FromSeconds(60), isSurplus: true, Noon);
        Assert.False(presence.IsAnyoneReachable(Company, Noon));
        presence.IsIn(Company, Agent, Noon + TimeSpan.FromSeconds(60), isSurplus: false, Noon);
        Assert.True(presence.IsAnyoneReachable(Company, Noon));
    }

    [Fact]
    public void Coming_changing_and_lapsing_are_told_once_and_renewing_is_not()
    {
        var presence = new AgentPresence(_events);
        presence.IsIn(Company, Agent, Noon + TimeSpan.FromSeconds(60), isSurplus: false, Noon);
        presence.IsIn(Company, Agent, Noon + TimeSpan.FromSeconds(80), isSurplus: false, Noon + TimeSpan.FromSeconds(20));
        presence.ChangeStatus(Company, Agent, AgentStatus.Away);
        presence.ChangeStatus(Company, Agent, AgentStatus.Away);
        Assert.Equal([PortalTopic.Agents, PortalTopic.Agents], _heard.Select(told => told.Topic));
        presence.Sweep(Noon + TimeSpan.FromSeconds(79));
        Assert.Equal(2, _heard.Count);
        presence.Sweep(Noon + TimeSpan.FromSeconds(80));
        presence.Sweep(Noon + TimeSpan.FromSeconds(81));
        Assert.Equal([PortalTopic.Seats, PortalTopic.Agents], _heard.Skip(2).Select(told => told.Topic));
    }

    [Fact]
    public void Typing_lapses_after_six_seconds_and_is_told_again_while_it_lasts()
    {
        var board = new TypingBoard(_events);
        board.AgentTypes(Company, Conversation, Visitor, Noon);
        board.AgentTypes(Company, Conversation, Visitor, Noon + TimeSpan.FromSeconds(1));
        Assert.Single(_heard);
        board.AgentTypes(Company, Conversation, Visitor, Noon + TimeSpan.FromSeconds(3));
        Assert.Equal(2, _heard.Count);
        Assert.True(board.IsAgentTyping(Company, Conversation, Noon + TimeSpan.FromSeconds(8.9)));
        Assert.False(board.IsAgentTyping(Company, Conversation, Noon + TimeSpan.FromSeconds(9)));
        Assert.False(board.IsAgentTyping(Other, Conversation, Noon + TimeSpan.FromSeconds(4)));
        board.Sweep(Noon + TimeSpan.FromSeconds(9));
        Assert.Equal(3, _heard.Count);
        Assert.All(_heard, told => Assert.Equal((PortalTopic.Typing, Conversation.Value, Visitor), (told.Topic, told.Id, told.Visitor)));
    }

    [Fact]
    public void A_preview_is_cut_at_200_signs_and_gone_when_the_message_is_sent()
    {
        var board = new TypingBoard(_events);
        board.VisitorTypes(Company, Conversation, Visitor, new string('a', 300), Noon);
        Assert.Equal(200, board.VisitorPreview(Company, Conversation, Noon)!.Length);
        Assert.Null(board.VisitorPreview(Other, Conversation, Noon));
        board.VisitorStopped(Company, Conversation);
        Assert.Null(board.VisitorPreview(Company, Conversation, Noon));
    }

    [Fact]
    public void One_company_does_not_hear_of_another_and_one_bad_listener_does_not_silence_the_rest()
    {
        var heard = 0;
        using var bad = _events.Subscribe(Company, _ => throw new InvalidOperationException("a bad listener"));
        var gone = _events.Subscribe(Company, _ => heard++);
        gone.Dispose();
        using var good = _events.Subscribe(Company, _ => heard++);
        using var foreign = _events.Subscribe(Other, _ => heard += 100);
        _events.Publish(new PortalEvent(Company, PortalTopic.Queue, 1));
        Assert.Equal(1, heard);
    }
}
