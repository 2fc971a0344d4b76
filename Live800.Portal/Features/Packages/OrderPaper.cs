using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Mail;

namespace Live800.Portal.Features.Packages;

/// <summary>What a letter about an order says, by the state the order has come to. Times are the company's.</summary>
internal sealed class OrderPaper(Order order, Company company, PackageAccount account, StoreTerms terms, TimeZoneInfo zone)
{
    private string Name => order.NameIn(company.Code);

    private string Money => Words.Money(order.Amount, order.Currency);

    /// <summary>To the buyer.</summary>
    public void Write(Letter letter)
    {
        _ = letter.About(letter.Word<LetterTexts>(order.State + "Subject", Name)).Say(letter.Word<LetterTexts>(order.State + "Text", company.Name, Name));
        switch (order.State)
        {
            case OrderState.New:
                What(letter);
                Invoice(letter);
                _ = letter.Say(letter.Word<LetterTexts>("TransferHow", Money, Name));
                foreach (var line in terms.TransferInstructions.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) _ = letter.Say(line);
                break;
            case OrderState.Fulfilled:
                Receipt(letter);
                break;
            case OrderState.Refunded:
                What(letter);
                Refund(letter);
                Note(letter);
                break;
            default:
                What(letter);
                Note(letter);
                break;
        }
    }

    /// <summary>To the platform operator: an order waits for its money, or its money came and could not be credited.</summary>
    public void WriteToOperator(Letter letter)
    {
        _ = letter.About(letter.Word<LetterTexts>("Operator" + order.State + "Subject", Name))
            .Say(letter.Word<LetterTexts>("Operator" + order.State + "Text"))
            .Fact(letter.Word<LetterTexts>("Company"), $"{company.Name} · {company.Code}");
        What(letter);
        Invoice(letter);
    }

    /// <summary>From when to when, with the zone's name: 2026-03-02 12:00 至 2026-04-02 12:00（Asia/Shanghai）.</summary>
    public static string Runs(Letter letter, DateTimeOffset start, DateTimeOffset end, TimeZoneInfo zone) =>
        letter.Word<LetterTexts>("RunsFromTo", Stamp(start, zone), Stamp(end, zone), zone.Id);

    /// <summary>2026-03-02 12:00, in the zone.</summary>
    public static string Stamp(DateTimeOffset at, TimeZoneInfo zone) => $"{Words.FullDate(at, zone)} {Words.Time(at, zone)}";

    private void Receipt(Letter letter)
    {
        if (terms.Seller.Length > 0) _ = letter.Fact(letter.Word<StoreTexts>("ReceiptSeller"), terms.Seller);
        _ = letter.Fact(letter.Word<StoreTexts>("ReceiptBuyer"), $"{order.Invoice?.Title ?? company.Name} · {company.Code}");
        What(letter);
        _ = letter.Fact(letter.Word<StoreTexts>("PaidAt"), letter.Word<LetterTexts>("At", Stamp(order.PaidAt!.Value, zone), zone.Id))
            .Fact(letter.Word<LetterTexts>("PaidHow"), letter.Word<StoreTexts>("PaidBy" + order.PaidBy));
        if (account.Terms.FirstOrDefault(term => term.OrderId == order.Id) is { } bought) _ = letter.Fact(letter.Word<LetterTexts>("Runs"), Runs(letter, bought.Start, bought.End, zone));
        Invoice(letter);
        _ = letter.Say(letter.Word<StoreTexts>("ReceiptNote"));
    }

    private void Refund(Letter letter)
    {
        if (account.Credits.FirstOrDefault(credit => credit.OrderId == order.Id) is { } clicks)
            _ = letter.Fact(letter.Word<LetterTexts>("TakenBack"), letter.Word<StoreTexts>("WhatClicks", Words.Count(clicks.Refunded)));
        else if (account.Terms.FirstOrDefault(term => term.OrderId == order.Id) is { } term)
            _ = letter.Fact(letter.Word<LetterTexts>("TakenBack"), Runs(letter, term.End, term.BoughtEnd, zone));
        _ = letter.Fact(letter.Word<LetterTexts>("RefundAmount"), Words.Money(order.RefundedAmount, order.Currency));
    }

    private void What(Letter letter)
    {
        var item = order.Item;
        var what = item.Kind == PackageKind.Monthly ? letter.Word<StoreTexts>("WhatTerm", Words.Count(item.Seats), item.Months)
            : item.Packs == 1 ? letter.Word<StoreTexts>("WhatClicks", Words.Count(item.Clicks))
            : letter.Word<StoreTexts>("WhatPacks", Words.Count(item.Clicks), Words.Count(item.PackSize), item.Packs);
        _ = letter.Fact(letter.Word<StoreTexts>("OrderNumber"), Name).Fact(letter.Word<StoreTexts>("OrderWhat"), what).Fact(letter.Word<LetterTexts>("Amount"), Money);
        if (order.State == OrderState.New && item.Kind == PackageKind.Monthly)
        {
            _ = letter.Fact(letter.Word<StoreTexts>("WhenToStart"), item.StartsAfterCurrent ? letter.Word<StoreTexts>("StartAfter")
                : item.StartsOn is { } date ? letter.Word<StoreTexts>("StartOn", Words.FullDate(date, zone))
                : letter.Word<StoreTexts>("StartPaid"));
        }
    }

    private void Invoice(Letter letter)
    {
        if (order.Invoice is not { } wished) return;
        _ = letter.Fact(letter.Word<LetterTexts>("Invoice"), letter.Word<StoreTexts>("Invoice" + wished.Kind)).Fact(letter.Word<StoreTexts>("InvoiceTitleField"), wished.Title);
        foreach (var (name, value) in new[] { ("InvoiceTax", wished.TaxNumber), ("InvoiceAddress", wished.Address), ("InvoiceBank", wished.Bank), ("InvoiceEmail", wished.Email) })
        {
            if (value.Length > 0) _ = letter.Fact(letter.Word<StoreTexts>(name), value);
        }
    }

    private void Note(Letter letter)
    {
        if (order.Note.Length > 0) _ = letter.Fact(letter.Word<LetterTexts>("Note"), order.Note);
    }
}
