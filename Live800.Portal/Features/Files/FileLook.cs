using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Files;

/// <summary>Whether a file's bytes are what its name says (rule 4), seen from its beginning and its end.</summary>
internal static class FileLook
{
    private const int Edge = 4096;

    private static readonly string[] Marks = ["<html", "<script", "<svg", "<!doctype", "<body", "<iframe", "<?php"];

    /// <summary>Gives the size of a picture, and nothing for other files. Refusals: FileTypeDiffers, PictureTooLarge.</summary>
    public static Outcome<(int Width, int Height)?> At(FileType type, Stream file, bool isText)
    {
        if (type.Bytes == FileBytes.Text)
            return isText && !Starts(file, "%PDF-"u8) ? new Outcome<(int, int)?>() : Refusal.FileTypeDiffers;
        if (!type.IsPicture)
        {
            var starts = type.Bytes switch
            {
                FileBytes.Pdf => Starts(file, "%PDF-"u8) && !IsZipToo(file),
                FileBytes.Compound => Starts(file, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
                _ => Starts(file, "PK\u0003\u0004"u8) || (type.Extension == "zip" && Starts(file, "PK\u0005\u0006"u8)),
            };
            return starts ? new Outcome<(int, int)?>() : Refusal.FileTypeDiffers;
        }

        if (PictureHeader.Read(type.Bytes, file) is not { } size) return Refusal.FileTypeDiffers;
        if ((long)size.Width * size.Height > Attachment.PixelLimit) return Refusal.PictureTooLarge;
        // Two files in one: a page, a script or a zip that is a picture as well.
        return HasMarkup(file) || IsZipToo(file) ? Refusal.FileTypeDiffers : ((int, int)?)size;
    }

    private static bool Starts(Stream file, ReadOnlySpan<byte> with) => Piece(file, 0, with.Length).AsSpan().SequenceEqual(with);

    private static bool HasMarkup(Stream file) => HasMarkup(Piece(file, 0, Edge)) || HasMarkup(Piece(file, file.Length - Edge, Edge));

    private static bool HasMarkup(byte[] piece)
    {
        var text = System.Text.Encoding.Latin1.GetString(piece);
        return Array.Exists(Marks, mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsZipToo(Stream file) => Piece(file, file.Length - Edge, Edge).AsSpan().IndexOf("PK\u0005\u0006"u8) >= 0;

    private static byte[] Piece(Stream file, long from, int length)
    {
        file.Position = Math.Max(0, from);
        var piece = new byte[Math.Min(length, file.Length - file.Position)];
        file.ReadExactly(piece);
        return piece;
    }
}
