using Live800.Domain.Members;
using Live800.Domain.Shared;

namespace Live800.Domain.Visitors;

/// <summary>
/// A card 名片: what a company knows of a person (S2.14). It belongs to the company; several visitors (browsers) may have it, a visitor has one at most. A card that
/// was merged into another one stands still, whole, until the merge is undone.
/// </summary>
public sealed class VisitorCard
{
    private VisitorCard()
    {
    }

    /// <summary>Who writes when the company's own site has said who somebody is, and no agent did (rule 5).</summary>
    public static readonly AgentId BySite;

    /// <summary>Key.</summary>
    public VisitorCardId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The person's name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Where the person works.</summary>
    public string Firm { get; private set; } = "";

    /// <summary>Telephone.</summary>
    public string Phone { get; private set; } = "";

    /// <summary>E-mail.</summary>
    public string Email { get; private set; } = "";

    /// <summary>QQ number.</summary>
    public string Qq { get; private set; } = "";

    /// <summary>WeChat name.</summary>
    public string WeChat { get; private set; } = "";

    /// <summary>Postal address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Level, in the company's own words.</summary>
    public string Level { get; private set; } = "";

    /// <summary>Tags, each once.</summary>
    public IReadOnlyList<string> Tags { get; private set; } = [];

    /// <summary>Note.</summary>
    public string Note { get; private set; } = "";

    /// <summary>The agent who looks after the person.</summary>
    public AgentId? Owner { get; private set; }

