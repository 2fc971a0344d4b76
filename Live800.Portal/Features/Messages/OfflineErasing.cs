using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Features.Mail;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Messages;

/// <summary>Takes everything out of offline messages, inside the caller's write (1): that one was left, when and for whom is counted still; the inbox shows it no more.</summary>
internal static class OfflineErasing
{
    private const int AtOnce = 200;

    public static async Task<int> RunAsync(PortalDbContext write, CompanyId company, IReadOnlyList<OfflineMessageId> which, AgentId? by, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var ids in which.Chunk(AtOnce))
        {
            var replies = await write.OfflineReplies.Where(row => row.CompanyId == company && EF.Parameter(ids).Contains(row.MessageId)).Select(row => row.Id).ToListAsync(cancellation);
            string[] keys = [.. replies.Select(OfflineReplies.KeyOf)];
            if (keys.Length > 0) _ = await write.Set<MailLetter>().Where(letter => letter.CompanyId == company && EF.Parameter(keys).Contains(letter.OnceKey!)).ExecuteDeleteAsync(cancellation);
            _ = await write.OfflineReplies.Where(row => row.CompanyId == company && EF.Parameter(ids).Contains(row.MessageId)).ExecuteDeleteAsync(cancellation);
            // Nobody can deal with it any more.
            _ = await write.OfflineMessages.Where(row => row.CompanyId == company && EF.Parameter(ids).Contains(row.Id) && row.HandledAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.HandledAt, now).SetProperty(row => row.HandledBy, by), cancellation);
            _ = await write.OfflineMessages.Where(row => row.CompanyId == company && EF.Parameter(ids).Contains(row.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.VisitorId, (VisitorId?)null).SetProperty(row => row.Name, "").SetProperty(row => row.Contact, "").SetProperty(row => row.Text, "")
                    .SetProperty(row => row.Page, "").SetProperty(row => row.PageTitle, "").SetProperty(row => row.Version, row => row.Version + 1),
                cancellation);
            await OfflineNotices.TakeBackAsync(write, company, ids, now, cancellation);
        }

        return which.Count;
    }
}
