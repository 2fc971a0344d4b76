using System.Globalization;

namespace Live800.Portal.Features.Files;

/// <summary>How a file's size is written, and the box its picture stands in.</summary>
public static class FileWords
{
    private const int Widest = 240;
    private const int Highest = 180;
    private const int Smallest = 24;

    /// <summary>812 B, 12 KB, 1.4 MB.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{(bytes + 512) / 1024} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB"),
    };

    /// <summary>At most 240 by 180, in the picture's own proportions.</summary>
    public static (int Width, int Height) Box(int width, int height)
    {
        var ratio = Math.Min(1, Math.Min((double)Widest / width, (double)Highest / height));
        return (Math.Max(Smallest, (int)Math.Round(width * ratio)), Math.Max(Smallest, (int)Math.Round(height * ratio)));
    }
}
