using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Visitors;

namespace Live800.Portal.Features.Workspace;

/// <summary>The tabs of an open desk: the agent's own running conversations, those of colleagues in which he helps 会议, and ended ones he has not put away yet.</summary>
public sealed class DeskTabs(ConversationQueries queries, ConferenceQueries conferences, VisitorQueries visitors, CardQueries cards, DeskState state)
{
    private IReadOnlyDictionary<VisitorId, Visitor> _visitors = new Dictionary<VisitorId, Visitor>();
    private IReadOnlyDictionary<VisitorId, string> _cards = new Dictionary<VisitorId, string>();
    private volatile HashSet<long> _known = [];

    public IReadOnlyList<ConversationTab> All { get; private set; } = [];

    public ConversationTab? Of(ConversationId? conversation) => All.FirstOrDefault(tab => tab.Id == conversation);

    /// <summary>Whether a conversation is among them; asked from any thread.</summary>
    public bool Has(long conversation) => _known.Contains(conversation);

    /// <summary>The name a visitor gave, if any.</summary>
    public string? GivenName(VisitorId visitor) => _visitors.GetValueOrDefault(visitor)?.GivenName;

    public string? CardName(VisitorId visitor) => _cards.GetValueOrDefault(visitor);

    /// <summary>Ended conversations with something unread come back as tabs after a reload.</summary>
    public async Task RememberAsync(CompanyId company, AgentId me)
    {
        foreach (var ended in await queries.OfRunningVisitsAsync(company))
        {
            if (ended.AgentId == me && ended.State == ConversationState.Ended && ended.AgentSeen < ended.LastSequence) _ = state.KeptTabs.Add(ended.Id);
        }
    }

    public async Task ReadAsync(CompanyId company, AgentId me)
    {
        List<Part> open =
        [
            .. (await queries.OpenOfAsync(company, me)).Select(own => new Part(own, null, own.AcceptedAt)),
            .. (await conferences.OpenOfAsync(company, me)).Select(helped => new Part(helped.Conversation, helped.Member, helped.Member.JoinedAt)),
        ];
        // What was open and is not any more keeps its tab until the agent closes it.
        foreach (var tab in All) if (tab.IsOpen && open.TrueForAll(other => other.Conversation.Id != tab.Id)) _ = state.KeptTabs.Add(tab.Id);
        var all = open.ToList();
        foreach (var id in state.KeptTabs.ToList())
        {
            if (open.Exists(other => other.Conversation.Id == id)) _ = state.KeptTabs.Remove(id);
            else if (await queries.FindAsync(company, id) is { } kept && await WasInAsync(kept, me) is { } part) all.Add(part);
            else _ = state.KeptTabs.Remove(id);
        }

        if (all.Exists(other => !_visitors.ContainsKey(other.Conversation.VisitorId)))
            _visitors = await visitors.VisitorsAsync(company, [.. all.Select(other => other.Conversation.VisitorId)]);
        _cards = await cards.NamesAsync(company, [.. all.Select(other => other.Conversation.VisitorId).Distinct()]);
        _known = [.. all.Select(other => other.Conversation.Id.Value)];
        All = [.. all.OrderBy(other => other.Since)
            .Select(other => ConversationTab.Of(other.Conversation, GivenName(other.Conversation.VisitorId), CardName(other.Conversation.VisitorId), other.Member))];
    }

    /// <summary>Puts an ended one away.</summary>
    public void Close(ConversationId conversation)
    {
        _ = state.KeptTabs.Remove(conversation);
        All = [.. All.Where(other => other.Id != conversation)];
    }

    // His own, or one in whose conference he was when it ended. Left, taken out or handed on, it has no tab any more.
    private async Task<Part?> WasInAsync(Conversation kept, AgentId me)
    {
        if (kept.AgentId == me) return new Part(kept, null, kept.AcceptedAt);
        return kept.State == ConversationState.Ended && await conferences.MemberAsync(kept.CompanyId, kept.Id, me) is { } member && !(member.LeftAt < kept.EndedAt) ? new Part(kept, member, member.JoinedAt) : null;
    }

    private sealed record Part(Conversation Conversation, ConferenceMember? Member, DateTimeOffset? Since);
}
