using System.Buffers.Binary;
using Live800.Domain.Conversations;

namespace Live800.Portal.Features.Files;

/// <summary>Width and height of a picture from its header alone: nothing is ever decoded here. Nothing for bytes that are no such picture.</summary>
internal static class PictureHeader
{
    private const int Segments = 4096;

    public static (int Width, int Height)? Read(FileBytes bytes, Stream file)
    {
        file.Position = 0;
        var head = new byte[32];
        var size = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length ? null : bytes switch
        {
            FileBytes.Png => Png(head),
            FileBytes.Gif => Gif(head, file),
            FileBytes.WebP => WebP(head, file.Length),
            FileBytes.Jpeg => Jpeg(head, file),
            _ => null,
        };
        return size is { Width: > 0, Height: > 0 } ? size : null;
    }

    private static (int Width, int Height)? Png(ReadOnlySpan<byte> head)
    {
        if (head[0] != 0x89 || !head[1..16].SequenceEqual("PNG\r\n\u001A\n\0\0\0\rIHDR"u8)) return null;
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..]));
        return width > int.MaxValue || height > int.MaxValue ? null : ((int)width, (int)height);
    }

    // After the screen and its colours comes an extension, a picture or the end; a script that begins with GIF89a does not go on so.
    private static (int Width, int Height)? Gif(ReadOnlySpan<byte> head, Stream file)
    {
        if (!head.StartsWith("GIF87a"u8) && !head.StartsWith("GIF89a"u8)) return null;
        file.Position = 13 + ((head[10] & 0x80) == 0 ? 0 : 3 << ((head[10] & 7) + 1));
        if (file.ReadByte() is not (0x21 or 0x2C)) return null;
        return (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]));
    }

    private static (int Width, int Height)? WebP(ReadOnlySpan<byte> head, long length)
    {
        if (!head.StartsWith("RIFF"u8) || !head[8..12].SequenceEqual("WEBP"u8)) return null;
        if (length - 8 - BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) is < 0 or > 1) return null;
        if (head[12..16].SequenceEqual("VP8X"u8)) return (1 + (head[24] | (head[25] << 8) | (head[26] << 16)), 1 + (head[27] | (head[28] << 8) | (head[29] << 16)));
        if (head[12..16].SequenceEqual("VP8L"u8) && head[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return head[12..16].SequenceEqual("VP8 "u8) && head[23] == 0x9D && head[24] == 0x01 && head[25] == 0x2A
            ? (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF)
            : null;
    }

    // From segment to segment until the one that begins the picture itself; what lies before it (a thumbnail, colours) is passed over.
    private static (int Width, int Height)? Jpeg(ReadOnlySpan<byte> head, Stream file)
    {
        if (!head.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return null;
        file.Position = 2;
        Span<byte> segment = stackalloc byte[7];
        for (var i = 0; i < Segments; i++)
        {
            if (file.ReadByte() != 0xFF) return null;
            int marker;
            do marker = file.ReadByte();
            while (marker == 0xFF);
            if (marker is < 0xC0 or 0xD8 or 0xD9 or 0xDA) return null;
            if (marker is >= 0xD0 and <= 0xD7) continue;
            var isFrame = marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            var part = isFrame ? segment : segment[..2];
            if (file.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length) return null;
            if (isFrame) return (BinaryPrimitives.ReadUInt16BigEndian(part[5..]), BinaryPrimitives.ReadUInt16BigEndian(part[3..]));
            var length = BinaryPrimitives.ReadUInt16BigEndian(part);
            if (length < 2 || file.Position + length - 2 > file.Length) return null;
            file.Position += length - 2;
        }

        return null;
    }
}
