using System.Threading.Channels;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Hours;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Conversations;

/// <summary>A stored message: where, under which number, when. A repeat of the same client id gets the first one's answer (D2).</summary>
public readonly record struct Said(ConversationId Conversation, int Sequence, DateTimeOffset At);

/// <summary>One message that somebody wants stored.</summary>
/// <param name="File">The line is a file, and the text its name.</param>
internal sealed record Incoming(
    CompanyId Company, Speaker By, VisitorId? Visitor, ConversationId? Conversation, SessionId? Session, Guid ClientId, string? Text, AttachedFile? File = null)
{
    /// <summary>The group a visitor asks for; counts with his first words only.</summary>
    public GroupId? Group { get; init; }

    private readonly TaskCompletionSource<Outcome<Said>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Outcome<Said>> Answer => _answer.Task;

    public void Complete(Outcome<Said> answer) => _ = _answer.TrySetResult(answer);

    public void Fail(Exception failure) => _ = _answer.TrySetException(failure);
}

/// <summary>
/// Takes chat messages, many to a commit, each checked alone (D1 to D3): what waits together is stored by one work of the write queue, acknowledged after its
/// commit, then told. When such a work fails as a whole, each of its messages is tried alone, so that one never fails its neighbours.
/// </summary>
public sealed class MessageIntake : IAsyncDisposable
{
    private const int Capacity = 8192;
    private const int MaxBatch = 512;

    private readonly Channel<Incoming> _waiting = Channel.CreateBounded<Incoming>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly WriteQueue<PortalDbContext> _writes;
    private readonly AgentPresence _presence;
    private readonly LiveVisits _visits;
    private readonly PortalEvents _events;
    private readonly TimeProvider _time;
    private readonly Moments _moments;
    private readonly Answering _answering;
    private readonly StartGate _gate;
    private readonly MissedBook _missed;
    private readonly MessageMeter _meter;
    private readonly ILogger<MessageIntake> _log;
    private readonly Task _loop;

    public MessageIntake(
        WriteQueue<PortalDbContext> writes,
        AgentPresence presence,
        LiveVisits visits,
        PortalEvents events,
        TimeProvider time,
        Moments moments,
        Answering answering,
        StartGate gate,
        MissedBook missed,
        MessageMeter meter,
        ILogger<MessageIntake> log)
    {
        _writes = writes;
        _presence = presence;
        _visits = visits;
        _events = events;
        _time = time;
        _moments = moments;
        _answering = answering;
        _gate = gate;
        _missed = missed;
        _meter = meter;
        _log = log;
        _loop = Task.Run(LoopAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (_waiting.Writer.TryComplete()) await _loop;
    }

    internal async Task<Outcome<Said>> TakeAsync(Incoming message)
    {
        using var span = Instruments.Source.StartActivity("message");
        if (!_waiting.Writer.TryWrite(message)) await _waiting.Writer.WriteAsync(message);
        return await message.Answer;
    }

    private async Task LoopAsync()
    {
        var reader = _waiting.Reader;
        while (await reader.WaitToReadAsync())
        {
            var batch = new List<Incoming>();
            while (batch.Count < MaxBatch && reader.TryRead(out var message)) batch.Add(message);
            await StoreAsync(batch);
        }
    }

    private async Task StoreAsync(List<Incoming> batch)
    {
        try
        {
            var stored = await _writes.RunAsync((context, raw, token) =>
                new IntakeBatch(context, raw, _presence, _visits, _answering, _gate, _missed, _moments, _time.GetUtcNow()).StoreAsync(batch, token));
            stored.Tell(_events, _visits, _time.GetUtcNow());
            for (var i = 0; i < batch.Count; i++)
            {
                if (batch[i].Visitor is { } visitor && MissedBook.IsMissed(stored.Answers[i].Refusal)) _events.Publish(new PortalEvent(batch[i].Company, PortalTopic.Missed, visitor.Value));
                if (!stored.Answers[i].IsRefused) _meter.Stored(byVisitor: batch[i].Visitor is not null);
                batch[i].Complete(stored.Answers[i]);
            }
        }
        catch (Exception failure) when (batch.Count > 1)
        {
            _log.LogWarning(failure, "{Count} messages could not be stored together; each is tried alone", batch.Count);
            await Task.WhenAll(batch.Select(message => StoreAsync([message])));
        }
        catch (Exception failure)
        {
            _log.LogError(failure, "A message could not be stored");
            foreach (var message in batch) message.Fail(failure);
        }
    }
}
