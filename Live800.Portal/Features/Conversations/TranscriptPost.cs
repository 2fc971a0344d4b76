using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Mail;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Conversations;

/// <summary>Who is named how in a transcript.</summary>
public sealed record TranscriptNames(string Company, string Visitor, Func<AgentId, string> Agent, TimeZoneInfo Zone);

/// <summary>
/// Sends a conversation's transcript by mail (4): an agent of the company, to one address, as it stands now. That it was sent, by whom and where to, stays on the conversation as a private note.
/// </summary>
public sealed class TranscriptPost(WriteQueue<PortalDbContext> writes, TranscriptFile transcripts, MailDesk mail, PortalEvents events, TimeProvider time, IStringLocalizer<Texts> texts)
{
    /// <summary>Most letters about one conversation.</summary>
    public const int MostOfConversation = 5;

    /// <summary>Longest transcript that is sent, in characters; a longer one is downloaded.</summary>
    public const int SizeLimit = 500_000;

    /// <summary>Whether letters leave by a mail server; otherwise nothing is sent.</summary>
    public Task<bool> CanAsync(CancellationToken cancellation = default) => mail.IsOnAsync(cancellation);

    /// <summary>
    /// The same conversation as it stands to the same address again is one letter. Refusals: EmailInvalid, MailOff, ConversationUnknown, NotAllowed, TooLarge, TooManyRequests (as many letters as a conversation can have).
    /// </summary>
    public async Task<Outcome> SendAsync(CompanyId company, AgentId by, ConversationId id, string? email, TranscriptNames names, CancellationToken cancellation = default)
    {
        var to = Agent.CleanEmail(email);
        if (to.IsRefused) return to.Refusal;
        if (!await mail.IsOnAsync(cancellation)) return Refusal.MailOff;
        if (await transcripts.WriteAsync(company, id, names.Company, names.Visitor, names.Agent, names.Zone, cancellation) is not { } text) return Refusal.ConversationUnknown;
        if (text.Length > SizeLimit) return Refusal.TooLarge;

        var outcome = await writes.RunAsync(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await context.ConversationAsync(company, id, token) is not { } conversation) return Refusal.ConversationUnknown;
                if (!await context.Agents.AnyAsync(agent => agent.CompanyId == company && agent.Id == by && !agent.IsDisabled, token) || !await context.MayReadAsync(conversation, by, token)) return Refusal.NotAllowed;
                var key = $"transcript:{id}:";
                if (await context.Set<MailLetter>().CountAsync(sent => sent.CompanyId == company && sent.OnceKey != null && sent.OnceKey.StartsWith(key), token) >= MostOfConversation) return Refusal.TooManyRequests;
                var letter = new Letter(LetterKind.Transcript, to.Value, names.Visitor, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh-CN")
                {
                    OnceKey = $"{key}{conversation.LastSequence}:{to.Value}",
                };
                _ = letter.About(letter.Word("TranscriptSubject", names.Company)).Say(letter.Word("TranscriptText", names.Company));
                foreach (var paragraph in Paragraphs(text)) _ = letter.Say(paragraph);
                await Letterhead.ForVisitorAsync(context, await context.Companies.AsNoTracking().SingleAsync(row => row.Id == company, token), letter, token);
                if (!await MailDesk.QueueAsync(context, company, letter, now, token)) return Outcome.Done;
                _ = context.Add(ConversationNote.Write(new ConversationNoteId(IdSource.Next(now)), conversation, by, Guid.NewGuid(), texts["TranscriptSentNote", to.Value], now).Value);
                return Outcome.Done;
            },
            cancellation);
        if (outcome.IsRefused) return outcome;
        mail.Call();
        events.Publish(new PortalEvent(company, PortalTopic.Notes, id.Value));
        return outcome;
    }

    // A letter's paragraph is one line: what was written over several goes on in it, so that no line looks like another speaker's.
    private static List<string> Paragraphs(string text)
    {
        var paragraphs = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == ' ' && paragraphs.Count > 0) paragraphs[^1] += " " + line.Trim();
            else paragraphs.Add(line);
        }

        return paragraphs;
    }
}
