using Live800.Domain.Shared;

namespace Live800.Domain.Members;

/// <summary>A visitor (a browser) of whom the company's site has said, signed, which member he is (rule 5). He stays it until the site signs him out.</summary>
public sealed class Membership
{
    private Membership()
    {
    }

    /// <summary>The site said so.</summary>
    public Membership(CompanyId company, VisitorId visitor, string number, DateTimeOffset now) => (CompanyId, VisitorId, Number, At) = (company, visitor, number, now);

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The visitor; of one member there may be several, of one visitor there is one member.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The member's number on the company's own site.</summary>
    public string Number { get; private set; } = "";

    /// <summary>When it was said first.</summary>
    public DateTimeOffset At { get; private set; }
}
