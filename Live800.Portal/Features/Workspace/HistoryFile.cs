using System.Globalization;
using Live800.Domain.Conversations;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Visitors;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Workspace;

/// <summary>Writes the history as a file for spreadsheets, one line a conversation: headings in the reader's language, instants in the company's zone, whatever a person wrote as words. What was said is the transcript's matter.</summary>
public sealed class HistoryFile(IStringLocalizer<Texts> texts, IStringLocalizer<Visitors.Texts> names, IStringLocalizer<Packages.Texts> ways, CompanyProfile profile, TimeZoneInfo zone)
{
    /// <summary>How a conversation came to its end.</summary>
    public static string How(Conversation conversation, IStringLocalizer<Texts> texts) =>
        texts[conversation.State == ConversationState.Withdrawn || conversation.AcceptedAt is null ? "HowWithdrawn" : "How" + (conversation.EndedBy ?? EndedBy.Visit)];

    public Task WriteAsync(ExportKind kind, Stream stream, IAsyncEnumerable<HistoryEntry> entries, CancellationToken cancellation)
    {
        var safe = Spreadsheet.Safe(kind);
        return Spreadsheet.WriteAsync(kind, stream, entries.Select(entry => Line(entry, safe)), Spreadsheet.Columns<SpreadsheetLine>(Heading), texts["HistoryTitle"], cancellation);
    }

    private SpreadsheetLine Line(HistoryEntry entry, Func<string, string> safe)
    {
        var conversation = entry.Conversation;
        return new SpreadsheetLine(
            conversation.Id.ToString(),
            Stamp(conversation.RequestedAt),
            safe(VisitorLabel.Text(entry.GivenName, Visitor.NumberOf(conversation.VisitorId), names, entry.CardName)),
            safe(conversation.GroupId is { } group ? profile.Groups.FirstOrDefault(facts => facts.Id == group)?.Name ?? "" : ""),
            ways["Way" + conversation.Way],
            safe(conversation.AgentId is { } agent ? profile.AgentNames.GetValueOrDefault(agent, "") : ""),
            Seconds(conversation.AcceptedAt - conversation.RequestedAt),
            conversation.AcceptedAt is null ? null : Seconds(conversation.EndedAt - conversation.AcceptedAt),
            conversation.LastSequence,
            How(conversation, texts),
            entry.Rating?.Score,
            safe(entry.Rating?.Comment ?? ""),
            safe(Labels(entry, LabelKind.Topic)),
            safe(Labels(entry, LabelKind.Reason)));
    }

    private static string Labels(HistoryEntry entry, LabelKind kind) => string.Join("; ", entry.Labels.Where(label => label.Kind == kind).Select(label => label.Name));

    private static long? Seconds(TimeSpan? length) => length is { } known ? (long)known.TotalSeconds : null;

    private string Stamp(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private string Heading(string property) => property == nameof(SpreadsheetLine.Began) ? $"{texts["Sheet" + property].Value} ({zone.Id})" : texts["Sheet" + property];

    private sealed record SpreadsheetLine(
        string Number, string Began, string Visitor, string Group, string Way, string Agent, long? Waited, long? Lasted, int Lines, string How, int? Score, string Comment, string Topics, string Reason);
}
