using System.Globalization;
using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>
/// A company's packages 套餐: its terms, its clicks, today's free answers and the tail of its ledger (PRODUCT section 3). What is in force is computed from
/// these dated facts (rule 3.1). Every verb that changes something returns the ledger line to store in the same transaction.
/// </summary>
public sealed partial class PackageAccount
{
    /// <summary>Most seats of one term.</summary>
    public const int SeatsLimit = 10_000;

    /// <summary>Most months of one term.</summary>
    public const int MonthsLimit = 60;

    /// <summary>Most clicks of one credit.</summary>
    public const int ClicksLimit = 10_000_000;

    /// <summary>Longest note of a grant.</summary>
    public const int NoteLimit = 200;

    private readonly List<MonthlyTerm> _terms = [];
    private readonly List<ClickCredit> _credits = [];

    private PackageAccount()
    {
    }

    /// <summary>Opens the account of a new company, its ledger empty and sealed (rule 2.3).</summary>
    public PackageAccount(CompanyId company, LedgerSeal seal)
    {
        CompanyId = company;
        LedgerTailSeal = seal.Over(TailContent());
    }

    /// <summary>The company; one account each.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The company's day the free counter stands for (rule 3.5).</summary>
    public DateOnly? FreeDay { get; private set; }

    /// <summary>Answers charged to free on <see cref="FreeDay"/>.</summary>
    public int FreeUsed { get; private set; }

    /// <summary>Clicks left right after the last credit; the warnings of rule 3.6 are shares of it.</summary>
    public long ClicksAfterLastCredit { get; private set; }

    /// <summary>Number of the last ledger line; 0 before the first.</summary>
    public long LedgerNumber { get; private set; }

    /// <summary>Seal of the last ledger line; empty before the first.</summary>
    public string LedgerLastSeal { get; private set; } = "";

    /// <summary>Instant of the last ledger line.</summary>
    public DateTimeOffset LedgerLastAt { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>A seal over number and seal of the last line, so that removing the last line is found even when these two are set back (rule 2.3).</summary>
    public string LedgerTailSeal { get; private set; } = "";

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Every term ever credited.</summary>
    public IReadOnlyList<MonthlyTerm> Terms => _terms;

    /// <summary>Every click credit ever credited, the oldest first.</summary>
    public IReadOnlyList<ClickCredit> Credits => [.. _credits.OrderBy(c => c.Line)];

    /// <summary>Clicks left, frozen or not.</summary>
    public long ClicksLeft => _credits.Sum(c => (long)c.Left);

    /// <summary>What the company enjoys at an instant (rules 3.1 to 3.5).</summary>
    public Entitlement EntitlementAt(DateTimeOffset now, PackageRules rules)
    {
        var figures = rules.Figures;
        var active = _terms.Where(t => t.IsActiveAt(now)).ToList();
        var clicks = ClicksLeft;
        var kind = active.Count > 0 ? PackageKind.Monthly : clicks > 0 ? PackageKind.Click : PackageKind.Free;
        var freeUsed = FreeUsedOn(rules.Zones.DateAt(now));
        long? seats = kind switch
        {
            PackageKind.Monthly => active.Sum(t => (long)t.Seats),
            PackageKind.Click => null,
            _ => figures.FreeSeats,
        };
        DateTimeOffset? until = kind == PackageKind.Monthly ? CoveredUntil(now) : null;
        return new Entitlement
        {
            Kind = kind,
            Seats = seats,
            AgentAccounts = kind == PackageKind.Monthly ? seats * figures.AgentAccountsPerSeat : kind == PackageKind.Click ? null : figures.FreeAgentAccounts,
            AnswersLeft = kind switch
            {
                PackageKind.Monthly => null,
                PackageKind.Click => clicks,
                _ => Math.Max(0, figures.FreeAnswersPerDay - freeUsed),
            },
            Until = until,
            FrozenClicks = kind == PackageKind.Monthly ? clicks : 0,
            ThawsAt = kind == PackageKind.Monthly && clicks > 0 ? until : null,
            IsTrial = active.Count > 0 && active.TrueForAll(t => t.IsTrial),
            FreeUsed = freeUsed,
            FreePerDay = figures.FreeAnswersPerDay,
            NextMidnight = rules.Zones.NextMidnight(now),
            NextChangeAt = Boundaries().Where(b => b > now).Cast<DateTimeOffset?>().Min(),
        };
    }

    /// <summary>Whether a conversation can be started now (rule 3.6).</summary>
    public bool CanAnswerAt(DateTimeOffset now, PackageRules rules) => EntitlementAt(now, rules).HasAnswers;

    /// <summary>
    /// Takes the one answer of a conversation from the package in force (rules 2 and 3.1) and writes its line; under monthly nothing is debited.
    /// Refusal: NoAnswersLeft (rule 3.6). No counter ever goes below zero.
    /// </summary>
    public Outcome<LedgerLine> TryAnswer(AnswerWay way, AgentId agent, ConversationId conversation, DateTimeOffset now, PackageRules rules, LedgerSeal seal)
    {
        var at = NotBeforeLastLine(now);
        var entitlement = EntitlementAt(at, rules);
        if (!entitlement.HasAnswers)
        {
            return Refusal.NoAnswersLeft;
        }

        var line = LedgerLine.Answer(CompanyId, way, agent, conversation, entitlement.Kind);
        switch (entitlement.Kind)
        {
            case PackageKind.Click:
                var credit = Credits.First(c => c.Left > 0);
                credit.Used++;
                return Append(line.FromClicks(credit.OrderId), at, ClicksLeft, seal);
            case PackageKind.Free:
                var day = rules.Zones.DateAt(at);
                FreeUsed = FreeUsedOn(day) + 1;
                FreeDay = FreeDay > day ? FreeDay : day;
                return Append(line.OnFreeDay(FreeDay.Value, entitlement.FreePerDay), at, entitlement.FreePerDay - FreeUsed, seal);
            default:
                return Append(line, at, ClicksLeft, seal);
        }
    }

    /// <summary>The first instant at which no monthly interval is in force any more, going on from now without a gap; now itself when none is.</summary>
    public DateTimeOffset CoveredUntil(DateTimeOffset now)
    {
        var until = now;
        while (true)
        {
            var next = _terms.Where(t => t.IsActiveAt(until)).Select(t => t.End).DefaultIfEmpty(until).Max();
            if (next == until)
            {
                return until;
            }

            until = next;
        }
    }

    private IEnumerable<DateTimeOffset> Boundaries() => _terms.Where(t => t.Start < t.End).SelectMany(t => new[] { t.Start, t.End });

    private int FreeUsedOn(DateOnly day) => FreeDay >= day ? FreeUsed : 0;

    private DateTimeOffset NotBeforeLastLine(DateTimeOffset now) => now > LedgerLastAt ? now : LedgerLastAt;

    private LedgerLine Append(LedgerLine line, DateTimeOffset at, long balance, LedgerSeal seal)
    {
        LedgerNumber++;
        line.Close(LedgerNumber, at, balance, LedgerLastSeal, seal);
        LedgerLastSeal = line.Seal;
        LedgerLastAt = line.At;
        LedgerTailSeal = seal.Over(TailContent());
        Version++;
        return line;
    }

    internal string TailContent() => string.Create(CultureInfo.InvariantCulture, $"tail|{CompanyId}|{LedgerNumber}|{LedgerLastSeal}");
}
