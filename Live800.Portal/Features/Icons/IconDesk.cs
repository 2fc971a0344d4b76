using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Widget;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Icons;

/// <summary>Pictures uploaded with an icon, as they came; nothing where none was.</summary>
public sealed record IconUpload(byte[]? Online = null, byte[]? Offline = null);

/// <summary>
/// The chat icons 对话图标 of a company (5). Only its administrators change them: who asks is looked up again inside every change, and what was done stands in the audit log. Pages show a change by themselves (S3.4).
/// </summary>
public sealed class IconDesk(IDbContextFactory<PortalDbContext> contexts, WriteQueue<PortalDbContext> writes, PortalEvents events, TimeProvider time)
{
    /// <summary>The icons a company has, the standard one first.</summary>
    public async Task<IReadOnlyList<ChatIcon>> AllAsync(CompanyId company, CancellationToken cancellation = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var icons = await context.ChatIcons.AsNoTracking().Where(icon => icon.CompanyId == company && icon.RemovedAt == null).OrderBy(icon => icon.Number).ToListAsync(cancellation);
        return icons.Count > 0 && icons[0].Number == ChatIcon.Standard ? icons : [ChatIcon.StandardOf(company), .. icons];
    }

    /// <summary>
    /// Makes an icon. Refusals: NotAllowed, TooManyIcons, GroupUnknown, AgentUnknown (another company's, or gone), PictureTooHeavy, PictureInvalid, PictureTooWide, and those of <see cref="ChatIcon.Change"/>.
    /// </summary>
    public Task<Outcome> CreateAsync(CurrentAgent by, IconWish wish, IconUpload? upload = null, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            var all = await context.ChatIcons.Where(icon => icon.CompanyId == by.CompanyId).ToListAsync(token);
            if (all.Count(icon => icon.RemovedAt is null && icon.Number != ChatIcon.Standard) >= ChatIcon.MostOfCompany - 1) return Refusal.TooManyIcons;
            var whole = await WholeAsync(context, by.CompanyId, wish, upload, token);
            if (whole.IsRefused) return whole.Refusal;
            var made = ChatIcon.Create(by.CompanyId, all.Select(icon => icon.Number).Append(ChatIcon.Standard).Max() + 1, whole.Value);
            if (made.IsRefused) return made.Refusal;
            _ = context.ChatIcons.Add(made.Value);
            Note(context, by, AuditAction.IconMade, made.Value, now, "", Said(made.Value));
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Changes an icon, the standard one as well. Refusals: as of making one, and IconUnknown, ChangedMeanwhile (not as it was <paramref name="seen"/>).</summary>
    public Task<Outcome> ChangeAsync(CurrentAgent by, int number, long seen, IconWish wish, IconUpload? upload = null, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            var icon = await context.ChatIcons.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Number == number, token);
            if (icon is null && number == ChatIcon.Standard) _ = context.ChatIcons.Add(icon = ChatIcon.StandardOf(by.CompanyId));
            if (icon is null) return Refusal.IconUnknown;
            var whole = await WholeAsync(context, by.CompanyId, wish, upload, token);
            if (whole.IsRefused) return whole.Refusal;
            var before = Said(icon);
            var changed = icon.Change(whole.Value, seen);
            if (changed.IsRefused) return changed;
            Note(context, by, AuditAction.IconChanged, icon, now, before, Said(icon));
            return Outcome.Done;
        },
        cancellation);

    /// <summary>Removes an icon; its codes show the standard one from now on (S3.4). One that is gone is gone, and the standard one stays. Refusals: NotAllowed, IconUnknown.</summary>
    public Task<Outcome> RemoveAsync(CurrentAgent by, int number, CancellationToken cancellation = default) => ChangeAsync(
        by,
        async (context, now, token) =>
        {
            if (await context.ChatIcons.SingleOrDefaultAsync(row => row.CompanyId == by.CompanyId && row.Number == number, token) is not { } icon) return Refusal.IconUnknown;
            var before = Said(icon);
            if (icon.Remove(now)) Note(context, by, AuditAction.IconRemoved, icon, now, before, "");
            return Outcome.Done;
        },
        cancellation);

    // Target and pictures as they may be kept: the company's own.
    private static async Task<Outcome<IconWish>> WholeAsync(PortalDbContext context, CompanyId company, IconWish wish, IconUpload? upload, CancellationToken cancellation)
    {
        if (wish.Group is { } group && !await context.Groups.AnyAsync(row => row.CompanyId == company && row.Id == group && row.RemovedAt == null, cancellation)) return Refusal.GroupUnknown;
        if (wish.Agent is { } agent && !await context.Agents.AnyAsync(row => row.CompanyId == company && row.Id == agent && !row.IsDisabled, cancellation)) return Refusal.AgentUnknown;
        PictureMark?[] marks = [null, null];
        foreach (var (at, content) in new[] { (0, upload?.Online), (1, upload?.Offline) })
        {
            if (content is null) continue;
            var read = ChatPictures.Read(company, content);
            if (read.IsRefused) return read.Refusal;
            await ChatPictures.KeepAsync(context, read.Value, cancellation);
            marks[at] = read.Value.Mark;
        }

        return wish with { Online = marks[0], Offline = marks[1] };
    }

    private static string Said(ChatIcon icon) => icon.Version == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $"{icon.Kind} · {icon.Look} · {string.Join(" / ", new[] { icon.OnlineZh, icon.OfflineZh, icon.OnlineEn, icon.OfflineEn }.Where(words => words.Length > 0))} · {(icon.IsLeft ? "left" : "right")} {icon.FromSide}, {icon.FromBottom} · {icon.GroupId?.Value ?? icon.AgentId?.Value}");

    private static void Note(PortalDbContext context, CurrentAgent by, AuditAction action, ChatIcon icon, DateTimeOffset now, string before, string after) => context.Add(AuditEntry.Of(
        by, action, string.Create(CultureInfo.InvariantCulture, $"{by.CompanyCode} · {icon.Number} {icon.Name}").TrimEnd(), now, [new AuditChange("IconIs", before, after)]));

    private async Task<Outcome> ChangeAsync(CurrentAgent by, Func<PortalDbContext, DateTimeOffset, CancellationToken, Task<Outcome>> change, CancellationToken cancellation)
    {
        var outcome = await writes.RunAsAsync(
            by.CompanyId,
            by.AgentId,
            Permission.Codes,
            async (context, token) =>
            {
                var done = await change(context, time.GetUtcNow(), token);
                if (done.IsRefused) return done;
                _ = await context.SaveChangesAsync(token);
                var head = await context.Companies.Where(company => company.Id == by.CompanyId).Select(company => company.Settings.Picture).SingleAsync(token);
                await ChatPictures.DropUnusedAsync(context, by.CompanyId, head, token);
                return done;
            },
            cancellation);
        if (!outcome.IsRefused) events.Publish(new PortalEvent(by.CompanyId, PortalTopic.Company, by.CompanyId.Value));
        return outcome;
    }
}
