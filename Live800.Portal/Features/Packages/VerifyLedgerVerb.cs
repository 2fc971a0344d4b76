using System.Text.Json;
using Live800.Domain.Packages;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Packages;

/// <summary>
/// <c>verify-ledger [--json]</c>: exit 0 when every line of every company's ledger is as it was written, 1 naming company and line when not (rule 2.3).
/// Runs beside a serving portal; reads only.
/// </summary>
public static class VerifyLedgerVerb
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "verify-ledger";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Runs the verb if the command line asks for it; otherwise nothing.</summary>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        return PortalVerb.Read(Name, args) is { } verb ? await RunAsync(verb.Options, verb.Json, Console.Out) : null;
    }

    /// <summary>Checks the data directory of the options and writes what was found.</summary>
    public static async Task<int> RunAsync(PortalOptions options, bool json, TextWriter output)
    {
        // Nothing is made here that is not there: a new key would only call every line changed.
        var database = Path.Combine(options.DataPath, "portal.db");
        var key = Path.Combine(options.DataPath, "keys", "ledger.key");
        foreach (var needed in new[] { database, key })
        {
            if (!File.Exists(needed))
            {
                await output.WriteLineAsync(json ? JsonSerializer.Serialize(new { ok = false, missing = needed }, Json) : $"Not found: {needed}. Set Portal__DataDirectory to the portal's data folder.");
                return 1;
            }
        }

        var file = new DataFile<PortalDbContext>(database, FullSync: true);
        var report = await new LedgerCheck(new Factory(file), new LedgerSeal(await File.ReadAllBytesAsync(key))).RunAsync();
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(
                new { ok = report.Bad.Count == 0, companies = report.Companies, lines = report.Lines, bad = report.Bad.Select(b => new { company = b.Company, line = b.Line, fault = b.Fault.ToString() }) }, Json));
            return report.Bad.Count == 0 ? 0 : 1;
        }

        await output.WriteLineAsync($"Ledgers in {options.DataPath}");
        foreach (var bad in report.Bad)
        {
            await output.WriteLineAsync($"Company {bad.Company}, line {bad.Line}: {Words(bad.Fault)}.");
        }

        await output.WriteLineAsync($"{report.Companies} {(report.Companies == 1 ? "company" : "companies")}, {report.Lines} ledger lines checked, {(report.Bad.Count == 0 ? "all as written" : $"{report.Bad.Count} companies with a bad ledger")}.");
        return report.Bad.Count == 0 ? 0 : 1;
    }

    private static string Words(LedgerFault fault) => fault switch
    {
        LedgerFault.Changed => "changed after it was written",
        LedgerFault.Missing => "missing",
        LedgerFault.Inserted => "inserted; the portal never wrote it",
        LedgerFault.Miscounted => "does not follow from the lines before it",
        LedgerFault.TailChanged => "the account's record of the last line was changed",
        LedgerFault.AccountChanged => "the account's balance is not what the ledger says",
        _ => "the company has no package account",
    };

    private sealed class Factory(DataFile<PortalDbContext> file) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<PortalDbContext>();
            file.Configure(options);
            return new PortalDbContext(options.Options);
        }
    }
}
