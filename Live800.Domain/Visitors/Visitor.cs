using System.Globalization;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Visitors;

/// <summary>A visitor 访客 of one company's site: one per browser, however many tabs.</summary>
public sealed class Visitor
{
    /// <summary>Longest name somebody gives himself.</summary>
    public const int NameLimit = 64;

    private Visitor()
    {
    }

    /// <summary>Somebody came for the first time.</summary>
    public Visitor(VisitorId id, CompanyId company, DateTimeOffset now)
    {
        Id = id;
        CompanyId = company;
        FirstSeenAt = now;
    }

    /// <summary>Key.</summary>
    public VisitorId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>When the visitor came first.</summary>
    public DateTimeOffset FirstSeenAt { get; private set; }

    /// <summary>How many visits there were, this one included.</summary>
    public int VisitCount { get; private set; }

    /// <summary>The name typed before a chat, "as given"; makes no card (S2.14).</summary>
    public string? GivenName { get; private set; }

    /// <summary>The five digits people tell visitors apart by.</summary>
    public string Number => NumberOf(Id);

    /// <summary>Five digits that follow from the id and look unlike those of the visitor before.</summary>
    public static string NumberOf(VisitorId id)
    {
        unchecked
        {
            var mixed = (ulong)id.Value * 0x9E3779B97F4A7C15UL;
            return (mixed % 100_000).ToString("D5", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Another visit begins.</summary>
    public void Come() => VisitCount++;

    /// <summary>Says a name; blank ones are ignored. Refusal: NameTooLong.</summary>
    public Outcome GiveName(string? name)
    {
        var clean = MessageText.Line(name);
        if (clean.Length > NameLimit)
        {
            return Refusal.NameTooLong;
        }

        GivenName = clean.Length == 0 ? GivenName : clean;
        return Outcome.Done;
    }
}
