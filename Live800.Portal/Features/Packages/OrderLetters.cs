using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>
/// Letters about orders and grants (rule 3.11), queued in the write that changes them, so that each is told exactly as often as it happened. The buyer is whoever
/// placed the order; is he gone or without e-mail, the company's administrators.
/// </summary>
public sealed class OrderLetters(StoreBoard board, PublicAddress address)
{
    /// <summary>Inside the caller's write: tells of the state an order has just come to.</summary>
    public async Task TellAsync(PortalDbContext write, Order order, DateTimeOffset now, CancellationToken cancellation)
    {
        var company = await write.Companies.SingleAsync(row => row.Id == order.CompanyId, cancellation);
        var account = await write.PackageAccounts.AsSplitQuery().SingleAsync(row => row.CompanyId == order.CompanyId, cancellation);
        var paper = new OrderPaper(order, company, account, board.Terms, company.Zones.ZoneAt(now));
        var operators = order.State is OrderState.New or OrderState.Paid ? await LetterReceivers.OperatorsAsync(write, cancellation) : [];
        var buyers = await LetterReceivers.AdministratorAsync(write, company.Id, order.PlacedBy, cancellation);
        foreach (var buyer in buyers)
        {
            var letter = Start(order.State is OrderState.Fulfilled ? LetterKind.Receipt : LetterKind.Order, buyer, $"order:{order.Id}:{order.State}");
            paper.Write(letter);
            _ = letter.Link(letter.Word<LetterTexts>("OpenOrder"), address.Of($"/store/orders/{order.Number}"));
            // Who buys from himself has one letter.
            if (operators.Exists(one => one.Account == buyer.Account)) ToOrders(letter);
            _ = await MailDesk.QueueAsync(write, company.Id, letter, now, cancellation);
        }

        foreach (var one in operators)
        {
            if (buyers.Exists(buyer => buyer.Account == one.Account)) continue;
            var letter = Start(LetterKind.Order, one, $"order:{order.Id}:{order.State}:operator");
            paper.WriteToOperator(letter);
            ToOrders(letter);
            _ = await MailDesk.QueueAsync(write, null, letter, now, cancellation);
        }
    }

    /// <summary>Inside the caller's write: tells the company's administrators what the operator gave; not the operator himself.</summary>
    public async Task GrantedAsync(PortalDbContext write, CompanyId id, LedgerLine line, string note, AgentId by, DateTimeOffset now, CancellationToken cancellation)
    {
        var company = await write.Companies.SingleAsync(row => row.Id == id, cancellation);
        var zone = company.Zones.ZoneAt(now);
        foreach (var one in await LetterReceivers.AdministratorsAsync(write, id, cancellation))
        {
            if (one.Account == by.Value) continue;
            var letter = Start(LetterKind.Grant, one, $"grant:{line.OrderId}");
            string Say(string key, params object?[] facts) => letter.Word<LetterTexts>(key, facts);
            _ = letter.About(Say("GrantSubject", company.Name)).Say(Say("GrantText", company.Name, company.Code));
            if (line.TermStart is { } start) _ = letter.Fact(Say("Granted"), Say("GrantTerm", Words.Count(line.Seats))).Fact(Say("Runs"), OrderPaper.Runs(letter, start, line.TermEnd!.Value, zone));
            else _ = letter.Fact(Say("Granted"), letter.Word<StoreTexts>("WhatClicks", Words.Count(line.Clicks)));
            _ = letter.Fact(Say("Note"), note).Link(Say("OpenStore"), address.Of("/store"));
            _ = await MailDesk.QueueAsync(write, id, letter, now, cancellation);
        }
    }

    private void ToOrders(Letter letter) => _ = letter.Link(letter.Word<LetterTexts>("OpenOrders"), address.Of("/platform/orders"));

    private static Letter Start(LetterKind kind, LetterReceiver to, string once) => new(kind, to.Email, to.Name, to.Language) { OnceKey = $"{once}:{to.Account}" };
}
