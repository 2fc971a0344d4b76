using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Mail;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Messages;

/// <summary>What an agent sends as a reply.</summary>
/// <param name="ClientId">The writing page's own id: a repeat stores one reply and writes one letter.</param>
/// <param name="Seen">The message's version the agent had before his eyes.</param>
/// <param name="Handles">The same command marks the message as handled.</param>
public sealed record ReplyWish(Guid ClientId, string? Text, long Seen, bool Handles = true);

/// <summary>
/// Answers messages 留言 (rule 5): the reply, its letter and the mark are one write. The letter leaves through <see cref="MailSender"/>; the visitor's page shows the reply besides.
/// </summary>
public sealed class OfflineReplies(WriteQueue<PortalDbContext> writes, MailDesk mail, PublicAddress address, PortalEvents events, TimeProvider time)
{
    private const int QuoteLimit = 1000;

    /// <summary>
    /// The same command again is the reply it stored. Refusals: TextEmpty, TextTooLong, OfflineMessageUnknown, NotAllowed (no agent of this company, a disabled one, or one without the right, S2.17), SameIdOtherText,
    /// ChangedMeanwhile, NoWayToReply, TooManyRequests (as many replies as a message can have).
    /// </summary>
    public async Task<Outcome<OfflineReplyId>> ReplyAsync(CompanyId companyId, AgentId by, OfflineMessageId id, ReplyWish wish, CancellationToken cancellation = default)
    {
        var (replied, news) = await writes.RunAsync<(Outcome<OfflineReplyId> Outcome, OfflineReply? News)>(
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await context.Agents.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.Id == by && !row.IsDisabled, token) is not { } agent
                    || !await context.MayAsync(companyId, by, Permission.Messages, token))
                {
                    return (Refusal.NotAllowed, null);
                }

                if (await context.OfflineMessages.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.Id == id, token) is not { IsErased: false } message) return (Refusal.OfflineMessageUnknown, null);
                if (await context.OfflineReplies.SingleOrDefaultAsync(row => row.CompanyId == companyId && row.ClientId == wish.ClientId, token) is { } before)
                {
                    var same = MessageText.Clean(wish.Text);
                    return (before.MessageId == id && before.AgentId == by && !same.IsRefused && same.Value == before.Text ? before.Id : Refusal.SameIdOtherText, null);
                }

                if (await context.OfflineReplies.CountAsync(row => row.CompanyId == companyId && row.MessageId == id, token) >= OfflineMessage.MostReplies) return (Refusal.TooManyRequests, null);
                var mailTo = await OfflineQueries.EmailOfAsync(context, message, token);
                var reply = message.Reply(new OfflineReplyId(IdSource.Next(now)), by, wish.ClientId, wish.Text, mailTo, wish.Seen, wish.Handles, now);
                if (reply.IsRefused) return (reply.Refusal, null);
                _ = context.OfflineReplies.Add(reply.Value);
                if (mailTo is not null)
                {
                    var company = await context.Companies.SingleAsync(row => row.Id == companyId, token);
                    var letter = Write(message, reply.Value, company, agent.DisplayName, now);
                    await Letterhead.ForVisitorAsync(context, company, letter, token);
                    _ = await MailDesk.QueueAsync(context, companyId, letter, now, token);
                }

                return (reply.Value.Id, reply.Value);
            },
            cancellation);
        if (news is null) return replied;
        if (news.MailedTo is not null) mail.Call();
        events.Publish(new PortalEvent(companyId, PortalTopic.OfflineMessages, id.Value, news.VisitorId));
        return replied;
    }

    /// <summary>The once-key of a reply's letter.</summary>
    internal static string KeyOf(OfflineReplyId id) => $"reply:{id}";

    private Letter Write(OfflineMessage message, OfflineReply reply, Company company, string agent, DateTimeOffset now)
    {
        // His own name only greets him; what he left of himself is a stranger's word and leads nowhere.
        var letter = new Letter(LetterKind.OfflineReply, reply.MailedTo!, message.Name, message.Language) { OnceKey = KeyOf(reply.Id) };
        letter.Closing = letter.Word<Texts>("LetterClosing", company.Name);
        _ = letter.About(letter.Word<Texts>("LetterSubject", company.Name));
        foreach (var line in Lines(reply.Text)) _ = letter.Say(line);
        _ = letter.Say(letter.Word<Texts>("LetterBy", agent, company.Name));
        var at = TimeZoneInfo.ConvertTime(message.At, company.Zones.ZoneAt(now)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        _ = letter.Say(letter.Word<Texts>("LetterQuote", at));
        foreach (var line in Lines(Beginning(message.Text))) _ = letter.Quote(line);
        return letter.Link(letter.Word<Texts>("LetterLink", company.Name), address.Of($"/chat/{company.Code}"));
    }

    // Without cutting a character in two.
    private static string Beginning(string text) =>
        text.Length <= QuoteLimit ? text : text[..(char.IsHighSurrogate(text[QuoteLimit - 1]) ? QuoteLimit - 1 : QuoteLimit)] + "…";

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
