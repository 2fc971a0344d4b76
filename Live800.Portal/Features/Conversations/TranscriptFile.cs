using System.Globalization;
using System.Text;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Conversations;

/// <summary>A conversation as plain text (4): who said what and when, in the company's time.</summary>
public sealed class TranscriptFile(ConversationQueries queries, IStringLocalizer<Texts> texts)
{
    /// <summary>The whole conversation; nothing where there is none of this number in the company.</summary>
    public async Task<string?> WriteAsync(
        CompanyId company, ConversationId id, string companyName, string visitorName, Func<AgentId, string> agentName, TimeZoneInfo zone, CancellationToken cancellation = default)
    {
        if (await queries.FindAsync(company, id, cancellation) is not { } conversation) return null;
        var text = new StringBuilder();
        _ = text.AppendLine(texts["TranscriptHead", companyName, visitorName])
            .AppendLine(CultureInfo.InvariantCulture, $"{Words.FullDate(conversation.RequestedAt, zone)} {Words.Time(conversation.RequestedAt, zone)} ({zone.Id}) #{id}").AppendLine();
        var last = 0;
        while (await queries.MessagesAsync(company, id, last, ConversationQueries.MostLines, cancellation) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
            {
                var agent = line.AgentId is { } who ? agentName(who) : "";
                var said = line.Kind switch
                {
                    _ when line.IsErased => $"{(line.Author == ChatAuthor.Agent ? agent : visitorName)}: [{texts["LineErased"].Value}]",
                    ChatMessageKind.Text or ChatMessageKind.PagePush => $"{(line.Author == ChatAuthor.Agent ? agent : visitorName)}: {Indented(line.Text)}",
                    ChatMessageKind.File => $"{(line.Author == ChatAuthor.Agent ? agent : visitorName)}: {LineWords.OfFile(line, texts)}",
                    _ => $"- {LineWords.Of(line, conversation, agent, texts)}",
                };
                _ = text.AppendLine(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(line.At, zone):yyyy-MM-dd HH:mm:ss}  {said}");
            }

            last = lines[^1].Sequence;
        }

        return text.ToString();
    }

    // What was written over several lines must not look like another speaker's line.
    private static string Indented(string words) => words.ReplaceLineEndings(Environment.NewLine + new string(' ', 21));
}
