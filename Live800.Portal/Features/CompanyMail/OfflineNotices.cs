using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>
/// Letters to agents about offline messages 留言 (rule 1). A message and what is owed about it are one write, so that neither a restart nor a mail server that is down loses one; however many come, nobody is written more
/// often than every few minutes. Only agents who may read messages when the letter is written get one.
/// </summary>
public sealed class OfflineNotices(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PublicAddress address, LetterCalls calls, TimeProvider time)
{
    /// <summary>Most messages whose words stand in one letter; the others are counted.</summary>
    public const int MostListed = 10;

    private const int QuoteLimit = 300;

    /// <summary>There may be something to send. Only after a commit.</summary>
    public void Call() => calls.Call();

    /// <summary>Inside the write that stores a message: writes about it at once, or notes that a letter is owed.</summary>
    internal async Task NoteAsync(PortalDbContext write, OfflineMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await write.CompanyLetters.SingleOrDefaultAsync(row => row.CompanyId == message.CompanyId, cancellation) is not { Notice.IsOn: true } letters) return;
        if (letters.Notices(now) && await CompanyOfAsync(write, message.CompanyId, cancellation) is { } company)
        {
            await WriteAsync(write, letters, company, [message], 1, (message.Id, message.Id), now, cancellation);
            letters.Noticed(now);
            return;
        }

