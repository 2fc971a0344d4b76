using Live800.Domain.Packages;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Packages;

/// <summary>What an order says, in words.</summary>
public static class OrderWords
{
    /// <summary>包月 5 席位 × 6 个月; 点击 1,000 次.</summary>
    public static string What(OrderItem item, IStringLocalizer<StoreTexts> texts) => item.Kind == PackageKind.Monthly
        ? texts["WhatTerm", Seats(item.Seats, texts), Months(item.Months, texts)]
        : item.Packs == 1 ? texts["WhatClicks", Words.Count(item.Clicks)] : texts["WhatPacks", Words.Count(item.Clicks), Words.Count(item.PackSize), item.Packs];

    /// <summary>1 seat, 5 seats.</summary>
    public static string Seats(long seats, IStringLocalizer<StoreTexts> texts) => texts[seats == 1 ? "SeatsCountOne" : "SeatsCount", Words.Count(seats)];

    /// <summary>1 month, 6 months.</summary>
    public static string Months(int months, IStringLocalizer<StoreTexts> texts) => texts[months == 1 ? "MonthsCountOne" : "MonthsCount", months];

    /// <summary>When the term was wished to begin.</summary>
    public static string Start(OrderItem item, TimeZoneInfo zone, IStringLocalizer<StoreTexts> texts) =>
        item.StartsAfterCurrent ? texts["StartAfter"] : item.StartsOn is { } date ? texts["StartOn", Words.FullDate(date, zone)] : texts["StartPaid"];

    /// <summary>What happened to money, in a sentence.</summary>
    public static string Money(MoneyLine line, IStringLocalizer<StoreTexts> texts) => line.Kind switch
    {
        MoneyLineKind.PaysNothing => texts["MoneyPaysNothing" + line.Refusal, Words.Money(line.Amount, line.Currency), line.Reference],
        MoneyLineKind.ReturnAsked => texts[line.Said.Length > 0 ? "MoneyReturnWaits" : "MoneyReturnAsked", Words.Money(line.Amount, line.Currency), line.Reference, line.Said],
        _ => texts["Money" + line.Kind, line.Currency.Length > 0 ? Words.Money(line.Amount, line.Currency) : "", line.Reference, line.Said],
    };

    /// <summary>Class of the chip that says the state.</summary>
    public static string Chip(OrderState state) => state switch
    {
        OrderState.New => "chip wait",
        OrderState.Paid or OrderState.Fulfilled => "chip good",
        _ => "chip",
    };
}
