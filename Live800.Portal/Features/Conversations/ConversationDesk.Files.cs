using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Conversations;

// Files and pictures (4). Their bytes are stored before they come here: Features/Files.
public sealed partial class ConversationDesk
{
    /// <summary>
    /// The visitor sends a file, as he would write (2.1). A repeat of the same client id gets the first answer and stores nothing. Refusals: TooManyFiles (ten today), SameIdOtherText, ConversationUnknown,
    /// NobodyCanAnswer, VisitorGone, those of <see cref="StartGate"/>.
    /// </summary>
    public async Task<Outcome<Said>> VisitorSendsAsync(CompanyId companyId, VisitorId visitor, ConversationId? conversation, Guid clientId, AttachedFile file)
    {
        if (visits.Find(companyId, visitor, time.GetUtcNow())?.Invitation is not null) await ComeByWritingAsync(companyId, visitor);
        return await intake.TakeAsync(new Incoming(companyId, Speaker.Visitor, visitor, conversation, null, clientId, file.Name, file));
    }

    /// <summary>The agent sends a file. Refusals: SameIdOtherText, ConversationUnknown, ConversationNotOpen, ConversationOfAnother, SeatLost, SeatMoved.</summary>
    public Task<Outcome<Said>> AgentSendsAsync(CompanyId companyId, AgentId agent, SessionId session, ConversationId conversation, Guid clientId, AttachedFile file) =>
        intake.TakeAsync(new Incoming(companyId, Speaker.Agent(agent), null, conversation, session, clientId, file.Name, file));
}
