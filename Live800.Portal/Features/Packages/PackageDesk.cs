using Live800.Domain.Companies;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>
/// The packages of a company: what is in force, taking answers, crediting and refunding (PRODUCT section 3). The methods that are given a context belong into
/// a work of the write queue of the caller; the others are whole operations of their own.
/// </summary>
public sealed class PackageDesk(
    IDbContextFactory<PortalDbContext> contexts,
    WriteQueue<PortalDbContext> writes,
    LedgerSeal seal,
    StoreBoard board,
    PortalEvents events,
    TimeProvider clock)
{
    /// <summary>What the company enjoys now (rule 3.1).</summary>
    public async Task<Entitlement> EntitlementAsync(CompanyId company, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await EntitlementAsync(context, company, now, cancellation);
    }

    /// <summary>What the company enjoys at an instant, read with the caller's context: in a write, the rows the decision is made on.</summary>
    public async Task<Entitlement> EntitlementAsync(PortalDbContext context, CompanyId company, DateTimeOffset now, CancellationToken cancellation)
    {
        var (account, rules) = await LoadAsync(context, company, cancellation);
        return account.EntitlementAt(now, rules);
    }

    /// <summary>Everything the bar and the explanations behind its numbers show.</summary>
    public async Task<EntitlementFacts> FactsAsync(CompanyId company, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var (account, rules) = await LoadAsync(context, company, cancellation);
        return new EntitlementFacts(account.EntitlementAt(now, rules), account.WarningsAt(now, rules), account.Timeline(now, rules), rules.Zones.ZoneAt(now), now);
    }

    /// <summary>
    /// Inside the caller's write: takes the one answer of a conversation from the package in force and adds the ledger line (rules 2, 2.3, 3.1).
    /// Refusal: NoAnswersLeft (rule 3.6). A conversation that already took its answer breaks the unique index; ask <c>Conversation.AnswerTaken</c> before.
    /// After the commit the caller tells by <see cref="Tell"/>.
    /// </summary>
    public async Task<Outcome<LedgerLine>> TakeAnswerAsync(
        PortalDbContext write, CompanyId company, AnswerWay way, AgentId agent, ConversationId conversation, DateTimeOffset now, CancellationToken cancellation)
    {
        var (account, rules) = await LoadAsync(write, company, cancellation);
        return Keep(write, account.TryAnswer(way, agent, conversation, now, rules, seal));
    }

    /// <summary>Inside the caller's write: opens the account of a new company, with its trial unless withheld (S4.15, rule 1). Also gives the company its entitlement.</summary>
    public PackageAccount Open(PortalDbContext write, Company company, bool withTrial, DateTimeOffset now)
    {
        var account = new PackageAccount(company.Id, seal);
        _ = write.Add(account);
        if (withTrial)
        {
            _ = Keep(write, account.GiveTrial(NewOrder(now), now, new PackageRules(board.Figures, company.Zones), seal));
        }

        return account;
    }

    /// <summary>Inside the caller's write: gives a company its trial, if it has had none (S4.15). Refusal: TrialGiven. After the commit the caller tells.</summary>
    public async Task<Outcome<LedgerLine>> GiveTrialAsync(PortalDbContext write, CompanyId company, DateTimeOffset now, CancellationToken cancellation)
    {
        var (account, rules) = await LoadAsync(write, company, cancellation);
        return Keep(write, account.GiveTrial(NewOrder(now), now, rules, seal));
    }

    /// <summary>Inside the caller's write: credits a paid order, once (rule 3.11). Refusals: NotPaid, AlreadyFulfilled, and those of the account. After the commit the caller tells.</summary>
    public async Task<Outcome<LedgerLine>> FulfilAsync(PortalDbContext write, Order order, DateTimeOffset now, CancellationToken cancellation)
    {
        var (account, rules) = await LoadAsync(write, order.CompanyId, cancellation);
        return Keep(write, order.Fulfil(account, now, rules, seal));
    }

    /// <summary>Inside the caller's write: takes back what is unused of an order (rule 3.11). Refusals: NotPaid, NothingToRefund.</summary>
    public async Task<Outcome<LedgerLine?>> RefundAsync(PortalDbContext write, Order order, string note, DateTimeOffset now, CancellationToken cancellation)
    {
        var (account, _) = await LoadAsync(write, order.CompanyId, cancellation);
        var line = order.Refund(account, note, now, seal);
        if (line is { IsRefused: false, Value: not null }) _ = write.Add(line.Value);
        return line;
    }

    /// <summary>Fulfils an order of clicks, once (rule 3.11). Refusals: ClicksInvalid, AlreadyFulfilled.</summary>
    public Task<Outcome<LedgerLine>> BuyClicksAsync(CompanyId company, OrderId order, int clicks, CancellationToken cancellation = default) =>
        ChangeAsync(company, (account, _, now) => account.BuyClicks(order, clicks, now, seal), cancellation);

    /// <summary>Fulfils an order of a term, once (rules 3.3, 3.4, 3.11). Refusals: TermInvalid, AlreadyFulfilled.</summary>
    public Task<Outcome<LedgerLine>> BuyTermAsync(CompanyId company, OrderId order, int seats, int months, TermStart start, CancellationToken cancellation = default) =>
        ChangeAsync(company, (account, rules, now) => account.BuyTerm(order, seats, months, start, now, rules, seal), cancellation);

    /// <summary>The operator gives clicks (rule 3.11). Refusal: ClicksInvalid.</summary>
    public Task<Outcome<LedgerLine>> GrantClicksAsync(CompanyId company, int clicks, string note, CancellationToken cancellation = default) =>
        ChangeAsync(company, (account, _, now) => account.GrantClicks(NewOrder(now), clicks, note, now, seal), cancellation);

    /// <summary>The operator gives a term (rule 3.11). Refusal: TermInvalid.</summary>
    public Task<Outcome<LedgerLine>> GrantTermAsync(CompanyId company, int seats, int months, TermStart start, string note, CancellationToken cancellation = default) =>
        ChangeAsync(company, (account, rules, now) => account.GrantTerm(NewOrder(now), seats, months, start, note, now, rules, seal), cancellation);

    /// <summary>Inside the caller's write: the operator gives clicks (rule 3.11). Refusal: ClicksInvalid. After the commit the caller tells.</summary>
    public async Task<Outcome<LedgerLine>> GrantClicksAsync(PortalDbContext write, CompanyId company, int clicks, string note, DateTimeOffset now, CancellationToken cancellation)
    {
        var (account, _) = await LoadAsync(write, company, cancellation);
        return Keep(write, account.GrantClicks(NewOrder(now), clicks, note, now, seal));
    }

    /// <summary>Inside the caller's write: the operator gives a term (rule 3.11). Refusal: TermInvalid. After the commit the caller tells.</summary>
    public async Task<Outcome<LedgerLine>> GrantTermAsync(
        PortalDbContext write, CompanyId company, int seats, int months, TermStart start, string note, DateTimeOffset now, CancellationToken cancellation)
    {
        var (account, rules) = await LoadAsync(write, company, cancellation);
        return Keep(write, account.GrantTerm(NewOrder(now), seats, months, start, note, now, rules, seal));
    }

    /// <summary>Takes back what is unused of an order (rule 3.11). Refusals: OrderUnknown, NothingToRefund.</summary>
    public Task<Outcome<LedgerLine>> RefundAsync(CompanyId company, OrderId order, CancellationToken cancellation = default) =>
        ChangeAsync(company, (account, _, now) => account.Refund(order, now, seal), cancellation);

    /// <summary>Tells the company's pages to read answers, package and seats again. Only after a commit.</summary>
    public void Tell(CompanyId company)
    {
        events.Publish(new PortalEvent(company, PortalTopic.Entitlement, company.Value));
        events.Publish(new PortalEvent(company, PortalTopic.Seats, company.Value));
    }

    private async Task<Outcome<LedgerLine>> ChangeAsync(
        CompanyId company, Func<PackageAccount, PackageRules, DateTimeOffset, Outcome<LedgerLine>> change, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var outcome = await writes.RunAsync(
            async (write, token) =>
            {
                var (account, rules) = await LoadAsync(write, company, token);
                return Keep(write, change(account, rules, now));
            },
            cancellation);
        if (!outcome.IsRefused)
        {
            Tell(company);
        }

        return outcome;
    }

    private async Task<(PackageAccount Account, PackageRules Rules)> LoadAsync(PortalDbContext context, CompanyId company, CancellationToken cancellation)
    {
        var owner = await context.Companies.SingleAsync(c => c.Id == company, cancellation);
        var account = await context.PackageAccounts.AsSplitQuery().SingleAsync(a => a.CompanyId == company, cancellation);
        return (account, new PackageRules(board.Figures, owner.Zones));
    }

    private static Outcome<LedgerLine> Keep(PortalDbContext write, Outcome<LedgerLine> line)
    {
        if (!line.IsRefused)
        {
            _ = write.Add(line.Value);
        }

        return line;
    }

    private static OrderId NewOrder(DateTimeOffset now) => new(IdSource.Next(now));
}
