using Live800.Domain.Companies;

namespace Live800.Portal.Features.BeforeChat;

/// <summary>What is asked, as it is being chosen.</summary>
public sealed class BeforeChatDraft
{
    public FieldNeed Name { get; set; }

    public FieldNeed Phone { get; set; }

    public FieldNeed Email { get; set; }

    public string? Words { get; set; }

    public string? WordsEn { get; set; }

    public PreChatFields Fields => new() { Name = Name, Phone = Phone, Email = Email, Words = Words ?? "", WordsEn = WordsEn ?? "" };

    public static BeforeChatDraft Of(PreChatFields asked) => new() { Name = asked.Name, Phone = asked.Phone, Email = asked.Email, Words = asked.Words, WordsEn = asked.WordsEn };
}
