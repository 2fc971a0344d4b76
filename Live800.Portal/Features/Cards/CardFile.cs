using System.Globalization;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Cards;

/// <summary>Writes cards as a file for spreadsheets: headings in the reader's language, instants in the company's zone, everything an agent typed as words.</summary>
public sealed class CardFile(IStringLocalizer<Texts> texts, TimeZoneInfo zone, Func<AgentId, string> agentName)
{
    /// <summary>Writes the cards, one after the other.</summary>
    public Task WriteAsync(ExportKind kind, Stream stream, IEnumerable<VisitorCard> cards, CancellationToken cancellation)
    {
        var safe = Spreadsheet.Safe(kind);
        return Spreadsheet.WriteAsync(kind, stream, cards.Select(card => Line(card, safe)), Spreadsheet.Columns<SpreadsheetLine>(Heading), texts["Title"], cancellation);
    }

    private SpreadsheetLine Line(VisitorCard card, Func<string, string> safe) => new(
        safe(card.Name), safe(card.Firm), safe(card.Phone), safe(card.Email), safe(card.Qq), safe(card.WeChat), safe(card.Address), safe(card.Level), safe(card.Content.Tags), safe(card.Note),
        safe(card.Owner is { } owner ? agentName(owner) : ""), Stamp(card.CreatedAt), Stamp(card.ChangedAt));

    private string Stamp(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private string Heading(string property) => property is nameof(SpreadsheetLine.Created) or nameof(SpreadsheetLine.Changed) ? $"{texts["Sheet" + property].Value} ({zone.Id})" : texts["Field" + property];

    private sealed record SpreadsheetLine(
        string Name, string Firm, string Phone, string Email, string Qq, string WeChat, string Address, string Level, string Tags, string Note, string Owner, string Created, string Changed);
}
