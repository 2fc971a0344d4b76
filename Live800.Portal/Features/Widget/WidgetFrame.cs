using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Live800.Domain.Companies;

namespace Live800.Portal.Features.Widget;

/// <summary>What the chat frame shows of a company.</summary>
/// <param name="Colour">As #rrggbb.</param>
/// <param name="Welcome">The company's own first words; empty for the built-in ones.</param>
/// <param name="PreviewTyping">Whether agents see drafts; then the frame says so.</param>
public sealed record FrameCompany(string Code, string Name, string Colour, string Welcome, bool PreviewTyping)
{
    /// <summary>The groups a visitor may choose from before his first words (4).</summary>
    public IReadOnlyList<SiteGroup> Groups { get; init; } = [];

    /// <summary>What the offline form says where hours say nothing; empty for the built-in words.</summary>
    public string OfflineWords { get; init; } = "";

    /// <summary>The chat window stands at the left of the visitor's window.</summary>
    public bool IsLeft { get; init; }

    public int FromSide { get; init; } = ChatIcon.UsualDistance;

    public int FromBottom { get; init; } = ChatIcon.UsualDistance;

    /// <summary>The picture at the head of the chat, by its hash; empty for the initial.</summary>
    public string Picture { get; init; } = "";

    /// <summary>What a company looks like to a visitor who reads this language.</summary>
    public static FrameCompany Of(Site site, CultureInfo language) => Of(site.Code, site.Name, site.Look, site.PreviewTyping, language) with
    {
        Groups = [.. site.Groups.Where(group => group.IsOffered)],
        Embedders = [.. site.Allowed.SelectMany(allowed => allowed.Sources())],
    };

    /// <summary>The same of a look that is only thought of.</summary>
    public static FrameCompany Of(string code, string name, Appearance look, bool previewTyping, CultureInfo language)
    {
        var isChinese = language.Name == WidgetLanguage.Chinese.Name;
        return new FrameCompany(code, look.Title.Length > 0 ? look.Title : name, look.Colour, isChinese ? look.Welcome : look.WelcomeEn, previewTyping)
        {
            OfflineWords = isChinese ? look.OfflineWords : look.OfflineWordsEn,
            IsLeft = look.IsLeft,
            FromSide = look.FromSide,
            FromBottom = look.FromBottom,
            Picture = look.Picture,
        };
    }

    /// <summary>The code of the group the link leads to; empty for the whole company.</summary>
    public string Group { get; init; } = "";

    /// <summary>The sites that may embed the frame, as sources of its policy; nothing is every site (5).</summary>
    public IReadOnlyList<string> Embedders { get; init; } = [];
}

/// <summary>What the full-page chat shows to a browser without JavaScript.</summary>
/// <param name="IsSent">The form was taken: thanks instead of the form.</param>
/// <param name="Refusal">Why the form was not taken, in words.</param>
/// <param name="Text">What was written, to be shown again with a refusal.</param>
/// <param name="Why">Outside working hours, the sentence that says so; empty for the usual one.</param>
public sealed record PlainForm(bool IsSent = false, string? Refusal = null, string Text = "", string Name = "", string Contact = "", string Why = "");

/// <summary>The HTML of the chat frame and of the full-page chat, with the policy it is sent with.</summary>
public readonly record struct WidgetPage(string Html, string ContentSecurityPolicy)
{
    /// <summary>Answers with this page. It is small, and asked for only when somebody wants to talk, so it is never kept.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["X-Robots-Tag"] = "noindex";
        // Nobody else learns of it; our own endpoints must, or the frame's requests would name no origin.
        headers["Referrer-Policy"] = "same-origin";
        // A page under Cross-Origin-Embedder-Policy may embed only frames that say so themselves.
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Html, context.RequestAborted);
    }
}

/// <summary>Fills the one template of chat frame and full-page chat. Whatever a company or a visitor wrote goes in as text.</summary>
public sealed partial class WidgetFrame(WidgetFiles files)
{
    // Chinese as it is written: half the bytes of escapes, and readable.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly ConcurrentDictionary<string, string> _scriptTexts = new();

    /// <summary>The frame that the loader puts into a company's page.</summary>
    public WidgetPage Frame(FrameCompany company, CultureInfo language) =>
        Fill(company, language, "frame", "..", [files.FrameScript], plain: null, otherPolicy: company.Embedders.Count == 0 ? "" : "; frame-ancestors 'self' " + string.Join(' ', company.Embedders));

