using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Hours;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Invitations;

/// <summary>
/// Looks at who is on the site and invites whom a rule fits 自动邀请 (2). Looking costs memory alone; only a visitor whom a rule fits is asked about in the database, where everything is checked again.
/// </summary>
public sealed class AutomaticInvitations : IDisposable
{
    /// <summary>Most invitations of one company in one turn: a rule that is turned on must not fall on a whole site at once.</summary>
    public const int MostAtOnce = 20;

    // Those who cannot be invited must not keep the turn from those who can.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly RuleQueries _rules;
    private readonly ConversationDesk _desk;
    private readonly LiveVisits _visits;
    private readonly Answering _answering;
    private readonly Moments _moments;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;
    private volatile ILookup<CompanyId, InvitationRule>? _on;

    public AutomaticInvitations(RuleQueries rules, ConversationDesk desk, LiveVisits visits, Answering answering, PortalEvents events, Moments moments, TimeProvider time)
    {
        (_rules, _desk, _visits, _answering, _moments, _time) = (rules, desk, visits, answering, moments, time);
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
            if (await _answering.IsReachableAsync(rules.Key, _time.GetUtcNow(), cancellation: cancellation)) invited += await InviteAsync(rules.Key, [.. rules], cancellation);
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
            if (now < visit.RulesLookAgainAt || visit.HasTalked || visit.Invitation is not null || visit.Current is not { } page || !_visits.IsHere(visit, now)) continue;
            var soFar = new VisitSoFar(page.Address, now - visit.StartedAt, now - page.Since, visit.PageCount, visit.VisitCount, visit.Source.Kind);
            if (Array.FindAll(rules, rule => rule.Fits(soFar)) is not { Length: > 0 } fitting) continue;
            tried++;
            var sent = await _desk.InviteByRuleAsync(company, visit.Visitor, fitting, cancellation);
            // What holds for everybody is asked once a turn.
            if (sent.Refusal == Refusal.NobodyCanAnswer) break;
            visit.RulesLookAgainAt = sent.Refusal switch
            {
                Refusal.None or Refusal.VisitorBlocked => DateTimeOffset.MaxValue,
                Refusal.RefusedLately => now + _moments.InvitationRest,
                // By every rule there is; otherwise another one may fit him later.
                Refusal.InvitedByRule when fitting.Length == rules.Length => DateTimeOffset.MaxValue,
                _ => now + Pause,
            };
            if (!sent.IsRefused) invited++;
        }

        return invited;
    }
}
