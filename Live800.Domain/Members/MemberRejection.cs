using Live800.Domain.Shared;

namespace Live800.Domain.Members;

/// <summary>Why an identity that a page sent was not believed (rule 5).</summary>
public enum MemberRejectionReason
{
    /// <summary>It was believed.</summary>
    None = 0,

    /// <summary>It is no signed token at all, or larger than one may be.</summary>
    Unreadable = 1,

    /// <summary>It names a key the company does not have, or has ended.</summary>
    KeyUnknown = 2,

    /// <summary>The signature is not one of the company's keys'.</summary>
    SignatureWrong = 3,

    /// <summary>It was signed in another way than HMAC-SHA256.</summary>
    AlgorithmWrong = 4,

    /// <summary>It was made for another company.</summary>
    CompanyWrong = 5,

    /// <summary>Its time is over.</summary>
    Expired = 6,

    /// <summary>It would be good for longer than a day.</summary>
    TooLong = 7,

    /// <summary>It says no member number, or one too long.</summary>
    NumberMissing = 8,

    /// <summary>Its nonce is missing, too short or too long.</summary>
    NonceMissing = 9,

    /// <summary>It says no end.</summary>
    EndMissing = 10,

    /// <summary>Another browser has used it.</summary>
    Replayed = 11,
}

/// <summary>Identities of one kind that were not believed: kept so that the administrator hears of it, and not the visitor's page (rule 5).</summary>
public sealed class MemberRejection
{
    /// <summary>Longest origin that is kept.</summary>
    public const int OriginLimit = 200;

    private MemberRejection()
    {
    }

    /// <summary>It happened for the first time.</summary>
    public MemberRejection(CompanyId company, MemberRejectionReason reason, string origin, DateTimeOffset now) =>
        (CompanyId, Reason, LastOrigin, FirstAt, LastAt) = (company, reason, Cut(origin), now, now);

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Why.</summary>
    public MemberRejectionReason Reason { get; private set; }

    /// <summary>The site on which it happened last, as the browser named it.</summary>
    public string LastOrigin { get; private set; } = "";

    /// <summary>When it happened first.</summary>
    public DateTimeOffset FirstAt { get; private set; }

    /// <summary>When it happened last, to a minute.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>It happened again.</summary>
    public void Again(string origin, DateTimeOffset now) => (LastOrigin, LastAt) = (Cut(origin), now > LastAt ? now : LastAt);

    private static string Cut(string origin) => origin.Length > OriginLimit ? origin[..OriginLimit] : origin;
}
