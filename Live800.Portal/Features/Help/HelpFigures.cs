using System.Globalization;
using System.Text.RegularExpressions;
using Live800.Domain.Conversations;
using Live800.Portal.Components.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Widget;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Help;

/// <summary>
/// The numbers of the help, from where they hold: the operator's figures, the moments, the widget's files as they are served. In the texts they stand
/// as <c>{FreeAnswers}</c>, and <c>{FreeAnswers:answer|answers}</c> is the word that goes with the number.
/// </summary>
public sealed partial class HelpFigures(StoreBoard board, Moments moments, WidgetFiles widget, PublicAddress address)
{
    /// <summary>A text with its numbers. Throws for a name that does not exist.</summary>
    public string Fill(string text, CultureInfo language)
    {
        var values = Read();
        return Hole().Replace(text, hole => values.TryGetValue(hole.Groups[1].Value, out var value)
            ? CountedTexts.Format(language, "{0" + hole.Groups[2].Value + "}", value)
            : throw new InvalidDataException($"The help has no figure {hole.Value}."));
    }

    private Dictionary<string, string> Read()
    {
        var figures = board.Figures;
        return new Dictionary<string, string>
        {
            ["FreeAnswers"] = Words.Count(figures.FreeAnswersPerDay),
            ["FreeSeats"] = Words.Count(figures.FreeSeats),
            ["FreeAccounts"] = Words.Count(figures.FreeAgentAccounts),
            ["PerSeat"] = Words.Count(figures.AgentAccountsPerSeat),
            ["AccountsOfTwo"] = Words.Count(2L * figures.AgentAccountsPerSeat),
            ["TrialDays"] = Words.Count(figures.TrialDays),
            ["TrialSeats"] = Words.Count(figures.TrialSeats),
            ["TrialAndFive"] = Words.Count(figures.TrialSeats + 5L),
            ["SeatSeconds"] = Words.Count((long)moments.SeatGrace.TotalSeconds),
            ["SurplusMinutes"] = Words.Count((long)moments.SurplusEndsAfter.TotalMinutes),
            ["VisitMinutes"] = Words.Count((long)moments.VisitEndsAfter.TotalMinutes),
            ["InviteMinutes"] = Words.Count((long)moments.InvitationExpiresAfter.TotalMinutes),
            ["RestMinutes"] = Words.Count((long)moments.InvitationRest.TotalMinutes),
            ["ReopenMinutes"] = Words.Count((long)moments.ReopenWithin.TotalMinutes),
            ["DeliverSeconds"] = Words.Count((long)moments.NotDeliveredAfter.TotalSeconds),
            ["DeadSeconds"] = Words.Count((long)moments.StreamDeadAfter.TotalSeconds),
            ["FormMinutes"] = Words.Count((long)moments.FormOfferedAfter.TotalMinutes),
            ["LoaderBytes"] = Words.Count(widget.Loader.Gzip.Length),
            ["LoaderLimit"] = Words.Count(WidgetFiles.LoaderLimit),
            ["FrameLimit"] = Words.Count(WidgetFiles.FrameLimit),
            ["PartLimit"] = Words.Count(WidgetFiles.PartLimit),
            ["LaterLimit"] = Words.Count(WidgetFiles.LaterLimit),
            ["PageLimit"] = Words.Count(WidgetFiles.PageLimit),
            ["IconLimit"] = Words.Count(IconPicture.Limit),
            ["PassDays"] = Words.Count((long)VisitorPass.Lifetime.TotalDays),
            ["Portal"] = address.Base,
        };
    }

    [GeneratedRegex(@"\{([A-Za-z]+)(:[^}]*)?\}")]
    private static partial Regex Hole();
}
