using Live800.Domain.Shared;

namespace Live800.Domain.Members;

/// <summary>A token is good once (rule 5): who used it, kept until it has ended by itself. The page that used it may ask again, because an answer can be lost on the way.</summary>
public sealed class SpentNonce
{
    private SpentNonce()
    {
    }

    /// <summary>Used now.</summary>
    public SpentNonce(CompanyId company, string nonce, VisitorId visitor, string page, DateTimeOffset expiresAt) =>
        (CompanyId, Nonce, VisitorId, Page, ExpiresAt) = (company, nonce, visitor, page, expiresAt);

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The token's nonce.</summary>
    public string Nonce { get; private set; } = "";

    /// <summary>Who it made known.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The page that brought it.</summary>
    public string Page { get; private set; } = "";

    /// <summary>When the token ends; then this may go.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }
}
