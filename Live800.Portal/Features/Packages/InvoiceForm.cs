using Live800.Domain.Packages;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Packages;

/// <summary>What stands in the boxes of the invoice 发票.</summary>
public sealed class InvoiceForm
{
    public bool IsWished { get; set; }

    public InvoiceKind Kind { get; set; }

    public string? Title { get; set; }

    public string? TaxNumber { get; set; }

    public string? Address { get; set; }

    public string? Bank { get; set; }

    public string? Email { get; set; }

    public static InvoiceForm From(InvoiceDetails? details) => details is null ? new InvoiceForm() : new InvoiceForm
    {
        IsWished = true,
        Kind = details.Kind,
        Title = details.Title,
        TaxNumber = details.TaxNumber,
        Address = details.Address,
        Bank = details.Bank,
        Email = details.Email,
    };

    /// <summary>The details, or nothing when no invoice is wished. Refusals: those of <see cref="InvoiceDetails.Of"/>.</summary>
    public Outcome<InvoiceDetails?> Read()
    {
        if (!IsWished) return (InvoiceDetails?)null;
        var details = InvoiceDetails.Of(Kind, Title, TaxNumber, Address, Bank, Email);
        return details.IsRefused ? details.Refusal : details.Value;
    }
}
