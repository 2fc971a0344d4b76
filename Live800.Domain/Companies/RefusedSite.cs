using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>A site that carried the company's codes without being allowed (rule 5): kept so that the administrator, and not the visitor's page, hears of it.</summary>
public sealed class RefusedSite
{
    /// <summary>Most that are kept of a company; further ones are not.</summary>
    public const int Most = 50;

    /// <summary>Longest origin that is kept.</summary>
    public const int Limit = 200;

    private RefusedSite()
    {
    }

    /// <summary>Somebody's page asked for the first time.</summary>
    public RefusedSite(CompanyId company, string origin, DateTimeOffset now) => (CompanyId, Origin, FirstAt, LastAt) = (company, origin, now, now);

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The page's origin as its browser named it; <c>null</c> in letters for a page without one, such as a file.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>When it was refused first.</summary>
    public DateTimeOffset FirstAt { get; private set; }

    /// <summary>When it was refused last, to a minute.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>It asked again.</summary>
    public void Again(DateTimeOffset now) => LastAt = now > LastAt ? now : LastAt;
}
