using System.Globalization;
using Live800.Domain.Shared;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Visitors;
using Microsoft.Net.Http.Headers;

namespace Live800.Portal.Features.Widget;

/// <summary>What visitors' browsers fetch from us besides scripts: the chat frame, the icon's picture, the full-page chat.</summary>
internal sealed class PageEndpoints(VisitorDoor door, WidgetFrame frame, IconBoard icons, OfflineInbox inbox, VisitorTracker tracker, BlockBoard blocks, WireAnswer answer, TimeProvider clock)
{
    /// <summary>The chat frame, embedded by the loader.</summary>
    public async Task FrameAsync(HttpContext context)
    {
        if (await door.SiteAsync(context, VisitorAct.Fetch) is { } site)
            await frame.Frame(CompanyOf(site) with { Group = GroupOf(site, context.Request) }, WidgetLanguage.Of(context.Request)).WriteAsync(context);
    }

    /// <summary>
    /// The icon's picture. With <c>?s=</c> the state is given by the loader, which knows it, and the answer may be kept; without, it is the state of this moment (S3.1).
    /// </summary>
    public async Task IconAsync(HttpContext context)
    {
        if (await door.SiteAsync(context, VisitorAct.Fetch) is not { } site)
            return;
        if (!int.TryParse(context.Request.RouteValues["iconId"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var icon) || !VisitorFeed.Icons.Contains(icon))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var given = context.Request.Query["s"].ToString();
        var isOnline = given is "0" or "1" ? given == "1" : await icons.IsOnlineAsync(site.Company, clock.GetUtcNow(), context.RequestAborted);
        var headers = context.Response.Headers;
        headers.CacheControl = given.Length > 0 ? "public, max-age=600" : "no-store";
        headers.Vary = HeaderNames.AcceptLanguage;
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        // An SVG opened by itself is a document: it may run and load nothing.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'none'; sandbox";
        context.Response.ContentType = "image/svg+xml";
        await context.Response.WriteAsync(IconPicture.Draw(isOnline, WidgetLanguage.Of(context.Request), site.Colour), context.RequestAborted);
    }

    /// <summary>The full-page chat; without JavaScript it is the offline-message form.</summary>
    public async Task ChatPageAsync(HttpContext context)
    {
        if (await door.SiteAsync(context, VisitorAct.Fetch) is { } site)
            await frame.ChatPage(CompanyOf(site) with { Group = GroupOf(site, context.Request) }, WidgetLanguage.Of(context.Request)).WriteAsync(context);
    }

    /// <summary>The offline message of a browser without JavaScript: an ordinary form, answered with a page.</summary>
    public async Task LeaveOnPageAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Message, ReadLeftOnPage, passRequired: false) is not { } call)
            return;
        var (id, name, contact, text) = call.Fields;
        var left = await blocks.CoversAsync(call.Company, null, context.Connection.RemoteIpAddress, context.RequestAborted)
            ? Refusal.NotServed
            : await inbox.ReceiveAsync(call.Company, null, id, name, contact, text, context.RequestAborted);
        var plain = left.IsRefused
            ? new PlainForm(Refusal: answer.Sentence(context, left.Refusal), Text: text, Name: name, Contact: contact)
            : new PlainForm(IsSent: true);
        if (left.IsRefused)
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await frame.ChatPage(CompanyOf(call.Site) with { Group = GroupOf(call.Site, context.Request) }, WidgetLanguage.Of(context.Request), plain).WriteAsync(context);
    }

    /// <summary>The offline message of the chat frame; sent twice it is stored once. Refusals: TextEmpty, TextTooLong, NameTooLong, ContactTooLong.</summary>
    public async Task LeaveAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Message, ReadLeft) is not { } call)
            return;
        var (id, name, contact, text) = call.Fields;
        var left = await blocks.CoversAsync(call.Company, call.Visitor, context.Connection.RemoteIpAddress, context.RequestAborted)
            ? Refusal.NotServed
            : await inbox.ReceiveAsync(call.Company, call.Visitor, id, name, contact, text, context.RequestAborted);
        if (left.IsRefused)
        {
            await answer.RefuseAsync(context, left.Refusal);
            return;
        }

        await tracker.NameAsync(call.Company, call.Visitor, name, call.Now);
        await WireAnswer.NothingAsync(context);
    }

    private static FrameCompany CompanyOf(Site site) =>
        new(site.Code, site.Name, site.Colour, site.Welcome, site.PreviewTyping) { Groups = [.. site.Groups.Where(group => group.IsOffered)] };

    // What the link says (4); one that means nothing here is quietly the whole company (S3.4).
    private static string GroupOf(Site site, HttpRequest request) => site.Groups.FirstOrDefault(group => group.Code == request.Query["g"])?.Code ?? "";

    private readonly record struct Left(Guid Id, string Name, string Contact, string Text);

    // A form that was saved and opened again has no id of its own any more.
    private static Outcome<Left> ReadLeftOnPage(in FormFields fields) =>
        ReadLeft(fields) is { IsRefused: false } left ? left : fields.Has("id"u8) ? Refusal.InputInvalid : ReadLeft(fields, Guid.NewGuid());

    private static Outcome<Left> ReadLeft(in FormFields fields) =>
        ChatEndpoints.TryClientId(fields, out var id) ? ReadLeft(fields, id) : Refusal.InputInvalid;

    private static Outcome<Left> ReadLeft(in FormFields fields, Guid id) =>
        fields.TryText("name"u8, out var name) && fields.TryText("contact"u8, out var contact) && fields.TryText("x"u8, out var text)
            ? new Left(id, name, contact, text)
            : Refusal.InputInvalid;
}