        _ = write.OwedNotices.Add(new OwedNotice(message.CompanyId, message.Id));
        if (letters.NoticeDueAt is null) letters.OweNotice(now);
    }

    /// <summary>Writes what is owed by now.</summary>
    public async Task RunDueAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        List<CompanyId> due;
        await using (var context = await contexts.CreateDbContextAsync(cancellation))
        {
            due = await context.CompanyLetters.Where(row => row.NoticeDueAt != null && row.NoticeDueAt <= now).Select(row => row.CompanyId).ToListAsync(cancellation);
        }

        foreach (var company in due) await writes.RunAsync((write, token) => WriteOwedAsync(write, company, now, token), cancellation);
        if (due.Count > 0) calls.Call();
    }

    /// <summary>
    /// Inside the write that erases messages: no letter with their words may still leave. One that waits is taken back, and the other messages it told of are owed again.
    /// </summary>
    internal static async Task TakeBackAsync(PortalDbContext write, CompanyId company, OfflineMessageId[] erased, DateTimeOffset now, CancellationToken cancellation)
    {
        _ = await write.OwedNotices.Where(owed => owed.CompanyId == company && EF.Parameter(erased).Contains(owed.MessageId)).ExecuteDeleteAsync(cancellation);
        var waiting = await write.Set<MailLetter>().Where(letter => letter.CompanyId == company && letter.Kind == LetterKind.OfflineNotice && letter.Plain != "" && letter.OnceKey != null)
            .Select(letter => new { letter.Id, letter.OnceKey }).ToListAsync(cancellation);
        var taken = waiting.Select(letter => (letter.Id, Told: RangeOf(letter.OnceKey!))).Where(letter => Array.Exists(erased, id => id.Value >= letter.Told.First && id.Value <= letter.Told.Last)).ToList();
        if (taken.Count == 0) return;
        long[] ids = [.. taken.Select(letter => letter.Id)];
        _ = await write.Set<MailLetter>().Where(letter => letter.CompanyId == company && EF.Parameter(ids).Contains(letter.Id)).ExecuteDeleteAsync(cancellation);
        if (await write.CompanyLetters.SingleOrDefaultAsync(row => row.CompanyId == company, cancellation) is not { Notice.IsOn: true } letters) return;
        var open = await write.OfflineMessages.Where(message => message.CompanyId == company && message.HandledAt == null && message.Text != "").Select(message => message.Id).ToListAsync(cancellation);
        var known = await write.OwedNotices.Where(owed => owed.CompanyId == company).Select(owed => owed.MessageId).ToHashSetAsync(cancellation);
        var again = open.FindAll(id => !erased.Contains(id) && !known.Contains(id) && taken.Exists(letter => id.Value >= letter.Told.First && id.Value <= letter.Told.Last));
        if (again.Count == 0) return;
        write.OwedNotices.AddRange(again.Select(id => new OwedNotice(company, id)));
        letters.OweNotice(now);
    }

    private async Task WriteOwedAsync(PortalDbContext write, CompanyId id, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await write.CompanyLetters.SingleOrDefaultAsync(row => row.CompanyId == id, cancellation) is not { } letters || letters.NoticeDueAt is not { } due || due > now) return;
        // While no letter can leave, it stays owed.
        if (await CompanyOfAsync(write, id, cancellation) is not { } company) return;
        // What was dealt with meanwhile needs no letter.
        var news = write.OfflineMessages.AsNoTracking().Where(message =>
            message.CompanyId == id && message.HandledAt == null && message.Text != "" && write.OwedNotices.Any(owed => owed.CompanyId == id && owed.MessageId == message.Id));
        var count = await news.CountAsync(cancellation);
        if (count > 0)
        {
            var listed = await news.OrderBy(message => message.Id).Take(MostListed).ToListAsync(cancellation);
            var last = await news.OrderByDescending(message => message.Id).Select(message => message.Id).FirstAsync(cancellation);
            await WriteAsync(write, letters, company, listed, count, (listed[0].Id, last), now, cancellation);
        }

        _ = await write.OwedNotices.Where(owed => owed.CompanyId == id).ExecuteDeleteAsync(cancellation);
        letters.Noticed(now);
    }

    // Nothing where no letter goes out.
    private static async Task<Company?> CompanyOfAsync(PortalDbContext write, CompanyId id, CancellationToken cancellation) =>
        await MailDesk.IsOnAsync(write, cancellation) ? await write.Companies.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.SuspendedAt == null, cancellation) : null;

    private async Task WriteAsync(
        PortalDbContext write, CompanyLetters letters, Company company, List<OfflineMessage> listed, int count, (OfflineMessageId First, OfflineMessageId Last) range, DateTimeOffset now, CancellationToken cancellation)
    {
        var zone = company.Zones.ZoneAt(now);
        var groups = await write.Groups.AsNoTracking().Where(group => group.CompanyId == company.Id && group.RemovedAt == null).ToDictionaryAsync(group => group.Id, group => group.Name, cancellation);
        var sender = Letterhead.Of(company.Name, letters);
        foreach (var (to, rights) in await LetterReceivers.AgentsAsync(write, company.Id, letters.Notice.ToAll ? null : letters.Notice.Chosen.Agents, cancellation))
        {
            if (!rights.Has(Permission.Messages)) continue;
            var letter = new Letter(LetterKind.OfflineNotice, to.Email, to.Name, to.Language) { OnceKey = KeyOf(company.Id, range, to.Account) };
            string Say(string key, params object?[] facts) => letter.Word<Texts>(key, facts);
            Letterhead.ForAgent(sender, letter);
            _ = letter.About(Say("NoticeSubject", company.Name, count)).Say(Say("NoticeText", count));
            foreach (var message in listed)
            {
                var at = TimeZoneInfo.ConvertTime(message.At, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
                string[] who = [at, message.Name.Length > 0 ? message.Name : Say("NoticeVisitor"), message.Contact, message.GroupId is { } group ? groups.GetValueOrDefault(group, "") : ""];
                _ = letter.Say(string.Join(" · ", who.Where(part => part.Length > 0)));
                foreach (var line in Beginning(message.Text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) _ = letter.Quote(line);
            }

            if (count > listed.Count) _ = letter.Say(Say("NoticeMore", count - listed.Count));
            _ = letter.Link(Say("NoticeDo"), address.Of("/messages")).Say(Say("NoticeWhy"));
            _ = await MailDesk.QueueAsync(write, company.Id, letter, now, cancellation);
        }
    }

    private static string KeyOf(CompanyId company, (OfflineMessageId First, OfflineMessageId Last) range, long account) => $"notice:{company}:{range.First}:{range.Last}:{account}";

    private static (long First, long Last) RangeOf(string key)
    {
        var parts = key.Split(':');
        return (long.Parse(parts[2], CultureInfo.InvariantCulture), long.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    // Without cutting a character in two.
    private static string Beginning(string text) => text.Length <= QuoteLimit ? text : text[..(char.IsHighSurrogate(text[QuoteLimit - 1]) ? QuoteLimit - 1 : QuoteLimit)] + "…";
}
