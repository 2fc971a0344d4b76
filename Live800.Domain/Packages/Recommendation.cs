namespace Live800.Domain.Packages;

/// <summary>A package to try on past days: free, an amount of clicks, or a number of seats by the month.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Seats">Monthly: seats.</param>
/// <param name="Clicks">Click: answers paid ahead.</param>
/// <param name="Price">Click: price of these clicks; monthly: price of these seats for one month; minor units.</param>
public readonly record struct PackageOption(PackageKind Kind, int Seats, int Clicks, long Price)
{
    /// <summary>No purchase at all.</summary>
    public static readonly PackageOption Free = new(PackageKind.Free, 0, 0, 0);
}

/// <summary>What a package would have meant on past days (S4.4).</summary>
/// <param name="Option">The package.</param>
/// <param name="Cost">What these days would have cost, minor units: for monthly the share of a month of 30 days, for click the clicks used at the price each.</param>
/// <param name="VisitorsTurnedAway">Conversations for which no answer would have been left.</param>
/// <param name="AgentsTurnedAway">Workspaces refused, counted once a day: the most wanted at once beyond the seats.</param>
public readonly record struct OptionOutcome(PackageOption Option, long Cost, int VisitorsTurnedAway, int AgentsTurnedAway)
{
    /// <summary>Whether nobody would have been turned away.</summary>
    public bool SuitsAll => VisitorsTurnedAway == 0 && AgentsTurnedAway == 0;
}

/// <summary>
/// What the company's own last days would have cost on each package, and whom they would have turned away (S4.4, rule 3.11). Measured, never guessed: without
/// data nothing is recommended.
/// </summary>
/// <param name="Past">The days it is measured on.</param>
/// <param name="Outcomes">One for each option, in the order of the catalogue: free, click, monthly.</param>
/// <param name="Best">
/// The cheapest that turns nobody away; where every one does, the one that turns the fewest visitors away, then agents. Clicks that would last longer than a year at
/// this pace are not recommended where fewer are sold. Nothing without data.
/// </param>
public sealed record Recommendation(PastDays Past, IReadOnlyList<OptionOutcome> Outcomes, OptionOutcome? Best)
{
    /// <summary>Tries what is on sale on past days.</summary>
    /// <param name="past">The company's days.</param>
    /// <param name="figures">The operator's figures of the free package.</param>
    /// <param name="seatMonth">Price of one seat for one month; nothing when monthly is not sold.</param>
    /// <param name="packs">The packs of clicks on sale; empty when click is not sold.</param>
    public static Recommendation From(PastDays past, PackageFigures figures, long? seatMonth, IReadOnlyList<ClickPack> packs)
    {
        var outcomes = Options(past, seatMonth, packs).Select(option => Try(past, option, figures)).ToList();
        var fewest = outcomes.Where(o => o.Option.Kind == PackageKind.Click).Select(o => o.Option.Clicks).DefaultIfEmpty().Min();
        OptionOutcome? best = past.HasData
            ? outcomes.Where(o => o.Option.Clicks <= fewest || IsUsedWithinAYear(o.Option, past)).OrderBy(o => o.VisitorsTurnedAway).ThenBy(o => o.AgentsTurnedAway).ThenBy(o => o.Cost).ThenBy(o => o.Option.Price).First()
            : null;
        return new Recommendation(past, outcomes, best);
    }

    /// <summary>What one package, also one only thought of, would have meant (S4.4). Clicks are used before free answers; with the last click the seats of free begin.</summary>
    public static OptionOutcome Try(PastDays past, PackageOption option, PackageFigures figures)
    {
        var (left, used, visitors, agents) = (option.Clicks, 0, 0, 0);
        foreach (var day in past.Days)
        {
            if (option.Kind == PackageKind.Monthly)
            {
                agents += Math.Max(0, day.Workspaces - option.Seats);
                continue;
            }

            var paid = Math.Min(left, day.Wanted);
            (left, used) = (left - paid, used + paid);
            visitors += Math.Max(0, day.Wanted - paid - figures.FreeAnswersPerDay);
            agents += left > 0 ? 0 : Math.Max(0, day.Workspaces - figures.FreeSeats);
        }

        var cost = option.Kind switch
        {
            PackageKind.Monthly => Share(option.Price, past.Days.Count, PastDays.Longest),
            PackageKind.Click => Share(option.Price, used, option.Clicks),
            _ => 0,
        };
        return new OptionOutcome(option, cost, visitors, agents);
    }

    private static IEnumerable<PackageOption> Options(PastDays past, long? seatMonth, IReadOnlyList<ClickPack> packs)
    {
        yield return PackageOption.Free;
        foreach (var pack in packs.OrderBy(pack => pack.Clicks))
        {
            // As many packs of one size as these days need and one click over, because with the last click the seats of free begin.
            var count = (Math.Max(1L, past.Wanted + 1L) + pack.Clicks - 1) / pack.Clicks;
            if (count * pack.Clicks <= PackageAccount.ClicksLimit) yield return new PackageOption(PackageKind.Click, 0, (int)count * pack.Clicks, count * pack.Price);
        }

        if (seatMonth is { } price)
        {
            var needed = Math.Clamp(past.MostWorkspaces, 1, PackageAccount.SeatsLimit);
            if (needed > 1) yield return new PackageOption(PackageKind.Monthly, needed - 1, 0, price * (needed - 1));
            yield return new PackageOption(PackageKind.Monthly, needed, 0, price * needed);
        }
    }

    /// <summary>A great pack is cheap by the click; nobody is advised to pay for years ahead.</summary>
    private static bool IsUsedWithinAYear(PackageOption option, PastDays past) =>
        (long)option.Clicks * past.Days.Count <= past.Wanted * 365L;

    /// <summary>A part of a price, rounded up to the minor unit.</summary>
    private static long Share(long price, int part, int whole) => (long)((((Int128)price * part) + whole - 1) / whole);
}
