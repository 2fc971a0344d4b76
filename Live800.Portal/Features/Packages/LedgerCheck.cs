using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>The first bad line of one company's ledger, with the public company ID for people.</summary>
public sealed record BadLine(string Company, long Line, LedgerFault Fault);

/// <summary>What a check of all ledgers found (rule 2.3).</summary>
/// <param name="Companies">Companies checked.</param>
/// <param name="Lines">Ledger lines read.</param>
/// <param name="Bad">The first bad line of each company that has one.</param>
public sealed record LedgerReport(int Companies, long Lines, IReadOnlyList<BadLine> Bad);

/// <summary>Recomputes every company's balances from nothing, on one snapshot of the file; a portal that serves meanwhile is not disturbed (rule 2.3).</summary>
public sealed class LedgerCheck(IDbContextFactory<PortalDbContext> contexts, LedgerSeal seal)
{
    /// <summary>Checks the ledgers of all companies.</summary>
    public async Task<LedgerReport> RunAsync(CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = context.BeginSnapshot();

        var codes = await context.Companies.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Code, cancellation);
        var withLines = await context.LedgerLines.Select(line => line.CompanyId).Distinct().ToListAsync(cancellation);
        var bad = new List<BadLine>();
        var lines = 0L;
        foreach (var company in codes.Keys.Union(withLines).OrderBy(id => id.Value))
        {
            cancellation.ThrowIfCancellationRequested();
            var name = codes.GetValueOrDefault(company, company.ToString());
            var (finding, read) = Check(context, company);
            lines += read;
            if (finding is { } found)
            {
                bad.Add(new BadLine(name, found.Line, found.Fault));
            }
        }

        return new LedgerReport(codes.Count, lines, bad);
    }

    private (LedgerFinding? Finding, long Lines) Check(PortalDbContext context, CompanyId company)
    {
        PackageAccount? account;
        try
        {
            account = context.PackageAccounts.AsNoTracking().AsSplitQuery().SingleOrDefault(a => a.CompanyId == company);
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return (new LedgerFinding(company, 0, LedgerFault.AccountChanged), 0);
        }

        if (account is null)
        {
            return (new LedgerFinding(company, 0, LedgerFault.AccountMissing), 0);
        }

        var lines = new ReadableLines(context.LedgerLines.AsNoTracking().Where(line => line.CompanyId == company).OrderBy(line => line.Number));
        var finding = LedgerVerification.FirstBadLine(account, lines.Read(), seal);
        return finding is { Fault: LedgerFault.Missing } && lines.BrokeOff
            ? (finding.Value with { Fault = LedgerFault.Changed }, lines.Count)
            : (finding, lines.Count);
    }

    /// <summary>What a value that never was an instant, a day or a number does to whoever reads it.</summary>
    private static bool IsUnreadable(Exception exception) =>
        exception is ArgumentException or InvalidCastException or FormatException or OverflowException or InvalidOperationException;

    private sealed class ReadableLines(IQueryable<LedgerLine> query)
    {
        public long Count { get; private set; }

        public bool BrokeOff { get; private set; }

        public IEnumerable<LedgerLine> Read()
        {
            using var lines = query.AsEnumerable().GetEnumerator();
            while (TryNext(lines))
            {
                Count++;
                yield return lines.Current;
            }
        }

        private bool TryNext(IEnumerator<LedgerLine> lines)
        {
            try
            {
                return lines.MoveNext();
            }
            catch (Exception unreadable) when (IsUnreadable(unreadable))
            {
                BrokeOff = true;
                return false;
            }
        }
    }
}
