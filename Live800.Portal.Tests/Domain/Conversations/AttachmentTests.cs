using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Conversations;

/// <summary>A file is a line like any other (rule 4).</summary>
public sealed class AttachmentTests
{
    private static readonly AgentId LinXiao = new(7);
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly AttachedFile File = new(new AttachmentId(Guid.Parse("0123456789abcdef0123456789abcdef")), "沙发.png", 5, 3, 2);

    private readonly Conversation _conversation = Conversation.Request(new ConversationId(1), new CompanyId(2), new VisitorId(3), new VisitId(4), Now).Conversation;

    [Fact]
    public void A_waiting_visitor_sends_a_file_and_no_agent_does()
    {
        Assert.Equal(Refusal.ConversationNotOpen, Send(Speaker.Agent(LinXiao)).Refusal);
        Assert.False(Send(Speaker.Visitor).IsRefused);
    }

    [Fact]
    public void Only_its_own_agent_sends_and_after_its_end_nobody()
    {
        _ = _conversation.Accept(LinXiao, Now, Now, Moments.Default);
        Assert.Equal(Refusal.ConversationOfAnother, Send(Speaker.Agent(new AgentId(8))).Refusal);
        Assert.False(Send(Speaker.Agent(LinXiao)).IsRefused);
        _ = _conversation.End(Speaker.Visitor, Now);
        var last = _conversation.LastSequence;
        Assert.Equal(Refusal.ConversationNotOpen, Send(Speaker.Agent(LinXiao)).Refusal);
        Assert.Equal(Refusal.ConversationNotOpen, Send(Speaker.Visitor).Refusal);
        Assert.Equal(last, _conversation.LastSequence);
    }

    [Fact]
    public void The_line_has_the_next_number_and_the_name_and_the_file_knows_whose_it_is()
    {
        _ = _conversation.Accept(LinXiao, Now, Now, Moments.Default);
        var id = Guid.NewGuid();
        var (file, line) = _conversation.Attach(Speaker.Agent(LinXiao), id, File, Now).Value;
        Assert.Equal((3, ChatMessageKind.File, "沙发.png", id, ChatAuthor.Agent), (line.Sequence, line.Kind, line.Text, line.ClientId, line.Author));
        Assert.Equal((line.Sequence, new CompanyId(2), new ConversationId(1), new VisitorId(3), (AgentId?)LinXiao), (file.Sequence, file.CompanyId, file.ConversationId, file.VisitorId, file.AgentId));
        Assert.Equal(("image/png", 5L, 3, 2), (file.Type.ContentType, file.Size, file.Width, file.Height));
        Assert.Equal("0123456789abcdef0123456789abcdef", file.Id.ToString());
    }

    [Fact]
    public void The_portal_itself_sends_no_file() => Assert.Throws<ArgumentException>(() => Send(Speaker.System));

    private Outcome<AttachmentStart> Send(Speaker by) => _conversation.Attach(by, Guid.NewGuid(), File, Now);
}
