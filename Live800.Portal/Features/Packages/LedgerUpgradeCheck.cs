using Live800.Domain.Packages;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Features.Packages;

/// <summary>After an upgrade every ledger must be as it was written (2.3): a version that reads or seals lines in another way would charge wrongly from its first answer on.</summary>
internal sealed class LedgerUpgradeCheck(IDbContextFactory<PortalDbContext> contexts, LedgerSeal seal, IOptions<PortalOptions> options) : IUpgradeCheck
{
    public string Name => "the ledgers";

    public async Task<string?> FaultAsync(CancellationToken cancellation)
    {
        if (options.Value.SkipLedgerCheck) return null;
        var report = await new LedgerCheck(contexts, seal).RunAsync(cancellation);
        return report.Bad is [var bad, ..]
            ? $"line {bad.Line} of the ledger of company {bad.Company} is not as it was written ({bad.Fault}). Run verify-ledger with the version you had: where it says the same, the line was bad before, and Portal__SkipLedgerCheck=true upgrades all the same"
            : null;
    }
}
