using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Invitations;

/// <summary>
/// Looks at who is on the site and invites whom a rule fits 自动邀请 (2). Looking costs memory alone; only a visitor whom a rule fits is asked about in the database, where everything is checked again.
/// </summary>
public sealed class AutomaticInvitations : IDisposable
{
    /// <summary>Most invitations of one company in one turn: a rule that is turned on must not fall on a whole site at once.</summary>
    public const int MostAtOnce = 20;

    private readonly RuleQueries _rules;
    private readonly ConversationDesk _desk;
    private readonly LiveVisits _visits;
    private readonly AgentPresence _presence;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;
    private volatile ILookup<CompanyId, InvitationRule>? _on;

    public AutomaticInvitations(RuleQueries rules, ConversationDesk desk, LiveVisits visits, AgentPresence presence, PortalEvents events, TimeProvider time)
    {
        (_rules, _desk, _visits, _presence, _time) = (rules, desk, visits, presence, time);
        _subscription = events.SubscribeToAll(told =>
        {
            if (told.Topic == PortalTopic.InvitationRules) _on = null;
        });
    }

    /// <summary>Invites whom a rule fits now; says how many. Called by the sweeper.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation = default)
    {
        var on = _on;
        if (on is null)
        {
            // Set before it is read: what changes while it is read sets it back to nothing again.
            _on = on = Enumerable.Empty<InvitationRule>().ToLookup(rule => rule.CompanyId);
            var read = await _rules.OnAsync(cancellation);
            _ = Interlocked.CompareExchange(ref _on, read, on);
            on = read;
        }

        var invited = 0;
        foreach (var rules in on)
        {
            if (_presence.IsAnyoneReachable(rules.Key, _time.GetUtcNow())) invited += await InviteAsync(rules.Key, [.. rules], cancellation);
        }

        return invited;
    }

    public void Dispose() => _subscription.Dispose();

    private async Task<int> InviteAsync(CompanyId company, InvitationRule[] rules, CancellationToken cancellation)
    {
        var (now, invited, tried) = (_time.GetUtcNow(), 0, 0);
        foreach (var visit in _visits.On(company, now))
        {
            if (tried == MostAtOnce) break;
            if (visit.IsDoneWithRules || visit.HasTalked || visit.Invitation is not null || visit.Current is not { } page || !_visits.IsHere(visit, now)) continue;
            var soFar = new VisitSoFar(page.Address, now - visit.StartedAt, now - page.Since, visit.PageCount, visit.VisitCount, visit.Source.Kind);
            if (Array.FindAll(rules, rule => rule.Fits(soFar)) is not { Length: > 0 } fitting) continue;
            tried++;
            var sent = await _desk.InviteByRuleAsync(company, visit.Visitor, fitting, cancellation);
            // Somebody who just asked, or refused a moment ago, may be looked at again later; so may one whom rules that invite once have had, by the others.
            if (!sent.IsRefused || sent.Refusal is Refusal.VisitorBlocked || (sent.Refusal == Refusal.InvitedByRule && fitting.Length == rules.Length)) visit.IsDoneWithRules = true;
            if (!sent.IsRefused) invited++;
        }

        return invited;
    }
}
