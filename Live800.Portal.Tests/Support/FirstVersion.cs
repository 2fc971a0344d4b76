using System.Formats.Tar;
using System.IO.Compression;

namespace Live800.Portal.Tests.Support;

/// <summary>The data folder of the first version, as its demo made it: two companies, 87 conversations, 86 ledger lines, 147 visits, one migration in each file. It is never made anew; every later version must take it.</summary>
public static class FirstVersion
{
    /// <summary>Conversations in it.</summary>
    public const long Conversations = 87;

    /// <summary>Lines that were said in them.</summary>
    public const long Messages = 650;

    /// <summary>Steps in its trail.</summary>
    public const long TrailSteps = 355;

    /// <summary>The loader that browsers still have in their caches.</summary>
    public static string Loader()
    {
        using var reader = new StreamReader(typeof(FirstVersion).Assembly.GetManifestResourceStream("first-version-loader.js")!);
        return reader.ReadToEnd();
    }

    /// <summary>A folder of one's own with it.</summary>
    public static string Unpack()
    {
        var folder = Directory.CreateTempSubdirectory("live800-first-").FullName;
        using var packed = typeof(FirstVersion).Assembly.GetManifestResourceStream("first-version.tgz")!;
        using var unzipped = new GZipStream(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(unzipped, folder, overwriteFiles: false);
        return folder;
    }
}
