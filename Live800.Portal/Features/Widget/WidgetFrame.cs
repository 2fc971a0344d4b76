using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Live800.Portal.Features.Widget;

/// <summary>What the chat frame shows of a company.</summary>
/// <param name="Colour">As #rrggbb.</param>
/// <param name="Welcome">The company's own first words; empty for the built-in ones.</param>
/// <param name="PreviewTyping">Whether agents see drafts; then the frame says so.</param>
public sealed record FrameCompany(string Code, string Name, string Colour, string Welcome, bool PreviewTyping)
{
    /// <summary>The groups a visitor may choose from before his first words (4).</summary>
    public IReadOnlyList<SiteGroup> Groups { get; init; } = [];

    /// <summary>The code of the group the link leads to; empty for the whole company.</summary>
    public string Group { get; init; } = "";
}

/// <summary>What the full-page chat shows to a browser without JavaScript.</summary>
/// <param name="IsSent">The form was taken: thanks instead of the form.</param>
/// <param name="Refusal">Why the form was not taken, in words.</param>
/// <param name="Text">What was written, to be shown again with a refusal.</param>
public sealed record PlainForm(bool IsSent = false, string? Refusal = null, string Text = "", string Name = "", string Contact = "");

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
        headers["Referrer-Policy"] = "no-referrer";
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
        Fill(company, language, "frame", "..", [files.FrameScript], plain: null, otherPolicy: "");

    /// <summary>The full-page chat; without JavaScript it is the offline-message form, or what <paramref name="plain"/> says became of it.</summary>
    public WidgetPage ChatPage(FrameCompany company, CultureInfo language, PlainForm? plain = null) =>
        Fill(company, language, "page", "../w", [files.ChatScript, files.FrameScript], plain ?? new PlainForm(), otherPolicy: "; frame-ancestors 'none'");

    private WidgetPage Fill(FrameCompany company, CultureInfo language, string kind, string root, WidgetFile[] scripts, PlainForm? plain, string otherPolicy)
    {
        var colours = CompanyColour.Read(company.Colour).Style() + (company.Groups.Count > 0 ? ChoiceStyle : "");
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
                "page" => plain is null ? "" : $"<link rel=\"icon\" href=\"../favicon.svg\">\n<noscript><style>{withoutScript}</style></noscript>\n",
                "scripts" => string.Concat(scripts.Select(script => $"<script src=\"{root}{script.Address[2..]}\"></script>")),
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

    private static string Choice(FrameCompany company, Func<string, string> text)
    {
        if (company.Groups.Count == 0) return company.Group.Length == 0 ? "" : $"<input type=\"hidden\" id=\"group\" value=\"{Html.Encode(company.Group)}\">\n";
        var options = string.Concat(company.Groups.Select(group => $"<option value=\"{Html.Encode(group.Code)}\"{(group.Code == company.Group ? " selected" : "")}>{Html.Encode(group.Name)}</option>"));
        // A link may lead to a group that is not offered to everybody: then that is the first choice.
        var first = company.Group.Length > 0 && company.Groups.All(group => group.Code != company.Group) ? company.Group : "";
        return $"<p id=\"pick\"><label for=\"group\">{Html.Encode(text("GroupLabel"))}</label><select id=\"group\"><option value=\"{Html.Encode(first)}\">{Html.Encode(text("GroupAny"))}</option>{options}</select></p>\n";
    }

    private static string Fingerprint(string style) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

    [GeneratedRegex(@"\{\{([a-zA-Z:]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
