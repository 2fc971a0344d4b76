using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Hours;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>What a batch came to: one answer per message, in order, and the conversations to tell about.</summary>
internal sealed record StoredBatch(IReadOnlyList<Outcome<Said>> Answers, IReadOnlyCollection<Conversation> Changed, IReadOnlyCollection<Conversation> Moved)
{
    /// <summary>After the commit. A conversation that began or was opened again also changes the visitor's row.</summary>
    public void Tell(PortalEvents events, LiveVisits visits, DateTimeOffset now)
    {
        foreach (var conversation in Changed) events.Publish(new PortalEvent(conversation.CompanyId, PortalTopic.Conversation, conversation.Id.Value, conversation.VisitorId));
        foreach (var conversation in Moved) visits.TellOf(conversation, now);
    }
}

/// <summary>
/// Stores a batch of messages inside one work: loads what they touch, lets the domain decide each one on its own, stores the lines. Nothing a refused message did
/// is stored, because a refusal changes nothing.
/// </summary>
internal sealed class IntakeBatch(
    PortalDbContext context, RawWrite raw, AgentPresence presence, LiveVisits visits, Answering answering, StartGate gate, MissedBook missed, Moments moments, DateTimeOffset now)
{
    private readonly Dictionary<ConversationId, Conversation> _loaded = [];
    private readonly Dictionary<ConversationId, ChatStanding> _standings = [];
    private readonly Dictionary<(CompanyId, VisitorId), Conversation?> _latest = [];
    private readonly Dictionary<(ConversationId, Guid), StoredLine> _said = [];
    private readonly Dictionary<CompanyId, SeatPlan?> _seats = [];
    private readonly Dictionary<(CompanyId, GroupId?), bool> _canAnswer = [];
    private readonly Dictionary<(CompanyId, VisitorId), int> _files = [];
    private readonly List<ChatMessage> _lines = [];
    private readonly HashSet<Conversation> _changed = [];
    private readonly HashSet<Conversation> _moved = [];

    public async Task<StoredBatch> StoreAsync(IReadOnlyList<Incoming> batch, CancellationToken cancellation)
    {
        // What is loaded is stored by ChatRows; the context keeps only what is new.
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await LoadAsync(batch, cancellation);
        var answers = new Outcome<Said>[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            answers[i] = batch[i].Visitor is { } visitor
                ? await VisitorSaysAsync(batch[i], visitor, cancellation)
                : await AgentSaysAsync(batch[i], cancellation);
        }

        // Conversations first: their lines point at them. New ones are the context's, the others go the fast way.
        _ = await context.SaveChangesAsync(cancellation);
        foreach (var conversation in _changed)
        {
            if (_standings.TryGetValue(conversation.Id, out var before)) ChatRows.Update(raw, conversation, before);
        }

        foreach (var line in _lines) ChatRows.Insert(raw, line);
        return new StoredBatch(answers, _changed, _moved);
    }

    private async Task LoadAsync(IReadOnlyList<Incoming> batch, CancellationToken cancellation)
    {
        var ids = batch.Where(message => message.Conversation is not null).Select(message => message.Conversation!.Value).Distinct().ToArray();
        if (ids.Length == 0) return;
        var found = context.Conversations.Where(conversation => EF.Parameter(ids).Contains(conversation.Id)).AsAsyncEnumerable();
        await foreach (var conversation in found.WithCancellation(cancellation)) Remember(conversation);
    }

    private void Remember(Conversation conversation)
    {
        _loaded.Add(conversation.Id, conversation);
        _standings.Add(conversation.Id, ChatStanding.Of(conversation));
    }

    private async Task<Outcome<Said>> AgentSaysAsync(Incoming message, CancellationToken cancellation)
    {
        if (message.Conversation is not { } id || !_loaded.TryGetValue(id, out var conversation) || conversation.CompanyId != message.Company)
            return Refusal.ConversationUnknown;
        if (Repeated(message, conversation) is { } repeat) return repeat;
        var agent = message.By.AgentId!.Value;
        var seated = Seating.Of(await SeatsAsync(message.Company, cancellation), agent, message.Session, now, moments);
        if (seated.IsRefused) return seated.Refusal;
        // Whose it is not may be in its conference (4).
        return Say(message, conversation, conversation.AgentId == agent ? null : await context.MemberAsync(message.Company, id, agent, cancellation));
    }

    private async Task<Outcome<Said>> VisitorSaysAsync(Incoming message, VisitorId visitor, CancellationToken cancellation)
    {
        // Looked at first, so that nothing is begun or opened again for a text that is then refused.
        var clean = MessageText.Clean(message.Text);
        if (clean.IsRefused) return clean.Refusal;
        var hasEnoughFiles = message.File is not null && await HasEnoughFilesAsync(message.Company, visitor, cancellation);

        Conversation? named = null;
        if (message.Conversation is { } id)
        {
            if (!_loaded.TryGetValue(id, out named) || named.CompanyId != message.Company || named.VisitorId != visitor) return Refusal.ConversationUnknown;
            if (Repeated(message, named) is { } repeat) return repeat;
            if (named.IsRunning && !hasEnoughFiles) return await SayFirstAsync(message, named, cancellation);
        }

        var latest = await LatestAsync(message.Company, visitor, cancellation);
        if (latest is not null)
        {
            if (latest != named && Repeated(message, latest) is { } repeat) return repeat;
            if (latest.IsRunning && !hasEnoughFiles) return await SayFirstAsync(message, latest, cancellation);
        }

        if (hasEnoughFiles) return Refusal.TooManyFiles;

        if (visits.Find(message.Company, visitor, now) is not { } visit) return Refusal.VisitorGone;
        if (latest is not null && latest.VisitId == visit.Id && latest.Reopen(IsIn(latest), now, moments) is { IsRefused: false } reopened)
        {
            Add(latest, reopened.Value);
            _ = _moved.Add(latest);
            return Say(message, latest);
        }

        if (!await CanAnswerAsync(message.Company, message.Group, cancellation)) return await MissedAsync(message, visitor, Refusal.NobodyCanAnswer, cancellation);
        if (await gate.CheckAsync(context, message.Company, visitor, cancellation) is { IsRefused: true } closed) return await MissedAsync(message, visitor, closed.Refusal, cancellation);
        var (conversation, lines) = await context.RequestAsync(message.Company, visitor, visit.Id, message.Group, await answering.HoursAsync(message.Company, cancellation), presence, now, cancellation);
        _ = context.Conversations.Add(conversation);
        _loaded.Add(conversation.Id, conversation);
        _latest[(message.Company, visitor)] = conversation;
        foreach (var line in lines) Add(conversation, line);
        _ = _moved.Add(conversation);
        return Say(message, conversation);
    }

    private async Task<Refusal> MissedAsync(Incoming message, VisitorId visitor, Refusal refusal, CancellationToken cancellation)
    {
        _ = await missed.NoteRefusedAsync(context, message.Company, visitor, message.Group, refusal, now, cancellation);
        return refusal;
    }

    // Before his first words a waiting visitor may have chosen a group (4); afterwards he stays in the line in which he is.
    private async Task<Outcome<Said>> SayFirstAsync(Incoming message, Conversation conversation, CancellationToken cancellation)
    {
        if (message.Group is { } wanted && wanted != conversation.GroupId && conversation.State == ConversationState.Waiting
            && !await HasTypedAsync(conversation.Id, cancellation)
            && await context.GroupAsync(message.Company, wanted, cancellation) is { } group && conversation.WaitIn(group.Id))
        {
            _ = _changed.Add(conversation);
            if (!RequestLine.Of(group).IsAnyoneIn(await answering.HoursAsync(message.Company, cancellation), presence, message.Company, now)) Add(conversation, conversation.WaitForCompany(now).Value);
        }

        return Say(message, conversation);
    }

    private async Task<bool> HasTypedAsync(ConversationId id, CancellationToken cancellation) =>
        _lines.Exists(line => line.ConversationId == id && line is { Author: ChatAuthor.Visitor, Kind: ChatMessageKind.Text })
        || await context.ChatMessages.AnyAsync(line => line.ConversationId == id && line.Author == ChatAuthor.Visitor && line.Kind == ChatMessageKind.Text, cancellation);

    private Outcome<Said> Say(Incoming message, Conversation conversation, ConferenceMember? member = null)
    {
        var said = message.File is { } file ? Attach(message, conversation, file, member) : conversation.Say(message.By, message.ClientId, message.Text, now, member);
        if (said.IsRefused) return said.Refusal;
        var line = said.Value;
        Add(conversation, line);
        _said.Add((conversation.Id, message.ClientId), new StoredLine(line.Sequence, message.By, line.Text, line.At));
        return new Said(conversation.Id, line.Sequence, line.At);
    }

    private Outcome<ChatMessage> Attach(Incoming message, Conversation conversation, AttachedFile file, ConferenceMember? member)
    {
        var attached = conversation.Attach(message.By, message.ClientId, file, now, member);
        if (attached.IsRefused) return attached.Refusal;
        _ = context.Attachments.Add(attached.Value.Attachment);
        if (message.Visitor is { } visitor) _files[(message.Company, visitor)] = _files.GetValueOrDefault((message.Company, visitor)) + 1;
        return attached.Value.Line;
    }

    // Those of this batch are not stored yet.
    private async Task<bool> HasEnoughFilesAsync(CompanyId company, VisitorId visitor, CancellationToken cancellation) =>
        await context.FilesOfTodayAsync(company, visitor, now, cancellation) + _files.GetValueOrDefault((company, visitor)) >= Attachment.PerVisitorAndDay;

    /// <summary>D2: the same id again gets the first answer, with other words it is refused.</summary>
    private Outcome<Said>? Repeated(Incoming message, Conversation conversation)
    {
        if (!_said.TryGetValue((conversation.Id, message.ClientId), out var line))
        {
            if (ChatRows.Find(raw, conversation.Id, message.ClientId) is not { } stored) return null;
            line = stored;
        }

        var sameWords = line.By.Author == message.By.Author && MessageText.Clean(message.Text) is { IsRefused: false } clean && clean.Value == line.Text;
        return sameWords ? new Said(conversation.Id, line.Sequence, line.At) : Refusal.SameIdOtherText;
    }

    private void Add(Conversation conversation, ChatMessage line)
    {
        _lines.Add(line);
        _ = _changed.Add(conversation);
    }

    private bool IsIn(Conversation conversation) =>
        conversation.AgentId is { } agent && presence.In(conversation.CompanyId, now).Any(present => present.Agent == agent && !present.IsSurplus);

    private async Task<Conversation?> LatestAsync(CompanyId company, VisitorId visitor, CancellationToken cancellation)
    {
        if (_latest.TryGetValue((company, visitor), out var latest)) return latest;
        var stored = await context.LatestOfVisitorAsync(company, visitor, cancellation);
        if (stored is not null && !_loaded.TryGetValue(stored.Id, out latest))
        {
            // What this batch has already done to it counts, not what is stored.
            Remember(stored);
            latest = stored;
        }

        _latest.Add((company, visitor), latest);
        return latest;
    }

    private async Task<SeatPlan?> SeatsAsync(CompanyId company, CancellationToken cancellation)
    {
        if (_seats.TryGetValue(company, out var plan)) return plan;
        plan = await context.SeatPlans.SingleOrDefaultAsync(plan => plan.CompanyId == company, cancellation);
        _seats.Add(company, plan);
        return plan;
    }

    private async Task<bool> CanAnswerAsync(CompanyId company, GroupId? group, CancellationToken cancellation)
    {
        if (_canAnswer.TryGetValue((company, group), out var can)) return can;
        can = await answering.CanAnswerAsync(context, company, group, now, cancellation);
        _canAnswer.Add((company, group), can);
        return can;
    }
}
