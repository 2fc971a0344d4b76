using System.IO.Compression;
using System.Text.RegularExpressions;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>Bytes and banned words of what other people's pages load (QUALITY 1). The test host reads the same files as the portal's build output.</summary>
public sealed partial class WidgetFilesTests
{
    private static readonly WidgetFiles Files = WidgetFiles.Load();

    [Fact]
    public void The_loader_is_at_most_2048_bytes_gzipped()
    {
        Figures.Tell($"loader: {Files.Loader.Gzip.Length} B gzip, {Files.Loader.Brotli.Length} B brotli, {Files.Loader.Plain.Length} B plain");
        Assert.InRange(Files.Loader.Gzip.Length, 1000, WidgetFiles.LoaderLimit);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void The_first_paint_of_the_chat_frame_is_at_most_10240_bytes_gzipped(string language)
    {
        var company = new FrameCompany("qingfeng", "清风家居", "#2f6b4f", "", PreviewTyping: true);
        var page = new WidgetFrame(Files).Frame(company, new System.Globalization.CultureInfo(language));
        var html = Gzip(page.Html);
        var sum = html + Files.FrameScript.Gzip.Length + Files.FrameStyle.Gzip.Length;
        Figures.Tell($"chat frame, {language}: {sum} B gzip (html with texts {html}, script {Files.FrameScript.Gzip.Length}, style {Files.FrameStyle.Gzip.Length})");
        Assert.InRange(sum, 3000, WidgetFiles.FrameLimit);
    }

    [Fact]
    public void What_the_frame_loads_on_first_use_is_at_most_6_kilobytes_gzipped()
    {
        var sum = Files.RateScript.Gzip.Length + Files.ExtrasScript.Gzip.Length + Files.TrayScript.Gzip.Length + Files.RowsScript.Gzip.Length;
        Figures.Tell($"frame's later parts: {sum} B gzip (rating {Files.RateScript.Gzip.Length}, files and signs {Files.ExtrasScript.Gzip.Length}, shared with the composer {Files.TrayScript.Gzip.Length}, rows {Files.RowsScript.Gzip.Length})");
        Assert.InRange(sum, 3000, WidgetFiles.LaterLimit);
    }

    /// <summary>What comes with an event that most visits do not have: a pushed page, an offline message.</summary>
    [Fact]
    public void Any_other_part_of_the_frame_is_at_most_2048_bytes_gzipped()
    {
        foreach (var part in Files.All.Except([Files.Loader, Files.FrameScript, Files.FrameStyle, Files.PageStyle, Files.ChatScript, Files.RateScript, Files.ExtrasScript, Files.TrayScript, Files.RowsScript]))
        {
            Figures.Tell($"part {part.Name}: {part.Gzip.Length} B gzip");
            Assert.InRange(part.Gzip.Length, 100, WidgetFiles.PartLimit);
        }
    }

    [Fact]
    public void Gzip_and_brotli_unpack_to_what_is_served_plain()
    {
        foreach (var file in Files.All)
        {
            Assert.Equal(file.Plain, Unpack(new GZipStream(new MemoryStream(file.Gzip), CompressionMode.Decompress)));
            Assert.Equal(file.Plain, Unpack(new BrotliStream(new MemoryStream(file.Brotli), CompressionMode.Decompress)));
            Assert.NotEmpty(file.Plain);
        }
    }

    [Fact]
    public void The_sources_stand_beside_the_executable()
    {
        Assert.StartsWith(AppContext.BaseDirectory, Files.Folder);
        Assert.True(new FileInfo(Path.Combine(Files.Folder, "loader.js")).Length > 0);
    }

    /// <summary>The demo's pages count as well: they show how the codes are used.</summary>
    [Fact]
    public void No_source_writes_html_evaluates_text_or_talks_to_the_console()
    {
        foreach (var path in Directory.EnumerateFiles(Files.Folder, "*.*", SearchOption.AllDirectories).Where(path => path.EndsWith(".js", StringComparison.Ordinal) || path.EndsWith(".html", StringComparison.Ordinal)))
            Assert.DoesNotMatch(Banned(), File.ReadAllText(path));
    }

    [Fact]
    public void No_style_attribute_and_no_inline_handler_stands_in_the_frame() =>
        Assert.DoesNotMatch(new Regex(@"\s(style|on[a-z]+)\s*=\s*[""']"), File.ReadAllText(Path.Combine(Files.Folder, "frame.html")));

    private static int Gzip(string text)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return (int)output.Length;
    }

    private static byte[] Unpack(Stream packed)
    {
        using var output = new MemoryStream();
        using (packed) packed.CopyTo(output);
        return output.ToArray();
    }

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\s*\(|new Function|console\.|onerror|document\.cookie|window\.open\(|alert\(")]
    private static partial Regex Banned();
}
