using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Agents;

/// <summary>Somebody who is invited: a name, an e-mail, or both.</summary>
public sealed record Guest(string Name, string? Email)
{
    /// <summary>The most lines at once.</summary>
    public const int MostLines = 50;

    private static readonly char[] Separators = [',', '，', ';', '；', '\t', '<', '>', ' ', '\u3000'];

    /// <summary>What he is called in a list.</summary>
    public string Label => Name.Length > 0 ? Name : Email ?? "";

    /// <summary>
    /// One guest a line: a name, an e-mail, or both in either order, with comma, blank or angle brackets between. Blank lines are left out.
    /// Refusals, with the number of the line: EmailInvalid, DisplayNameInvalid; InputInvalid for none or too many, with 0.
    /// </summary>
    public static (IReadOnlyList<Guest> Guests, Refusal Refusal, int Line) Read(string? text)
    {
        var lines = (text ?? "").ReplaceLineEndings("\n").Split('\n');
        var guests = new List<Guest>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (MessageText.Line(lines[i]).Length == 0) continue;
            if (guests.Count == MostLines) return ([], Refusal.InputInvalid, 0);
            var words = lines[i].Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var mails = Array.FindAll(words, word => word.Contains('@', StringComparison.Ordinal));
            var guest = Of(string.Join(' ', words.Except(mails)), mails.Length > 1 ? lines[i] : mails.FirstOrDefault());
            if (guest.IsRefused) return ([], guest.Refusal, i + 1);
            if (!guests.Contains(guest.Value)) guests.Add(guest.Value);
        }

        return guests.Count == 0 ? ([], Refusal.InputInvalid, 0) : (guests, Refusal.None, 0);
    }

    /// <summary>Refusals: DisplayNameInvalid (too long, or nothing at all), EmailInvalid.</summary>
    public static Outcome<Guest> Of(string? name, string? email)
    {
        var clean = MessageText.Line(name);
        if (clean.Length > Agent.DisplayNameLimit) return Refusal.DisplayNameInvalid;
        if (string.IsNullOrWhiteSpace(email)) return clean.Length == 0 ? Refusal.DisplayNameInvalid : new Guest(clean, null);
        var address = Agent.CleanEmail(email);
        return address.IsRefused ? address.Refusal : new Guest(clean, address.Value);
    }
}
