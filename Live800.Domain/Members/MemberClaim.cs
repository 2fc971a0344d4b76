using Live800.Domain.Conversations;
using Live800.Domain.Visitors;

namespace Live800.Domain.Members;

/// <summary>
/// What a company's site says of somebody who is signed in there, as its signed token has it (rule 5): the member's number, the nonce that makes the token good once, when it
/// ends, and what goes onto the card.
/// </summary>
public sealed record MemberClaim
{
    /// <summary>Longest member number.</summary>
    public const int NumberLimit = 64;

    /// <summary>Shortest nonce: less could be guessed, or come twice.</summary>
    public const int ShortestNonce = 8;

    /// <summary>Longest nonce.</summary>
    public const int NonceLimit = 64;

    /// <summary>A token may not be good for longer: nonces are remembered until their token ends.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    private MemberClaim()
    {
    }

    /// <summary>The member's number or name on the company's own site; never changes there.</summary>
    public string Number { get; private init; } = "";

    /// <summary>Good once.</summary>
    public string Nonce { get; private init; } = "";

    /// <summary>When the token ends.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>The person's name; empty when the site does not tell.</summary>
    public string Name { get; private init; } = "";

    /// <summary>E-mail address, or empty.</summary>
    public string Email { get; private init; } = "";

    /// <summary>Telephone, or empty.</summary>
    public string Phone { get; private init; } = "";

    /// <summary>Level in the site's own words, or empty.</summary>
    public string Level { get; private init; } = "";

    /// <summary>
    /// Reads what a token said. What goes onto the card is cut to what fits; number, nonce and end must be right. Rejections: NumberMissing, NonceMissing, EndMissing, Expired, TooLong.
    /// An expired one comes with its claim, so that who is known already stays known.
    /// </summary>
    public static (MemberClaim? Claim, MemberRejectionReason Rejection) Read(
        string? number, string? nonce, DateTimeOffset? expiresAt, string? name, string? email, string? phone, string? level, DateTimeOffset now)
    {
        var (clean, once) = (MessageText.Line(number), nonce ?? "");
        if (clean.Length is 0 or > NumberLimit)
        {
            return (null, MemberRejectionReason.NumberMissing);
        }

        if (expiresAt is not { } end)
        {
            return (null, MemberRejectionReason.EndMissing);
        }

        var claim = new MemberClaim
        {
            Number = clean,
            Nonce = once,
            ExpiresAt = end,
            Name = MessageText.Line(name, Visitor.NameLimit),
            Email = MessageText.Line(email, CardContent.FieldLimit),
            Phone = MessageText.Line(phone, CardContent.FieldLimit),
            Level = MessageText.Line(level, CardContent.FieldLimit),
        };
        if (now >= end)
        {
            return (claim, MemberRejectionReason.Expired);
        }

        if (end - now > LongestLife)
        {
            return (claim, MemberRejectionReason.TooLong);
        }

        return once.Length is < ShortestNonce or > NonceLimit ? (claim, MemberRejectionReason.NonceMissing) : (claim, MemberRejectionReason.None);
    }

    /// <summary>The card of a member nobody has met.</summary>
    public CardContent Card() => new() { Name = Name.Length > 0 ? Name : Number, Email = Email, Phone = Phone, Level = Level };

    /// <summary>What is empty on a card and told by the site; what agents wrote stays.</summary>
    public CardContent Fill(CardContent card) => card with
    {
        Email = card.Email.Length > 0 ? card.Email : Email,
        Phone = card.Phone.Length > 0 ? card.Phone : Phone,
        Level = card.Level.Length > 0 ? card.Level : Level,
    };
}
