using System.Text.Json;
using NUglify;
using NUglify.Css;
using NUglify.JavaScript;

namespace Live800.Portal.Features.Widget;

/// <summary>
/// What a company's web site loads from us. The sources in <c>wwwroot-widget</c> are plain and commented; they are read and minified once, at start,
/// and an error in one of them stops the start. Served from memory: as linked static web assets they would be empty in build output.
/// </summary>
public sealed class WidgetFiles
{
    /// <summary>The most bytes, gzipped, of what runs on every page with function code (QUALITY 1).</summary>
    public const int LoaderLimit = 2048;

    /// <summary>The most bytes, gzipped, of the chat frame's first paint in one language (QUALITY 1).</summary>
    public const int FrameLimit = 10_240;

    /// <summary>The most bytes, gzipped, of what the frame fetches with the first use of signs, files and rating (QUALITY 1).</summary>
    public const int LaterLimit = 6 * 1024;

    /// <summary>The most bytes, gzipped, of any other part, each fetched only in the rare moment that needs it.</summary>
    public const int PartLimit = 2048;

    /// <summary>The most bytes of all answers to a page load with the chat closed, icons left aside (QUALITY 1).</summary>
    public const int PageLimit = 3 * 1024;

    private const string FolderName = "wwwroot-widget";
    private const string Script = "text/javascript; charset=utf-8";

    private WidgetFiles(string folder)
    {
        Folder = folder;
        Loader = MinifyScript("loader.js", "l.js");
        FrameScript = MinifyScript("frame.js", "frame.js");
        PushScript = MinifyModule("push.js", "Push_");
        RateScript = MinifyModule("rate.js", "Rate_");
        ExtrasScript = MinifyModule("extras.js", "Extras_");
        TrayScript = MinifyModule("tray.js", "Tray_");
        RowsScript = MinifyModule("rows.js", "Rows_");
        OfflineScript = MinifyModule("offline.js", "Offline_");
        AnswersScript = MinifyModule("answers.js", "Answers_");
        RingScript = MinifyModule("ring.js", "Ring_");
        BeforeScript = MinifyModule("before.js", "Before_");
        Consent = MinifyModule("consent.js", "Consent_");
        ProbeScript = MinifyScript("probe.js", "probe.js");
        ChatScript = MinifyScript("chat.js", "chat.js");
        FrameStyle = MinifyStyle("frame.css", "frame.css");
        PageStyle = MinifyStyle("page.css", "page.css");
        FrameTemplate = Read("frame.html");
        All = [Loader, FrameScript, PushScript, RateScript, ExtrasScript, TrayScript, RowsScript, OfflineScript, AnswersScript, RingScript, BeforeScript, Consent, ProbeScript, ChatScript, FrameStyle, PageStyle];
    }

    /// <summary>Everything that is served from <c>/w/</c>.</summary>
    public IReadOnlyList<WidgetFile> All { get; }

    /// <summary>The folder the sources were read from.</summary>
    public string Folder { get; }

    /// <summary>Runs on every page with function code; at most 2,048 bytes gzipped.</summary>
    public WidgetFile Loader { get; }

    public WidgetFile FrameScript { get; }

    /// <summary>A part of the frame that is loaded with the first pushed page (S2.1).</summary>
    public WidgetFile PushScript { get; }

    /// <summary>A part of the frame that is loaded when the visitor may rate (4).</summary>
    public WidgetFile RateScript { get; }

    /// <summary>A part of the frame that is loaded with the first file or sign (4).</summary>
    public WidgetFile ExtrasScript { get; }

    /// <summary>What <see cref="ExtrasScript"/> shares with the agents' composer.</summary>
    public WidgetFile TrayScript { get; }

    /// <summary>What <see cref="PushScript"/> and <see cref="ExtrasScript"/> share: how their lines look.</summary>
    public WidgetFile RowsScript { get; }

    /// <summary>A part of the frame that sends an offline message (5).</summary>
    public WidgetFile OfflineScript { get; }

    /// <summary>A part of the frame that shows the replies to offline messages (5).</summary>
    public WidgetFile AnswersScript { get; }

    /// <summary>A part of the frame that rings for words nobody sees (5).</summary>
    public WidgetFile RingScript { get; }

    /// <summary>A part of the frame that draws what the company asks before a conversation (5).</summary>
    public WidgetFile BeforeScript { get; }

    /// <summary>Asks before the loader may come (5).</summary>
    public WidgetFile Consent { get; }

    /// <summary>The second script of the function code with measurement (5).</summary>
    public WidgetFile ProbeScript { get; }

    public WidgetFile FrameStyle { get; }

    /// <summary>What the full-page chat wears above that.</summary>
    public WidgetFile PageStyle { get; }

    /// <summary>The transport of the full-page chat, which has no loader.</summary>
    public WidgetFile ChatScript { get; }

    internal string FrameTemplate { get; }

    /// <summary>Reads and minifies. Throws where a source is missing or does not parse.</summary>
    public static WidgetFiles Load() => new(FindFolder());

    /// <summary>Beside the executable; a test host or a tool finds the repository's folder above itself.</summary>
    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, FolderName);
            if (File.Exists(Path.Combine(candidate, "loader.js"))) return candidate;
        }

        throw new DirectoryNotFoundException($"The folder {FolderName} is missing beside {AppContext.BaseDirectory}. Publish or build again.");
    }

    private string Read(string source) => File.ReadAllText(Path.Combine(Folder, source));

    private WidgetFile MinifyScript(string source, string name)
    {
        var settings = new CodeSettings { PreserveImportantComments = false };
        return new WidgetFile(name, Script, Checked(source, Uglify.Js(Read(source), source, settings)));
    }

    /// <summary>A part of the frame, with its own texts in both languages.</summary>
    private WidgetFile MinifyModule(string source, string texts)
    {
        var settings = new CodeSettings { PreserveImportantComments = false, SourceMode = JavaScriptSourceMode.Module };
        var code = Read(source).Replace("{/* texts, by language */}", JsonSerializer.Serialize(FrameTexts.ForPart(texts)), StringComparison.Ordinal);
        return new WidgetFile(source, Script, Checked(source, Uglify.Js(code, source, settings)));
    }

    private WidgetFile MinifyStyle(string source, string name)
    {
        var settings = new CssSettings { CommentMode = CssComment.None };
        return new WidgetFile(name, "text/css; charset=utf-8", Checked(source, Uglify.Css(Read(source), source, settings)));
    }

    /// <summary>NUglify writes something even when it understood nothing.</summary>
    private static string Checked(string source, UglifyResult result) =>
        result.HasErrors || string.IsNullOrEmpty(result.Code)
            ? throw new InvalidDataException($"{source} cannot be minified: {string.Join("; ", result.Errors.Select(error => error.ToString()))}")
            : result.Code;
}
