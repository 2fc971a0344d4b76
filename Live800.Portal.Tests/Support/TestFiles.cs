using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Live800.Portal.Tests.Support;

/// <summary>Small true files, and such as only pretend.</summary>
public static class TestFiles
{
    /// <summary>A true PNG of one colour; with a header that says something else where asked.</summary>
    public static byte[] Png(int width = 2, int height = 2, bool headerOnly = false)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        Chunk(file, "IHDR", head);
        if (!headerOnly)
        {
            using var pixels = new MemoryStream();
            using (var packed = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
            {
                var row = new byte[1 + (width * 3)];
                row.AsSpan(1).Fill(0xB0);
                for (var y = 0; y < height; y++) packed.Write(row);
            }

            Chunk(file, "IDAT", pixels.ToArray());
        }

        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>Header, one long segment (a camera's facts), and the frame.</summary>
    public static byte[] Jpeg(int width = 3, int height = 2)
    {
        byte[] facts = [0xFF, 0xE1, 0xFF, 0xFF, .. new byte[0xFFFD]];
        byte[] frame = [0xFF, 0xC0, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
        return [0xFF, 0xD8, .. facts, .. frame, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0xFF, 0xD9];
    }

    public static byte[] Gif(int width = 3, int height = 2) =>
        [.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];

    public static byte[] WebP(int width = 3, int height = 2)
    {
        byte[] picture = [.. "VP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), (byte)((width - 1) >> 16), (byte)(height - 1), (byte)((height - 1) >> 8), (byte)((height - 1) >> 16), 0, 0];
        return [.. "RIFF"u8, (byte)(4 + picture.Length), 0, 0, 0, .. "WEBP"u8, .. picture];
    }

    public static byte[] Zip(string entry = "a.txt")
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var inside = zip.CreateEntry(entry).Open())
            inside.Write("x"u8);
        return file.ToArray();
    }

    public static byte[] Compound() => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];

    public static byte[] Pdf() => Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

    /// <summary>"您好" as an older Windows writes it.</summary>
    public static byte[] Gbk() => [0xC4, 0xFA, 0xBA, 0xC3, (byte)'\r', (byte)'\n'];

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        var whole = new byte[4 + 4 + data.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(whole, data.Length);
        _ = Encoding.ASCII.GetBytes(type, whole.AsSpan(4));
        data.CopyTo(whole, 8);
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(8 + data.Length), Crc(whole.AsSpan(4, 4 + data.Length)));
        file.Write(whole);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
