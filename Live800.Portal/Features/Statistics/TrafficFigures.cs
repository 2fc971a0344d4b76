using Live800.Domain.Statistics;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Statistics;

/// <summary>The key figures of traffic as a strip shows them.</summary>
internal static class TrafficFigures
{
    public static IReadOnlyList<FigureStrip.Figure> Of(Traffic now, Traffic? before, IStringLocalizer<Texts> texts, Func<string, string> link)
    {
        var (sums, was) = (now.Whole, before?.Whole);
        return
        [
            Count("visits", sums.Visits, was?.Visits), Count("visitors", sums.Visitors, was?.Visitors), Count("views", sums.Views, was?.Views), Count("addresses", sums.Lines, was?.Lines),
            new("bounce", texts["Figure.bounce"], FigureWords.Percent(sums.BounceRate), sums.BounceRate, was?.BounceRate, ChangeKind.Points, LessIsBetter: true),
            new("length", texts["Figure.length"], FigureWords.Length(sums.MeanLength), sums.MeanLength?.TotalSeconds, was?.MeanLength?.TotalSeconds, ChangeKind.Seconds),
            new("talkrate", texts["Figure.talkrate"], FigureWords.Percent(sums.TalkRate), sums.TalkRate, was?.TalkRate, ChangeKind.Points),
        ];

        FigureStrip.Figure Count(string key, long of, long? earlier) => new(key, texts["Figure." + key], Words.Count(of), of, earlier, Link: link(key));
    }

    /// <summary>The page that is shown, divided by another unit.</summary>
    public static string UnitLink(StatisticsUnit unit, StatisticsFrame frame, string figure, string part = "")
    {
        var query = (frame.Wish with { Unit = unit }).ToQuery();
        return (frame with { Query = query }).Link(part, ("figure", figure == "visits" ? null : figure));
    }
}
