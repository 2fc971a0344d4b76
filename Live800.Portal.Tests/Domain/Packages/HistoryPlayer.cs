using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Packages;

/// <summary>Plays one history on the domain and on the naive model side by side and throws at the first difference.</summary>
internal sealed class HistoryPlayer
{
    private static readonly LedgerSeal Seal = new(new byte[LedgerSeal.KeyLength]);
    private static readonly CompanyId Id = new(1);
    private static readonly AgentId Linxiao = new(7);
    private static readonly AgentId Chenzy = new(8);

    private readonly History _history;
    private readonly Company _company;
    private readonly PackageAccount _account = new(Id, Seal);
    private readonly NaiveCompany _naive;
    private readonly List<LedgerLine> _lines = [];
    private DateTimeOffset _now;
    private long _next;
    private long _orders;

    private HistoryPlayer(History history)
    {
        _history = history;
        _now = history.Registered;
        _company = Company.Register(Id, "qingfeng", "清风家居", history.Zone, _now).Value;
        _naive = new NaiveCompany(history.Zone, _now);
    }

    private PackageRules Rules => new(PackageFigures.Default, _company.Zones);

    public static void Play(History history)
    {
        var player = new HistoryPlayer(history);
        player.Play();
    }

    private void Play()
    {
        if (_history.Trial)
        {
            _lines.Add(_account.GiveTrial(new(++_orders), _now, Rules, Seal).Value);
            _naive.GiveTrial(_orders, _now);
        }

        foreach (var step in _history.Steps)
        {
            Take(step);
            Same("in force", _naive.Describe(_now), Describe(_account.EntitlementAt(_now, Rules)), step);
        }

        Same("answers", $"{_naive.Answers}", $"{_lines.Count(l => l.Kind == LedgerKind.Answer)}", default);
        Same("verification", "", $"{LedgerVerification.FirstBadLine(_account, _lines, Seal)}", default);
        CompareDates();
    }

    private void Take(Step step)
    {
        var orderBefore = _orders;
        switch (step.Act)
        {
            case Act.Wait:
                _now = _now.AddMinutes(step.A);
                break;
            case Act.WaitDays:
                _now = _now.AddDays(step.A);
                break;
            case Act.ToMidnight:
                WaitFor([_naive.Midnight(_now)], step.B);
                break;
            case Act.ToEnd:
                WaitFor(_naive.Ends, step.B);
                break;
            case Act.ToStart:
                WaitFor(_naive.Starts, step.B);
                break;
            case Act.BuyTermNow:
                _naive.BuyTerm(++_orders, step.A + 1, step.B + 1, null, false, _now);
                Credit(_account.BuyTerm(new(_orders), step.A + 1, step.B + 1, TermStart.Now, _now, Rules, Seal), step);
                break;
            case Act.BuyTermAfterCurrent:
                _naive.BuyTerm(++_orders, step.A + 1, step.B + 1, null, true, _now);
                Credit(_account.BuyTerm(new(_orders), step.A + 1, step.B + 1, TermStart.AfterCurrent, _now, Rules, Seal), step);
                break;
            case Act.BuyTermOn:
                // A date some days ahead or, for every third, in the past: then it starts at fulfilment.
                var date = _now.AddDays(step.B % 3 == 0 ? -step.B : step.B);
                _naive.BuyTerm(++_orders, step.A + 1, 1, date, false, _now);
                Credit(_account.BuyTerm(new(_orders), step.A + 1, 1, TermStart.On(date), _now, Rules, Seal), step);
                break;
            case Act.GrantTerm:
                _naive.BuyTerm(++_orders, step.A + 1, step.B + 1, null, false, _now);
                Credit(_account.GrantTerm(new(_orders), step.A + 1, step.B + 1, TermStart.Now, "赠送", _now, Rules, Seal), step);
                break;
            case Act.BuyClicks:
                _naive.BuyClicks(++_orders, (step.A % 4) + 1, _now);
                Credit(_account.BuyClicks(new(_orders), (step.A % 4) + 1, _now, Seal), step);
                break;
            case Act.GrantClicks:
                _naive.BuyClicks(++_orders, (step.A % 4) + 1, _now);
                Credit(_account.GrantClicks(new(_orders), (step.A % 4) + 1, "赠送", _now, Seal), step);
                break;
            case Act.Refund:
                var refunded = _account.Refund(new(step.A), _now, Seal);
                Same("refund", $"{_naive.Refund(step.A, _now)}", $"{!refunded.IsRefused}", step);
                Keep(refunded);
                break;
            case Act.MoveZone:
                _naive.WishZone(History.ZoneIds[step.A], _now);
                _ = _company.ChangeZone(History.ZoneIds[step.A], _now);
                break;
            default:
                Talk(step);
                break;
        }

        if (_orders > orderBefore)
        {
            // The same notice a second time fulfils nothing (3.11).
            Same("second notice", $"{Refusal.AlreadyFulfilled}", $"{_account.BuyClicks(new(_orders), 1, _now, Seal).Refusal}", step);
        }
    }

    private void Talk(Step step)
    {
        var request = () => Conversation.Request(new(++_next), Id, new(_next), new(_next), _now).Conversation;
        var later = TimeSpan.FromSeconds(step.A);
        switch (step.Act)
        {
            case Act.NobodyAccepts:
                var given = request();
                _now += later;
                _ = given.Withdraw(_now);
                break;
            case Act.Accept:
            case Act.AcceptAndTransfer:
                var conversation = request();
                _now += later;
                Accept(conversation, Linxiao, step);
                if (step.Act == Act.AcceptAndTransfer && conversation.State == ConversationState.Open)
                {
                    _ = conversation.ReturnToGroup(_now);
                    Accept(conversation, Chenzy, step);
                }

                break;
            case Act.Proactive:
                Answer(AnswerWay.Proactive, Linxiao, new(++_next), step);
                break;
            default:
                Invite(step, later);
                break;
        }
    }