    /// <summary>The full-page chat; without JavaScript it is the offline-message form, or what <paramref name="plain"/> says became of it.</summary>
    public WidgetPage ChatPage(FrameCompany company, CultureInfo language, PlainForm? plain = null) =>
        Fill(company, language, "page", "../w", [files.ChatScript, files.FrameScript], plain ?? new PlainForm(), otherPolicy: "; frame-ancestors 'none'");

    /// <summary>The chat as the frame shows it to somebody who opens it, without its scripts; for a page of ours that shows a look before it is saved.</summary>
    public string Preview(FrameCompany company, CultureInfo language, bool isOnline)
    {
        var (shown, gone) = isOnline ? ("talk", "offline") : ("offline", "talk");
        var state = Html.Encode(string.Format(CultureInfo.InvariantCulture, FrameTexts.Of(isOnline ? "Script_StateOnline" : "Script_StateOffline", language), company.Name));
        var page = Fill(company with { Embedders = [] }, language, isOnline ? "frame on" : "frame", "w", [], plain: null, otherPolicy: "").Html;
        return page.Replace("<p id=\"state\"></p>", $"<p id=\"state\">{state}</p>", StringComparison.Ordinal)
            .Replace("</head>", $"<style>#chat,#{shown}{{display:flex!important}}#offline{{display:block!important}}#{gone}{{display:none!important}}</style></head>", StringComparison.Ordinal);
    }

    /// <summary>The same with what before.js draws in the composer's place, for whoever chooses what is asked before a conversation.</summary>
    public string Preview(FrameCompany company, CultureInfo language, PreChatFields asked)
    {
        var page = Preview(company, language, isOnline: true);
        if (!asked.AsksAnything) return page;
        string Text(string name) => Html.Encode(FrameTexts.Of("Before_" + name, language));
        string Field(string name, FieldNeed need) =>
            need == FieldNeed.NotAsked ? "" : $"<label for=\"before-{name}\">{Text(name)} <small>{Text(need == FieldNeed.Required ? "Required" : "Optional")}</small></label><input id=\"before-{name}\">";
        var chosen = language.Name == WidgetLanguage.Chinese.Name ? asked.Words : asked.WordsEn;
        var form = $"<form id=\"before\"><p dir=\"auto\">{(chosen.Length > 0 ? Html.Encode(chosen) : Text("Words"))}</p>{Field("name", asked.Name)}{Field("phone", asked.Phone)}{Field("email", asked.Email)}<button class=\"yes\">{Text("Start")}</button></form>";
        return page.Replace("<form id=\"write\"", form + "<form id=\"write\"", StringComparison.Ordinal)
            .Replace("</head>", "<style>#write{display:none!important}#before{flex:none;padding:12px 14px 14px;border-top:1px solid var(--line)}#before p{padding-bottom:10px;line-height:22px;overflow-wrap:anywhere}#before input{margin-bottom:10px}#before .yes{width:100%;margin:0}</style></head>", StringComparison.Ordinal);
    }

