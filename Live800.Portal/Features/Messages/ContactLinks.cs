using Live800.Domain.Companies;

namespace Live800.Portal.Features.Messages;

/// <summary>Where a contact that a visitor left leads to: writing a letter or calling, and nothing else a stranger may have typed.</summary>
public static class ContactLinks
{
    /// <summary>An address with mailto: or tel:, or nothing.</summary>
    public static string? Of(string contact)
    {
        if (Agent.CleanEmail(contact) is { IsRefused: false } email) return "mailto:" + Uri.EscapeDataString(email.Value).Replace("%40", "@", StringComparison.Ordinal);
        return PhoneOf(contact) is { } phone ? "tel:" + phone : null;
    }

    /// <summary>The figures of a telephone number, with a plus where it stands in front; nothing when it is none.</summary>
    public static string? PhoneOf(string contact)
    {
        var figures = new string([.. contact.Where(char.IsAsciiDigit)]);
        if (figures.Length is < 5 or > 15) return null;
        foreach (var sign in contact)
        {
            if (!char.IsAsciiDigit(sign) && !" -+()（）".Contains(sign, StringComparison.Ordinal)) return null;
        }

        return contact.TrimStart().StartsWith('+') ? "+" + figures : figures;
    }
}
