using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>Whether a company asks its visitors for something before a conversation.</summary>
public enum FieldNeed
{
    /// <summary>Nobody is asked.</summary>
    NotAsked = 0,

    /// <summary>Asked once, and may be left blank.</summary>
    Optional = 1,

    /// <summary>No conversation begins without it.</summary>
    Required = 2,
}

/// <summary>What a company asks its visitors before a conversation begins 对话前提问 (rule 5), and the sentence above it. Nothing is asked until an administrator chooses so.</summary>
public sealed record PreChatFields
{
    /// <summary>Longest sentence.</summary>
    public const int WordsLimit = 200;

    /// <summary>Asks nothing.</summary>
    public static readonly PreChatFields Nothing = new();

    public FieldNeed Name { get; init; }

    public FieldNeed Phone { get; init; }

    public FieldNeed Email { get; init; }

    /// <summary>The sentence a visitor who reads Chinese sees; empty for ours.</summary>
    public string Words { get; init; } = "";

    /// <summary>The same for everybody else.</summary>
    public string WordsEn { get; init; } = "";

    /// <summary>Whether a visitor is asked for anything at all.</summary>
    public bool AsksAnything => (Name, Phone, Email) != default;

    /// <summary>Whether no conversation begins without one of them.</summary>
    public bool RequiresAnything => Name == FieldNeed.Required || Phone == FieldNeed.Required || Email == FieldNeed.Required;

    /// <summary>The same as it is kept. Refusals: InputInvalid, TextTooLong.</summary>
    public Outcome<PreChatFields> Checked()
    {
        if (!Enum.IsDefined(Name) || !Enum.IsDefined(Phone) || !Enum.IsDefined(Email)) return Refusal.InputInvalid;
        var clean = this with { Words = MessageText.Line(Words), WordsEn = MessageText.Line(WordsEn) };
        return clean.Words.Length > WordsLimit || clean.WordsEn.Length > WordsLimit ? Refusal.TextTooLong : clean;
    }
}
