using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Visitors;

/// <summary>
/// What stands on a card, as it is typed: every field is text. <see cref="Clean"/> makes of it what is stored. Tags stand in one line, parted by commas.
/// </summary>
public sealed record CardContent
{
    /// <summary>Longest field, in characters.</summary>
    public const int FieldLimit = 500;

    /// <summary>Longest note, in characters.</summary>
    public const int NoteLimit = MessageText.Limit;

    /// <summary>What stands between two tags.</summary>
    public const string TagGap = ", ";

    /// <summary>The fields that are text, in the order of reading.</summary>
    public static readonly IReadOnlyList<CardField> TextFields =
    [
        CardField.Name, CardField.Firm, CardField.Phone, CardField.Email, CardField.Qq, CardField.WeChat, CardField.Address, CardField.Level, CardField.Tags, CardField.Note,
    ];

    private static readonly char[] TagGaps = [',', '，', '、', ';', '；', '\n'];

    /// <summary>The person's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where the person works.</summary>
    public string Firm { get; init; } = "";

    /// <summary>Telephone.</summary>
    public string Phone { get; init; } = "";

    /// <summary>E-mail.</summary>
    public string Email { get; init; } = "";

    /// <summary>QQ number.</summary>
    public string Qq { get; init; } = "";

    /// <summary>WeChat name.</summary>
    public string WeChat { get; init; } = "";

    /// <summary>Postal address.</summary>
    public string Address { get; init; } = "";

    /// <summary>Level.</summary>
    public string Level { get; init; } = "";

    /// <summary>Tags in one line.</summary>
    public string Tags { get; init; } = "";

    /// <summary>Note.</summary>
    public string Note { get; init; } = "";

    /// <summary>The agent who looks after the person, or nobody.</summary>
    public AgentId? Owner { get; init; }

    /// <summary>A field's text; the owner's is the agent's number.</summary>
    public string this[CardField field] => field switch
    {
        CardField.Name => Name,
        CardField.Firm => Firm,
        CardField.Phone => Phone,
        CardField.Email => Email,
        CardField.Qq => Qq,
        CardField.WeChat => WeChat,
        CardField.Address => Address,
        CardField.Level => Level,
        CardField.Tags => Tags,
        CardField.Note => Note,
        _ => Owner?.ToString() ?? "",
    };

    /// <summary>The longest a field may be.</summary>
    public static int LimitOf(CardField field) => field == CardField.Note ? NoteLimit : FieldLimit;

    /// <summary>The same with another text in one field.</summary>
    public CardContent With(CardField field, string text) => field switch
    {
        CardField.Name => this with { Name = text },
        CardField.Firm => this with { Firm = text },
        CardField.Phone => this with { Phone = text },
        CardField.Email => this with { Email = text },
        CardField.Qq => this with { Qq = text },
        CardField.WeChat => this with { WeChat = text },
        CardField.Address => this with { Address = text },
        CardField.Level => this with { Level = text },
        CardField.Tags => this with { Tags = text },
        CardField.Note => this with { Note = text },
        _ => this,
    };

    /// <summary>The same with a field as it stands on another card.</summary>
    public CardContent Taking(CardField field, CardContent from) => field == CardField.Owner ? this with { Owner = from.Owner } : With(field, from[field]);

    /// <summary>The fields in which this differs from another one.</summary>
    public IReadOnlyList<CardField> DiffersFrom(CardContent other) => [.. Enum.GetValues<CardField>().Where(field => this[field] != other[field])];

    /// <summary>The tags, one by one, each once.</summary>
    public static IReadOnlyList<string> TagsOf(string line) =>
        [.. line.Split(TagGaps, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>
    /// What is stored of it: without control characters and outer blanks, tags each once. Refusals: CardFieldTooLong, CardNoteTooLong, CardNameMissing.
    /// </summary>
    public Outcome<CardContent> Clean()
    {
        var clean = this;
        foreach (var field in TextFields)
        {
            var text = CleanText(field, this[field]);
            if (text.IsRefused)
            {
                return text.Refusal;
            }

            clean = clean.With(field, text.Value);
        }

        return clean.Name.Length == 0 ? Refusal.CardNameMissing : clean;
    }

    /// <summary>What is wrong with one field, or nothing: told before anything is sent.</summary>
    public Refusal Wrong(CardField field) =>
        CleanText(field, this[field]) is { IsRefused: true } refused ? refused.Refusal
        : field == CardField.Name && MessageText.Line(Name).Length == 0 ? Refusal.CardNameMissing
        : Refusal.None;

    private static Outcome<string> CleanText(CardField field, string? text)
    {
        if (field == CardField.Note)
        {
            var note = MessageText.Clean(text);
            return note.Refusal switch
            {
                Refusal.TextEmpty => "",
                Refusal.TextTooLong => Refusal.CardNoteTooLong,
                _ => note,
            };
        }

        // A text this long is over the limit whatever is taken out of it.
        if (text?.Length > FieldLimit * 4)
        {
            return Refusal.CardFieldTooLong;
        }

        var line = field == CardField.Tags ? string.Join(TagGap, TagsOf(MessageText.Clean(text) is { IsRefused: false } tags ? tags.Value : "")) : MessageText.Line(text);
        return line.Length > FieldLimit ? Refusal.CardFieldTooLong : line;
    }
}