    /// <summary>The person's number on the company's own site, once that has signed it (rule 5); of one number there is one card.</summary>
    public string? MemberNumber { get; private set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who made it.</summary>
    public AgentId CreatedBy { get; private set; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Who changed it last.</summary>
    public AgentId ChangedBy { get; private set; }

    /// <summary>The card it was merged into.</summary>
    public VisitorCardId? MergedIntoId { get; private set; }

    /// <summary>When it was merged.</summary>
    public DateTimeOffset? MergedAt { get; private set; }

    /// <summary>The fields the other card had empty and took from this one: a bit for each <see cref="CardField"/>.</summary>
    public int GaveFields { get; private set; }

    /// <summary>The tags the other card took from this one.</summary>
    public IReadOnlyList<string> GaveTags { get; private set; } = [];

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Whether it stands still under another card.</summary>
    public bool IsMerged => MergedIntoId is not null;

    /// <summary>What stands on it.</summary>
    public CardContent Content => new()
    {
        Name = Name,
        Firm = Firm,
        Phone = Phone,
        Email = Email,
        Qq = Qq,
        WeChat = WeChat,
        Address = Address,
        Level = Level,
        Tags = string.Join(CardContent.TagGap, Tags),
        Note = Note,
        Owner = Owner,
    };

    /// <summary>Makes a card. Refusals: CardNameMissing, CardFieldTooLong, CardNoteTooLong.</summary>
    public static Outcome<VisitorCard> Create(VisitorCardId id, CompanyId company, CardContent content, AgentId by, DateTimeOffset now)
    {
        var clean = content.Clean();
        if (clean.IsRefused)
        {
            return clean.Refusal;
        }

        var card = new VisitorCard { Id = id, CompanyId = company, CreatedAt = now, CreatedBy = by };
        card.Take(clean.Value, by, now);
        return card;
    }

    /// <summary>
    /// Writes the card anew. <paramref name="version"/> is the one the agent read: of two who write at once the second is refused and keeps what he typed.
    /// Refusals: CardMerged, ChangedMeanwhile, CardNameMissing, CardFieldTooLong, CardNoteTooLong.
    /// </summary>
    public Outcome Write(CardContent content, long version, AgentId by, DateTimeOffset now)
    {
        if (IsMerged)
        {
            return Refusal.CardMerged;
        }

        if (version != Version)
        {
            return Refusal.ChangedMeanwhile;
        }

        var clean = content.Clean();
        if (clean.IsRefused)
        {
            return clean.Refusal;
        }

        if (clean.Value != Content)
        {
            Take(clean.Value, by, now);
        }

        return Outcome.Done;
    }

    /// <summary>The company's site has signed whose card this is (rule 5). A number it has stays.</summary>
    public void Recognise(MemberClaim member) => MemberNumber ??= member.Number;

    /// <summary>Fills what is empty with what the company's site tells; what agents wrote stays (rule 5).</summary>
    public void Learn(MemberClaim member, DateTimeOffset now)
    {
        var filled = member.Fill(Content);
        if (filled != Content)
        {
            Take(filled, BySite, now);
        }
    }

    /// <summary>
    /// This card goes into another one of the same person. The other one takes what it has empty, and the tags it has not; this one stays as it is, with its visitors and
    /// conversations, and stands still (rules 4). Refusals: CardUnknown (another company's), CardOfItself, CardMerged (one of the two is merged already).
    /// </summary>
    public Outcome MergeInto(VisitorCard into, AgentId by, DateTimeOffset now)
    {
        if (into.CompanyId != CompanyId)
        {
            return Refusal.CardUnknown;
        }

        if (into.Id == Id)
        {
            return Refusal.CardOfItself;
        }

        if (IsMerged || into.IsMerged)
        {
            return Refusal.CardMerged;
        }

        var (mine, theirs) = (Content, into.Content);
        foreach (var field in Enum.GetValues<CardField>())
        {
            if (field != CardField.Tags && theirs[field].Length == 0 && mine[field].Length > 0)
            {
                theirs = theirs.Taking(field, mine);
                GaveFields |= 1 << (int)field;
            }
        }

        var given = new List<string>();
        foreach (var tag in Tags.Except(into.Tags, StringComparer.OrdinalIgnoreCase))
        {
            var line = theirs.Tags.Length == 0 ? tag : theirs.Tags + CardContent.TagGap + tag;
            if (line.Length > CardContent.FieldLimit)
            {
                break;
            }

            theirs = theirs with { Tags = line };
            given.Add(tag);
        }

        GaveTags = given;
        MergedIntoId = into.Id;
        MergedAt = now;
        Version++;
        into.Take(theirs, by, now);
        return Outcome.Done;
    }

    /// <summary>
    /// Undoes the merge: this card is there again as it was, with the visitors and conversations it brought. The other one gives back what it took, as far as nobody
    /// has written over it since. Refusals: CardUnknown (it is not merged into that card), CardMerged (that card was merged itself; undo that first).
    /// </summary>
    public Outcome PartFrom(VisitorCard from, AgentId by, DateTimeOffset now)
    {
        if (MergedIntoId != from.Id || from.CompanyId != CompanyId)
        {
            return Refusal.CardUnknown;
        }

        if (from.IsMerged)
        {
            return Refusal.CardMerged;
        }

        var (mine, theirs) = (Content, from.Content);
        foreach (var field in Enum.GetValues<CardField>())
        {
            if ((GaveFields & (1 << (int)field)) != 0 && theirs[field] == mine[field])
            {
                theirs = theirs.Taking(field, new CardContent());
            }
        }

        theirs = theirs with { Tags = string.Join(CardContent.TagGap, from.Tags.Except(GaveTags, StringComparer.OrdinalIgnoreCase)) };
        MergedIntoId = null;
        MergedAt = null;
        GaveFields = 0;
        GaveTags = [];
        Version++;
        from.Take(theirs, by, now);
        return Outcome.Done;
    }

    private void Take(CardContent content, AgentId by, DateTimeOffset now)
    {
        Name = content.Name;
        Firm = content.Firm;
        Phone = content.Phone;
        Email = content.Email;
        Qq = content.Qq;
        WeChat = content.WeChat;
        Address = content.Address;
        Level = content.Level;
        Tags = CardContent.TagsOf(content.Tags);
        Note = content.Note;
        Owner = content.Owner;
        ChangedAt = now;
        ChangedBy = by;
        Version++;
    }
}
