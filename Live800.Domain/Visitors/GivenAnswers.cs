using System.Globalization;
using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Visitors;

/// <summary>What a visitor answered before a conversation, as given (rule 5, S2.14): one row each, the newest counts. It makes no card.</summary>
public sealed class GivenAnswers
{
    /// <summary>Longest telephone number, in signs.</summary>
    public const int PhoneLimit = 40;

    /// <summary>Fewest digits of a telephone number.</summary>
    public const int FewestDigits = 5;

    /// <summary>Longest e-mail.</summary>
    public const int EmailLimit = 200;

    private GivenAnswers()
    {
    }

    /// <summary>Nothing answered yet.</summary>
    public GivenAnswers(CompanyId company, VisitorId visitor)
    {
        CompanyId = company;
        VisitorId = visitor;
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Key: whose they are.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The name; empty where he gave none.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The telephone number; empty where he gave none.</summary>
    public string Phone { get; private set; } = "";

    /// <summary>The e-mail; empty where he gave none.</summary>
    public string Email { get; private set; } = "";

    /// <summary>When he answered last.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Whether he left everything blank.</summary>
    public bool IsBlank => Name.Length + Phone.Length + Email.Length == 0;

    /// <summary>
    /// The visitor answers what is asked; what is not asked is passed over and what he gave before stays. Refused, nothing changes.
    /// Refusals: NameTooLong, PhoneInvalid, EmailInvalid, AnswerRequired.
    /// </summary>
    public Outcome Give(PreChatFields asked, string? name, string? phone, string? email, DateTimeOffset now)
    {
        var (newName, newPhone, newEmail) = (CleanName(asked.Name, name), CleanPhone(asked.Phone, phone), CleanEmail(asked.Email, email));
        foreach (var field in new[] { newName, newPhone, newEmail })
        {
            if (field.IsRefused) return field.Refusal;
        }

        if (asked.Name != FieldNeed.NotAsked) Name = newName.Value;
        if (asked.Phone != FieldNeed.NotAsked) Phone = newPhone.Value;
        if (asked.Email != FieldNeed.NotAsked) Email = newEmail.Value;
        At = now;
        return Outcome.Done;
    }

    /// <summary>Whether a conversation may begin: nothing that is required now is blank. What is optional he was asked once.</summary>
    public bool Satisfies(PreChatFields asked) => Has(asked.Name, Name) && Has(asked.Phone, Phone) && Has(asked.Email, Email);

    private static bool Has(FieldNeed need, string answer) => need != FieldNeed.Required || answer.Length > 0;

    private static Outcome<string> CleanName(FieldNeed need, string? text) =>
        need == FieldNeed.NotAsked ? ""
        : text?.Length > Visitor.NameLimit * 4 || MessageText.Line(text) is not { Length: <= Visitor.NameLimit } name ? Refusal.NameTooLong
        : Filled(need, name);

    // Numbers copied out of address books bring invisible marks along, and some keyboards write full-width digits.
    private static Outcome<string> CleanPhone(FieldNeed need, string? text)
    {
        if (need == FieldNeed.NotAsked) return "";
        if (text?.Length > PhoneLimit * 4) return Refusal.PhoneInvalid;
        var plain = MessageText.Line(text).Normalize(NormalizationForm.FormKC);
        var phone = string.Concat(plain.Where(sign => char.GetUnicodeCategory(sign) != UnicodeCategory.Format)).Trim();
        if (phone.Length == 0) return Filled(need, phone);
        var isOne = phone.Length <= PhoneLimit && phone.Count(char.IsAsciiDigit) >= FewestDigits && phone.All(sign => char.IsAsciiDigit(sign) || " +-()".Contains(sign, StringComparison.Ordinal));
        return isOne ? phone : Refusal.PhoneInvalid;
    }

    private static Outcome<string> CleanEmail(FieldNeed need, string? text)
    {
        if (need == FieldNeed.NotAsked) return "";
        if (text?.Length > EmailLimit * 4) return Refusal.EmailInvalid;
        var line = MessageText.Line(text);
        if (line.Length == 0) return Filled(need, line);
        return line.Length > EmailLimit ? Refusal.EmailInvalid : Agent.CleanEmail(line);
    }

    private static Outcome<string> Filled(FieldNeed need, string answer) => Has(need, answer) ? answer : Refusal.AnswerRequired;
}
