using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>A bought, granted or trial period 包月 with its seats, from <see cref="Start"/> up to but without <see cref="End"/> (S4.1, rule 3.3).</summary>
public sealed class MonthlyTerm
{
    private MonthlyTerm()
    {
    }

    /// <summary>The order or grant; unique in the account.</summary>
    public OrderId OrderId { get; private set; }

    /// <summary>Trial, bought or granted.</summary>
    public CreditOrigin Origin { get; private set; }

    /// <summary>Seats it adds while it runs.</summary>
    public int Seats { get; private set; }

    /// <summary>Calendar months bought; 0 for the trial.</summary>
    public int Months { get; private set; }

    /// <summary>First instant.</summary>
    public DateTimeOffset Start { get; private set; }

    /// <summary>First instant after it; a refund brings it forward.</summary>
    public DateTimeOffset End { get; internal set; }

    /// <summary>The end as bought.</summary>
    public DateTimeOffset BoughtEnd { get; private set; }

    /// <summary>The first start of the chain of renewals it belongs to; months are counted from there (rule 3.4).</summary>
    public DateTimeOffset Anchor { get; private set; }

    /// <summary>Months from <see cref="Anchor"/> to <see cref="BoughtEnd"/>.</summary>
    public int MonthsFromAnchor { get; private set; }

    /// <summary>The zone the months are counted in: the company's at the anchor.</summary>
    public string ZoneId { get; private set; } = "";

    /// <summary>What the operator wrote to a grant.</summary>
    public string Note { get; private set; } = "";

    /// <summary>When it was credited.</summary>
    public DateTimeOffset CreditedAt { get; private set; }

    /// <summary>When its rest was refunded.</summary>
    public DateTimeOffset? RefundedAt { get; internal set; }

    /// <summary>Whether it is the trial (S4.15).</summary>
    public bool IsTrial => Origin == CreditOrigin.Trial;

    /// <summary>Whether it is in force at an instant.</summary>
    public bool IsActiveAt(DateTimeOffset at) => Start <= at && at < End;

    internal static MonthlyTerm Make(
        OrderId order, CreditOrigin origin, int seats, int months, DateTimeOffset start, DateTimeOffset end,
        DateTimeOffset anchor, int monthsFromAnchor, string zoneId, string note, DateTimeOffset at) => new()
        {
            OrderId = order,
            Origin = origin,
            Seats = seats,
            Months = months,
            Start = start,
            End = end,
            BoughtEnd = end,
            Anchor = anchor,
            MonthsFromAnchor = monthsFromAnchor,
            ZoneId = zoneId,
            Note = note,
            CreditedAt = at,
        };
}