    private void Invite(Step step, TimeSpan later)
    {
        var automatic = step.Act == Act.AutomaticInvitation;
        Same("may invite", $"{_naive.HasAnswer(_now)}", $"{_account.CanAnswerAt(_now, Rules)}", step);
        if (!_account.CanAnswerAt(_now, Rules))
        {
            return;
        }

        var invitation = Invitation.Send(new(++_next), Id, new(_next), new(_next), automatic ? null : Linxiao, _now, null, null, _now, Moments.Default).Value;
        _now += later;
        if (step.Act == Act.InviteIgnored)
        {
            return;
        }

        if (step.Act == Act.InviteRefused)
        {
            _ = invitation.Refuse(_now, Moments.Default);
            return;
        }

        if (later >= TimeSpan.FromSeconds(120))
        {
            Same("late acceptance", $"{Refusal.InvitationOver}", $"{invitation.Accept(new(++_next), true, _now, Moments.Default).Refusal}", step);
            return;
        }

        if (automatic)
        {
            Accept(invitation.Accept(new(++_next), true, _now, Moments.Default).Value.Conversation, Linxiao, step);
        }
        else if (Answer(AnswerWay.Invitation, Linxiao, new(++_next), step))
        {
            var started = invitation.Accept(new(_next), inviterIsIn: step.A % 2 == 0, _now, Moments.Default).Value.Conversation;
            if (started.State == ConversationState.Waiting)
            {
                Accept(started, Chenzy, step);
            }
        }
    }

    private void Accept(Conversation conversation, AgentId agent, Step step)
    {
        if (conversation.AnswerTaken || Answer(conversation.Way, agent, conversation.Id, step))
        {
            _ = conversation.Accept(agent, _now, _now, Moments.Default).Value;
        }
    }

    private bool Answer(AnswerWay way, AgentId agent, ConversationId conversation, Step step)
    {
        var taken = _account.TryAnswer(way, agent, conversation, _now, Rules, Seal);
        Same("charged", _naive.Answer(_now) ?? "NoAnswersLeft", taken.IsRefused ? $"{taken.Refusal}" : $"{taken.Value.Charged} {taken.Value.BalanceAfter}", step);
        Keep(taken);
        return !taken.IsRefused;
    }

    private void Credit(Outcome<LedgerLine> credited, Step step)
    {
        Same("credited", "None", $"{credited.Refusal}", step);
        Keep(credited);
    }

    private void Keep(Outcome<LedgerLine> line)
    {
        if (!line.IsRefused)
        {
            _lines.Add(line.Value);
        }
    }

    private void WaitFor(IEnumerable<DateTimeOffset> instants, int shift)
    {
        var ahead = instants.Where(i => i > _now).Order().FirstOrDefault();
        if (ahead != default)
        {
            _now = shift switch { 0 => ahead.AddTicks(-1), 1 => ahead, _ => ahead.AddSeconds(1) };
        }
    }

    /// <summary>The jobs' list: midnights and ends as the model sees them, and the same however the time is cut (3.12).</summary>
    private void CompareDates()
    {
        var from = _history.Registered;
        var to = from.AddDays(60);
        var whole = _account.TransitionsBetween(from, to, Rules);
        var pieces = new List<DueTransition>();
        for (var at = from; at < to; at = at.AddHours(500))
        {
            pieces.AddRange(_account.TransitionsBetween(at, at.AddHours(500) < to ? at.AddHours(500) : to, Rules));
        }

        Same("transitions in pieces", string.Join(' ', whole), string.Join(' ', pieces), default);
        var midnights = new List<DateTimeOffset>();
        for (var midnight = _naive.Midnight(from); midnight <= to; midnight = _naive.Midnight(midnight))
        {
            midnights.Add(midnight);
        }

        Same("midnights", Written(midnights), Written(whole.Where(t => t.Kind == TransitionKind.DailyQuotaReset).Select(t => t.At)), default);
        var starts = _naive.Starts.ToList();
        var ends = _naive.Ends.Where((end, i) => end > starts[i] && end > from && end <= to).Distinct().Order();
        var told = whole.Where(t => t.Kind is TransitionKind.TermEnded or TransitionKind.TrialEnded).Select(t => t.At).Distinct();
        Same("ends", Written(ends), Written(told), default);
    }

    private void Same(string what, string model, string domain, Step step)
    {
        if (model != domain)
        {
            throw new InvalidOperationException($"{what} at {_now:O} after [{step}]\n  model:  {model}\n  domain: {domain}");
        }
    }

    private static string Written(IEnumerable<DateTimeOffset> instants) => string.Join(' ', instants.Select(i => $"{i.UtcDateTime:O}"));

    private static string Describe(Entitlement e) =>
        $"{e.Kind} seats {N(e.Seats)} accounts {N(e.AgentAccounts)} answers {N(e.AnswersLeft)} until {(e.Until is { } until ? $"{until.UtcDateTime:s}" : "-")}" +
        $" frozen {e.FrozenClicks} trial {e.IsTrial} free {e.FreeUsed} midnight {e.NextMidnight.UtcDateTime:s}";

    private static string N(long? value) => value is { } number ? $"{number}" : "-";
}
