using System.Threading.Channels;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Visitors;

/// <summary>
/// Keeps beside every running visit what its conversation shows in the queue: hears that a conversation changed, reads it again, notes it. What changes together is
/// read together. That an agent took one is counted with the visit (6); a repeat counts nothing, and whatever was on its way when the server went is told again at the next start.
/// </summary>
public sealed class LiveTalks : IAsyncDisposable
{
    private const int AtOnce = 200;

    private readonly Channel<ConversationId> _changed = Channel.CreateUnbounded<ConversationId>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly LiveVisits _visits;
    private readonly TrailWriter _trail;
    private readonly TimeProvider _clock;
    private readonly ILogger<LiveTalks> _log;
    private readonly IDisposable _subscription;
    private readonly Task _loop;

    public LiveTalks(IDbContextFactory<PortalDbContext> contexts, LiveVisits visits, TrailWriter trail, PortalEvents events, TimeProvider clock, ILogger<LiveTalks> log)
    {
        _contexts = contexts;
        _visits = visits;
        _trail = trail;
        _clock = clock;
        _log = log;
        _subscription = events.SubscribeToAll(Heard);
        _loop = Task.Run(LoopAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        if (_changed.Writer.TryComplete())
            await _loop;
    }

    /// <summary>Reads the conversations of every running visit and the invitations without an outcome, at the start.</summary>
    internal async Task LoadAsync(CancellationToken cancellation)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        Note(await Read(context, conversation => conversation.VisitEndedAt == null).ToListAsync(cancellation));
        var now = _clock.GetUtcNow();
        foreach (var invitation in await context.Invitations.AsNoTracking().Where(invitation => invitation.ClosedAt == null).ToListAsync(cancellation))
            _visits.Note(invitation, now);
    }

    private void Heard(PortalEvent portalEvent)
    {
        if (portalEvent.Topic == PortalTopic.Conversation)
            _ = _changed.Writer.TryWrite(new ConversationId(portalEvent.Id));
    }

    private async Task LoopAsync()
    {
        var ids = new HashSet<ConversationId>();
        while (await _changed.Reader.WaitToReadAsync())
        {
            while (ids.Count < AtOnce && _changed.Reader.TryRead(out var id))
                _ = ids.Add(id);
            try
            {
                var wanted = ids.ToArray();
                await using var context = await _contexts.CreateDbContextAsync();
                Note(await Read(context, conversation => EF.Parameter(wanted).Contains(conversation.Id)).ToListAsync());
            }
            catch (Exception failure)
            {
                _log.LogError(failure, "The queue could not read {Count} conversations; it shows them as they were", ids.Count);
            }

            ids.Clear();
        }
    }

    private static IQueryable<ReadTalk> Read(PortalDbContext context, System.Linq.Expressions.Expression<Func<Conversation, bool>> which) =>
        context.Conversations.AsNoTracking().Where(which).Select(conversation => new ReadTalk(
            conversation.CompanyId,
            conversation.VisitorId,
            conversation.VisitId,
            conversation.Id,
            conversation.State,
            conversation.AgentId,
            conversation.RequestedAt,
            context.ChatMessages.Any(message =>
                message.ConversationId == conversation.Id && message.Sequence > conversation.AgentSeen && message.Author == ChatAuthor.Visitor),
            conversation.State == ConversationState.Open && conversation.Way == AnswerWay.Proactive
                && !context.ChatMessages.Any(message => message.ConversationId == conversation.Id && message.Author == ChatAuthor.Visitor),
            conversation.GroupId,
            conversation.AcceptedAt != null));

    private void Note(List<ReadTalk> read)
    {
        var now = _clock.GetUtcNow();
        foreach (var talk in read)
        {
            var visit = _visits.Find(talk.Company, talk.Visitor, now) is { } found && found.Id == talk.Visit ? found : null;
            if (talk.IsTaken && visit is not { IsTalkCounted: true } && _trail.TryAdd(new TrailTalk(talk.Visit)) && visit is not null)
                visit.IsTalkCounted = true;
            if (visit is not null)
                _visits.Note(visit, new LiveTalk(talk.Id, talk.State, talk.Agent, talk.RequestedAt, talk.HasUnread, talk.IsPending, talk.Group));
        }
    }

    private sealed record ReadTalk(
        CompanyId Company, VisitorId Visitor, VisitId Visit, ConversationId Id, ConversationState State, AgentId? Agent, DateTimeOffset RequestedAt, bool HasUnread,
        bool IsPending, GroupId? Group, bool IsTaken);
}
