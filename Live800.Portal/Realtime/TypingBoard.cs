using System.Collections.Concurrent;
using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>
/// Who is typing in which conversation. Typing is a time-to-live: it lapses by itself, nobody has to say that he stopped.
/// </summary>
public sealed class TypingBoard(PortalEvents events)
{
    /// <summary>Typing counts this long after the last sign of it.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(3);

    /// <summary>A longer preview is cut.</summary>
    public const int PreviewLimit = 200;

    private readonly ConcurrentDictionary<Key, Sign> _signs = new();

    /// <summary>The visitor types; <paramref name="preview"/> is what stands in his box, empty where the company does not show drafts.</summary>
    public void VisitorTypes(CompanyId company, ConversationId conversation, VisitorId visitor, string preview, DateTimeOffset now)
    {
        var key = new Key(company, conversation, BySide.Visitor);
        _signs[key] = new Sign(now + TimeToLive, preview.Length <= PreviewLimit ? preview : preview[..PreviewLimit], visitor, now);
        events.Publish(new PortalEvent(company, PortalTopic.Typing, conversation.Value));
    }

    /// <summary>The agent types; while it lasts it is told again every few seconds, because pages let it lapse by themselves.</summary>
    public void AgentTypes(CompanyId company, ConversationId conversation, VisitorId visitor, DateTimeOffset now)
    {
        var key = new Key(company, conversation, BySide.Agent);
        var isTold = _signs.TryGetValue(key, out var sign) && now < sign.Until && now < sign.ToldAt + ToldEvery;
        _signs[key] = new Sign(now + TimeToLive, string.Empty, visitor, isTold ? sign.ToldAt : now);
        if (!isTold)
            events.Publish(new PortalEvent(company, PortalTopic.Typing, conversation.Value, visitor));
    }

    /// <summary>A message was sent: its author no longer types.</summary>
    public void VisitorStopped(CompanyId company, ConversationId conversation) => Stop(new Key(company, conversation, BySide.Visitor));

    /// <inheritdoc cref="VisitorStopped"/>
    public void AgentStopped(CompanyId company, ConversationId conversation) => Stop(new Key(company, conversation, BySide.Agent));

    /// <summary>What the visitor is typing, or null when he is not.</summary>
    public string? VisitorPreview(CompanyId company, ConversationId conversation, DateTimeOffset now) =>
        _signs.TryGetValue(new Key(company, conversation, BySide.Visitor), out var sign) && now < sign.Until ? sign.Preview : null;

    /// <summary>Whether an agent is typing to the visitor.</summary>
    public bool IsAgentTyping(CompanyId company, ConversationId conversation, DateTimeOffset now) =>
        _signs.TryGetValue(new Key(company, conversation, BySide.Agent), out var sign) && now < sign.Until;

    /// <summary>Tells about signs that have lapsed. Called by the sweeper.</summary>
    internal void Sweep(DateTimeOffset now)
    {
        foreach (var (key, sign) in _signs)
        {
            if (now >= sign.Until && _signs.TryRemove(KeyValuePair.Create(key, sign)))
                Tell(key, sign);
        }
    }

    private void Stop(Key key)
    {
        if (_signs.TryRemove(key, out var sign))
            Tell(key, sign);
    }

    private void Tell(Key key, Sign sign) => events.Publish(
        new PortalEvent(key.Company, PortalTopic.Typing, key.Conversation.Value, key.Side == BySide.Agent ? sign.Visitor : null));

    private enum BySide { Visitor, Agent }

    private readonly record struct Key(CompanyId Company, ConversationId Conversation, BySide Side);

    private readonly record struct Sign(DateTimeOffset Until, string Preview, VisitorId Visitor, DateTimeOffset ToldAt);
}
