using System.Security.Cryptography;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>Which picture of the company an icon or the chat's head shows, and what it measures.</summary>
/// <param name="Hash">Its name in the company, made from its bytes.</param>
public sealed record PictureMark(string Hash, int Width, int Height, int Bytes);

/// <summary>A picture a company uploaded for an icon or for the head of its chat (rule 5), kept in the database under what its bytes are.</summary>
public sealed class ChatPicture
{
    /// <summary>The most bytes.</summary>
    public const int Limit = 60 * 1024;

    /// <summary>Widest.</summary>
    public const int MostWidth = 800;

    /// <summary>Highest.</summary>
    public const int MostHeight = 400;

    private ChatPicture()
    {
    }

    public CompanyId CompanyId { get; private set; }

    /// <summary>Sixteen hexadecimal signs of its fingerprint.</summary>
    public string Hash { get; private set; } = "";

    public FileBytes Type { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public byte[] Content { get; private set; } = [];

    /// <summary>What refers to it.</summary>
    public PictureMark Mark => new(Hash, Width, Height, Content.Length);

    /// <summary>How it is served.</summary>
    public string ContentType => Type switch
    {
        FileBytes.Png => "image/png",
        FileBytes.Jpeg => "image/jpeg",
        FileBytes.Gif => "image/gif",
        _ => "image/webp",
    };

    /// <summary>Keeps one whose kind and measures were read from its bytes. Refusals: PictureTooHeavy, PictureTooWide.</summary>
    public static Outcome<ChatPicture> Keep(CompanyId company, FileBytes type, int width, int height, byte[] content)
    {
        if (content.Length is 0 or > Limit) return Refusal.PictureTooHeavy;
        if (width is < 1 or > MostWidth || height is < 1 or > MostHeight) return Refusal.PictureTooWide;
        return new ChatPicture { CompanyId = company, Hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16], Type = type, Width = width, Height = height, Content = content };
    }
}