    private WidgetPage Fill(FrameCompany company, CultureInfo language, string kind, string root, WidgetFile[] scripts, PlainForm? plain, string otherPolicy)
    {
        var colours = CompanyColour.Read(company.Colour).Style() + (company.Groups.Count > 0 ? ChoiceStyle : "") + (company.Picture.Length > 0 ? PictureStyle(company, root) : "");
        var (shown, gone) = plain?.IsSent is true ? ("thanks", "offline") : ("offline", "thanks");
        var withoutScript = plain is null ? "" : $"#chat{{display:flex!important}}#talk,#again,header button,#{gone}{{display:none!important}}#{shown}{{display:block!important}}";
        string Text(string name) => string.Format(CultureInfo.InvariantCulture, FrameTexts.Of(name, language), company.Name);

        var html = Mark().Replace(files.FrameTemplate, mark =>
        {
            var name = mark.Groups[1].Value;
            return name switch
            {
                "kind" => kind,
                "lang" => language.Name,
                "root" => root,
                "css" => root + files.FrameStyle.Address[2..],
                "colours" => colours,
                "page" => plain is null ? "" : $"<link rel=\"stylesheet\" href=\"{root}{files.PageStyle.Address[2..]}\">\n<link rel=\"icon\" href=\"{(company.Picture.Length > 0 ? PictureOf(company, root) : "../favicon.svg")}\">\n<noscript><style>{withoutScript}</style></noscript>\n",
                "scripts" => string.Concat(scripts.Select(script => $"<script src=\"{root}{script.Address[2..]}\"></script>")),
                "at" => string.Create(CultureInfo.InvariantCulture, $"{(company.IsLeft ? "left" : "right")} {company.FromSide} {company.FromBottom}"),
                "texts" when company.OfflineWords.Length > 0 => JsonSerializer.Serialize(new Dictionary<string, string>(FrameTexts.ForScript(language)) { ["OfflineWhy"] = company.OfflineWords }, Json),
                "texts" => _scriptTexts.GetOrAdd(language.Name, _ => JsonSerializer.Serialize(FrameTexts.ForScript(language), Json)),
                "code" => Html.Encode(company.Code),
                "company" => Html.Encode(company.Name),
                "initial" => Html.Encode(StringInfo.GetNextTextElement(company.Name)),
                "welcome" => Html.Encode(company.Welcome.Length > 0 ? company.Welcome : Text("Welcome")),
                "preview" => company.PreviewTyping ? "1" : "",
                "hint" => company.PreviewTyping ? Html.Encode(Text("Preview")) : "",
                "id" => plain is null ? "" : Guid.NewGuid().ToString(),
                "name" => Html.Encode(plain?.Name ?? ""),
                "contact" => Html.Encode(plain?.Contact ?? ""),
                "text" => Html.Encode(plain?.Text ?? ""),
                "groups" => Choice(company, Text),
                // In the frame the part that sends the form brings its thanks along.
                "thanks" => plain is null ? "" : $"<section id=\"thanks\" tabindex=\"-1\" hidden>\n<h2>{Html.Encode(Text("Offline_Title"))}</h2>\n<p>{Html.Encode(Text("Offline_Text"))}</p>\n<button type=\"button\" id=\"again\">{Html.Encode(Text("Offline_Again"))}</button>\n</section>\n",
                "why" => Html.Encode(plain is { Why.Length: > 0 } ? plain.Why : company.OfflineWords.Length > 0 ? company.OfflineWords : Text("PlainWhy")),
                "refusal" => Html.Encode(plain?.Refusal ?? ""),
                "refused" => plain?.Refusal is null ? "hidden" : "",
                _ when name.StartsWith("t:", StringComparison.Ordinal) => Html.Encode(Text(name[2..])),
                _ => throw new InvalidDataException($"frame.html has a mark {{{{{name}}}}} that nothing fills."),
            };
        });
        return new WidgetPage(html,
            $"default-src 'none'; script-src 'self'; style-src 'self' '{Fingerprint(colours)}'{(withoutScript.Length == 0 ? "" : $" '{Fingerprint(withoutScript)}'")}; " +
            $"connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'{otherPolicy}");
    }

    // Only companies that let their visitors choose pay for it. Once the visitor has said something the choice is made.
    private const string ChoiceStyle = "#pick{display:flex;align-items:center;gap:8px;margin:0;padding:8px 14px;font-size:13px}#group{flex:1;min-width:0;height:36px;padding:0 8px;font:inherit;color:inherit;background:none;border:1px solid #8a929e;border-radius:6px}#talk:has(.v) #pick{display:none}";

    // Only companies that have a picture pay for it. It takes the place of the initial, whose letter stays for forced colours and readers.
    private static string PictureStyle(FrameCompany company, string root) => $"#face{{background:#fff url({PictureOf(company, root)}) 50%/cover;font-size:0}}";

    private static string PictureOf(FrameCompany company, string root) => company.Picture.StartsWith("data:", StringComparison.Ordinal) ? company.Picture : $"{root}/{company.Code}/picture?v={company.Picture}";

    private static string Choice(FrameCompany company, Func<string, string> text)
    {
        if (company.Groups.Count == 0) return $"<input type=\"hidden\" id=\"group\" value=\"{Html.Encode(company.Group)}\">\n";
        var options = string.Concat(company.Groups.Select(group => $"<option value=\"{Html.Encode(group.Code)}\"{(group.Code == company.Group ? " selected" : "")}>{Html.Encode(group.Name)}</option>"));
        // A link may lead to a group that is not offered to everybody: then that is the first choice.
        var first = company.Group.Length > 0 && company.Groups.All(group => group.Code != company.Group) ? company.Group : "";
        return $"<p id=\"pick\"><label for=\"group\">{Html.Encode(text("GroupLabel"))}</label><select id=\"group\"><option value=\"{Html.Encode(first)}\">{Html.Encode(text("GroupAny"))}</option>{options}</select></p>\n";
    }

    private static string Fingerprint(string style) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

    [GeneratedRegex(@"\{\{([a-zA-Z:]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
