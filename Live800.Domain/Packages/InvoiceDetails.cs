using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>The kinds of 发票.</summary>
public enum InvoiceKind
{
    /// <summary>增值税普通发票.</summary>
    Ordinary = 0,

    /// <summary>增值税专用发票: names the buyer's tax number, address and bank too.</summary>
    Special = 1,
}

/// <summary>What the invoice 发票 of an order shall say (rule 3.11).</summary>
public sealed partial record InvoiceDetails
{
    /// <summary>Longest title, address, bank.</summary>
    public const int LineLimit = 120;

    private InvoiceDetails()
    {
    }

    /// <summary>Which kind is wished.</summary>
    public InvoiceKind Kind { get; private init; }

    /// <summary>抬头: whom it is made out to.</summary>
    public string Title { get; private init; } = "";

    /// <summary>税号, 15 to 20 capital letters and digits; may be empty on an ordinary invoice to a person.</summary>
    public string TaxNumber { get; private init; } = "";

    /// <summary>The buyer's address and telephone.</summary>
    public string Address { get; private init; } = "";

    /// <summary>The buyer's bank and account.</summary>
    public string Bank { get; private init; } = "";

    /// <summary>Where the invoice is sent.</summary>
    public string Email { get; private init; } = "";

    /// <summary>Takes what was typed. Refusals: InvoiceTitleInvalid, TaxNumberInvalid, InvoiceIncomplete (address or bank of a special one), TextTooLong, EmailInvalid.</summary>
    public static Outcome<InvoiceDetails> Of(InvoiceKind kind, string? title, string? taxNumber, string? address, string? bank, string? email)
    {
        var details = new InvoiceDetails
        {
            Kind = kind,
            Title = MessageText.Line(title),
            TaxNumber = MessageText.Line(taxNumber).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
            Address = MessageText.Line(address),
            Bank = MessageText.Line(bank),
            Email = MessageText.Line(email),
        };
        if (!Enum.IsDefined(kind))
        {
            return Refusal.InputInvalid;
        }

        if (details.Title.Length is 0 or > LineLimit)
        {
            return Refusal.InvoiceTitleInvalid;
        }

        if (details.TaxNumber.Length > 0 || kind == InvoiceKind.Special)
        {
            if (!TaxNumberPattern().IsMatch(details.TaxNumber))
            {
                return Refusal.TaxNumberInvalid;
            }
        }

        if (details.Address.Length > LineLimit || details.Bank.Length > LineLimit)
        {
            return Refusal.TextTooLong;
        }

        if (kind == InvoiceKind.Special && (details.Address.Length == 0 || details.Bank.Length == 0))
        {
            return Refusal.InvoiceIncomplete;
        }

        return details.Email.Length > 0 && (details.Email.Length > 254 || !EmailPattern().IsMatch(details.Email)) ? Refusal.EmailInvalid : details;
    }

    [GeneratedRegex("^[0-9A-Z]{15,20}$")]
    private static partial Regex TaxNumberPattern();

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\.[^\s@]+$")]
    private static partial Regex EmailPattern();
}
