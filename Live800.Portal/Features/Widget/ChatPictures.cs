using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Files;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Widget;

/// <summary>The pictures companies uploaded for visitors' pages (5): what they are is read from their bytes, never from a name.</summary>
public sealed class ChatPictures(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>The picture of a company, or null without one.</summary>
    public async Task<ChatPicture?> FindAsync(CompanyId company, string? hash, CancellationToken cancellation = default)
    {
        if (string.IsNullOrEmpty(hash)) return null;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.ChatPictures.AsNoTracking().SingleOrDefaultAsync(picture => picture.CompanyId == company && picture.Hash == hash, cancellation);
    }

    /// <summary>The picture of one of the company's agents, or null where none of them has it.</summary>
    public async Task<ChatPicture?> FindFaceAsync(CompanyId company, string? hash, CancellationToken cancellation = default)
    {
        if (hash is not { Length: 16 }) return null;
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Agents.AnyAsync(agent => agent.CompanyId == company && agent.Picture == hash, cancellation)
            ? await context.ChatPictures.AsNoTracking().SingleOrDefaultAsync(picture => picture.CompanyId == company && picture.Hash == hash, cancellation)
            : null;
    }

    /// <summary>Looks at what was uploaded. Refusals: PictureTooHeavy, PictureInvalid (also two files in one, or a file that was cut), PictureTooWide.</summary>
    public static Outcome<ChatPicture> Read(CompanyId company, byte[] content)
    {
        if (content.Length > ChatPicture.Limit) return Refusal.PictureTooHeavy;
        using var file = new MemoryStream(content);
        foreach (var type in FileType.All.Where(type => type.IsPicture).DistinctBy(type => type.Bytes))
        {
            if (FileLook.At(type, file, isText: false) is { IsRefused: false, Value: { } size } && IsWhole(type.Bytes, content))
                return ChatPicture.Keep(company, type.Bytes, size.Width, size.Height, content);
        }

        return Refusal.PictureInvalid;
    }

    /// <summary>Inside the caller's work: keeps a picture that is not there yet.</summary>
    internal static async Task KeepAsync(PortalDbContext context, ChatPicture picture, CancellationToken cancellation)
    {
        if (context.ChatPictures.Local.Any(known => known.CompanyId == picture.CompanyId && known.Hash == picture.Hash)) return;
        if (!await context.ChatPictures.AnyAsync(known => known.CompanyId == picture.CompanyId && known.Hash == picture.Hash, cancellation)) _ = context.ChatPictures.Add(picture);
    }

    /// <summary>Inside the caller's work, after its change: drops the pictures nothing shows any more.</summary>
    internal static async Task DropUnusedAsync(PortalDbContext context, CompanyId company, string head, CancellationToken cancellation)
    {
        var icons = await context.ChatIcons.Where(icon => icon.CompanyId == company && icon.RemovedAt == null).ToListAsync(cancellation);
        var used = icons.Where(icon => icon.RemovedAt is null).SelectMany(icon => new[] { icon.OnlinePicture?.Hash, icon.OfflinePicture?.Hash }).Append(head).ToHashSet();
        used.UnionWith(await context.Agents.Where(agent => agent.CompanyId == company && agent.Picture != "").Select(agent => agent.Picture).ToListAsync(cancellation));
        var stored = await context.ChatPictures.Where(picture => picture.CompanyId == company).Select(picture => picture.Hash).ToListAsync(cancellation);
        foreach (var hash in stored.Where(hash => !used.Contains(hash))) _ = await context.ChatPictures.Where(picture => picture.CompanyId == company && picture.Hash == hash).ExecuteDeleteAsync(cancellation);
    }

    // How each kind ends: what was cut on its way has no end.
    private static bool IsWhole(FileBytes type, ReadOnlySpan<byte> content) => type switch
    {
        FileBytes.Png => content[^8..].StartsWith("IEND"u8),
        FileBytes.Jpeg => content[^2..].SequenceEqual<byte>([0xFF, 0xD9]),
        FileBytes.Gif => content[^1] == 0x3B,
        _ => true,
    };
}
