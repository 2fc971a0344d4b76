using System.Globalization;
using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Packages;

/// <summary>What a ledger line says, in the words of the page and of the file.</summary>
public static class LedgerWords
{
    /// <summary>应答, 充入, 退还.</summary>
    public static string Kind(LedgerLine line, IStringLocalizer<Texts> texts) => texts["Ledger" + line.Kind];

    /// <summary>How the answer was started, or where the credit came from.</summary>
    public static string Way(LedgerLine line, IStringLocalizer<Texts> texts) =>
        line.Way is { } way ? texts["Way" + way] : line.Origin is { } origin ? texts["Origin" + origin] : "";

    /// <summary>The package an answer was charged to; what a credit or refund is of.</summary>
    public static string Charged(LedgerLine line, IStringLocalizer<Texts> texts) =>
        texts["Package" + (line.Charged ?? (line.Seats > 0 ? PackageKind.Monthly : PackageKind.Click))];

    /// <summary>How the balance moved: clicks, or for a free answer the day's free answers; a term and an answer under monthly move nothing (2.3).</summary>
    public static long Change(LedgerLine line) => line.Kind switch
    {
        LedgerKind.Credit => line.Clicks,
        LedgerKind.Refund => -line.Clicks,
        _ => line.Charged == PackageKind.Monthly ? 0 : -1,
    };

    /// <summary>The change as the page shows it: +1,000, −1, 0, +5 席位.</summary>
    public static string ChangeShown(LedgerLine line, IStringLocalizer<Texts> texts) =>
        line.Seats > 0 ? texts[line.Kind == LedgerKind.Refund ? "SeatsTaken" : "SeatsGiven", Words.Count(line.Seats)] : Signed(Change(line));

    /// <summary>The balance as the page shows it: clicks left, or 今日免费 3 / 5.</summary>
    public static string BalanceShown(LedgerLine line, IStringLocalizer<Texts> texts) =>
        line.FreePerDay is { } perDay ? texts["FreeBalance", line.BalanceAfter, perDay] : Words.Count(line.BalanceAfter);

    /// <summary>The term of a credit, or what is left of it after a refund; empty for everything else.</summary>
    public static string Term(LedgerLine line, TimeZoneInfo zone, IStringLocalizer<Texts> texts) =>
        line is { TermStart: { } start, TermEnd: { } end } ? texts["TermSpan", Stamp(start, zone)[..16], Stamp(end, zone)[..16]] : "";

    /// <summary>An instant that is always complete: 2026-03-02 12:00:00.</summary>
    public static string Stamp(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Signed(long change) => change switch
    {
        > 0 => "+" + Words.Count(change),
        < 0 => "−" + Words.Count(-change),
        _ => "0",
    };
}
