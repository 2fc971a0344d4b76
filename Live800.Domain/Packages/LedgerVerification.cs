using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>What is wrong with a ledger line.</summary>
public enum LedgerFault
{
    /// <summary>Its content does not fit its seal: changed or slipped in.</summary>
    Changed = 0,

    /// <summary>It is gone.</summary>
    Missing = 1,

    /// <summary>It stands after the last line the account knows of, or twice.</summary>
    Inserted = 2,

    /// <summary>Its seal is right but recomputing the balances from nothing gives something else.</summary>
    Miscounted = 3,

    /// <summary>The account's record of the last line was changed.</summary>
    TailChanged = 4,

    /// <summary>The account's terms, clicks or free counter are not what the ledger says.</summary>
    AccountChanged = 5,

    /// <summary>Lines without an account, or a company without one.</summary>
    AccountMissing = 6,
}

/// <summary>The first bad line of a company's ledger (rule 2.3).</summary>
/// <param name="Company">Whose ledger.</param>
/// <param name="Line">Number of the line.</param>
/// <param name="Fault">What is wrong with it.</param>
public readonly record struct LedgerFinding(CompanyId Company, long Line, LedgerFault Fault);

/// <summary>Recomputes a ledger from nothing and names the first line that is not as it was written (rule 2.3).</summary>
public static class LedgerVerification
{
    /// <summary>The first bad line, or nothing when all is well.</summary>
    /// <param name="account">The stored account: the tail and the balances to compare with.</param>
    /// <param name="lines">All stored lines of the company by number.</param>
    /// <param name="seal">The box's key.</param>
    public static LedgerFinding? FirstBadLine(PackageAccount account, IEnumerable<LedgerLine> lines, LedgerSeal seal)
    {
        LedgerFinding Bad(long line, LedgerFault fault) => new(account.CompanyId, line, fault);

        var book = new LedgerBook();
        var number = 0L;
        var sealBefore = "";
        foreach (var line in lines)
        {
            number++;
            if (line.Number != number)
            {
                return line.Number > number ? Bad(number, LedgerFault.Missing) : Bad(line.Number, LedgerFault.Inserted);
            }

            if (line.Seal != seal.Over(line.Content(sealBefore)) || line.CompanyId != account.CompanyId)
            {
                return Bad(number, LedgerFault.Changed);
            }

            if (!book.Enter(line))
            {
                return Bad(number, LedgerFault.Miscounted);
            }

            sealBefore = line.Seal;
        }

        if (number < account.LedgerNumber)
        {
            return Bad(number + 1, LedgerFault.Missing);
        }

        if (number > account.LedgerNumber)
        {
            return Bad(account.LedgerNumber + 1, LedgerFault.Inserted);
        }

        if (account.LedgerLastSeal != sealBefore || account.LedgerTailSeal != seal.Over(account.TailContent()))
        {
            return Bad(number, LedgerFault.TailChanged);
        }

        return book.FirstDifference(account) is { } different ? Bad(different, LedgerFault.AccountChanged) : null;
    }
}
