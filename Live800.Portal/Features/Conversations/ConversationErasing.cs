using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

/// <summary>How much was taken out of conversations.</summary>
internal readonly record struct ErasedWords(int Lines, int Notes, int Comments)
{
    public static ErasedWords operator +(ErasedWords one, ErasedWords other) => new(one.Lines + other.Lines, one.Notes + other.Notes, one.Comments + other.Comments);
}

/// <summary>
/// Takes the words out of conversations, inside the caller's write (1). Rows, numbers, times, agents, answers and scores stay, so that delivery, the ledger and every count hold; a line without words is shown as erased.
/// </summary>
internal static class ConversationErasing
{
    private const int AtOnce = 200;

    private static readonly ChatMessageKind[] Said = [ChatMessageKind.Text, ChatMessageKind.PagePush, ChatMessageKind.File];

    /// <summary>What was said in them, and everything that was written about them: notes, comments, letters, the words of invitations, pushed pages and transfers.</summary>
    public static async Task<ErasedWords> WordsAsync(PortalDbContext write, CompanyId company, IEnumerable<ConversationId> which, CancellationToken cancellation)
    {
        var erased = default(ErasedWords);
        foreach (var ids in which.Chunk(AtOnce)) erased += await SomeAsync(write, company, ids, cancellation);
        return erased;
    }

    /// <summary>The names of files whose rows go: their lines stay, without words.</summary>
    public static async Task FileNamesAsync(PortalDbContext write, CompanyId company, IReadOnlyCollection<Attachment> files, CancellationToken cancellation)
    {
        foreach (var some in files.GroupBy(file => file.ConversationId))
        {
            var (id, numbers) = (some.Key, some.Select(file => file.Sequence).ToArray());
            _ = await write.ChatMessages.Where(line => line.CompanyId == company && line.ConversationId == id && EF.Parameter(numbers).Contains(line.Sequence))
                .ExecuteUpdateAsync(set => set.SetProperty(line => line.Text, ""), cancellation);
        }

        await IndexAsync(write, company, [.. files.Select(file => file.ConversationId).Distinct()], cancellation);
    }

    private static async Task<ErasedWords> SomeAsync(PortalDbContext write, CompanyId company, ConversationId[] which, CancellationToken cancellation)
    {
        var lines = await write.ChatMessages.Where(line => line.CompanyId == company && EF.Parameter(which).Contains(line.ConversationId) && EF.Parameter(Said).Contains(line.Kind) && line.Text != "")
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.Text, ""), cancellation);
        // Of a rating's line the score stays.
        _ = await write.ChatMessages.Where(line => line.CompanyId == company && EF.Parameter(which).Contains(line.ConversationId) && line.Kind == ChatMessageKind.Rated)
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.Text, line => line.Text.Substring(0, 1)), cancellation);
        var comments = await write.ConversationRatings.Where(rating => rating.CompanyId == company && EF.Parameter(which).Contains(rating.ConversationId) && rating.Comment != "")
            .ExecuteUpdateAsync(set => set.SetProperty(rating => rating.Comment, ""), cancellation);
        _ = await write.PagePushes.Where(push => push.CompanyId == company && EF.Parameter(which).Contains(push.ConversationId))
            .ExecuteUpdateAsync(set => set.SetProperty(push => push.Address, "").SetProperty(push => push.Title, ""), cancellation);
        _ = await write.Transfers.Where(transfer => transfer.CompanyId == company && EF.Parameter(which).Contains(transfer.ConversationId) && transfer.Note != "")
            .ExecuteUpdateAsync(set => set.SetProperty(transfer => transfer.Note, ""), cancellation);
        _ = await write.AutoAccepts.Where(accepted => accepted.CompanyId == company && EF.Parameter(which).Contains(accepted.ConversationId))
            .ExecuteUpdateAsync(set => set.SetProperty(accepted => accepted.Address, ""), cancellation);
        var notes = await write.ConversationNotes.Where(note => note.CompanyId == company && EF.Parameter(which).Contains(note.ConversationId)).ExecuteDeleteAsync(cancellation);
        notes += await write.Whispers.Where(whisper => whisper.CompanyId == company && EF.Parameter(which).Contains(whisper.ConversationId)).ExecuteDeleteAsync(cancellation);
        await LettersAsync(write, company, which, cancellation);
        await IndexAsync(write, company, which, cancellation);
        return new ErasedWords(lines, notes, comments);
    }

    // A transcript that was sent holds an address in its key, one that waits the words as well.
    private static async Task LettersAsync(PortalDbContext write, CompanyId company, ConversationId[] which, CancellationToken cancellation)
    {
        var keys = await write.Set<MailLetter>().Where(letter => letter.CompanyId == company && letter.Kind == LetterKind.Transcript && letter.OnceKey != null)
            .Select(letter => new { letter.Id, letter.OnceKey }).ToListAsync(cancellation);
        var named = which.Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
        long[] theirs = [.. keys.Where(letter => named.Contains(letter.OnceKey!.Split(':')[1])).Select(letter => letter.Id)];
        if (theirs.Length > 0) _ = await write.Set<MailLetter>().Where(letter => letter.CompanyId == company && EF.Parameter(theirs).Contains(letter.Id)).ExecuteDeleteAsync(cancellation);
    }

    // The history's index knows where words stand: it is written anew from what is left.
    private static async Task IndexAsync(PortalDbContext write, CompanyId company, ConversationId[] which, CancellationToken cancellation)
    {
        var past = await write.Conversations.AsNoTracking()
            .Where(conversation => conversation.CompanyId == company && EF.Parameter(which).Contains(conversation.Id) && conversation.VisitEndedAt != null).ToListAsync(cancellation);
        await HistoryWords.AddAsync(write, past, cancellation);
    }
}
