using Live800.Domain.Messages;
using Live800.Domain.Shared;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Messages;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Widget;

/// <summary>What visitors' browsers fetch from us besides scripts and pictures: the chat frame, the full-page chat.</summary>
internal sealed class PageEndpoints(VisitorDoor door, WidgetFrame frame, HoursBoard hours, OfflineInbox inbox, VisitorTracker tracker, LiveVisits visits, BlockBoard blocks, WireAnswer answer, TimeProvider clock)
{
    /// <summary>The chat frame, embedded by the loader.</summary>
    public async Task FrameAsync(HttpContext context)
    {
        if (await door.SiteAsync(context, VisitorAct.Fetch) is { } site)
            await frame.Frame(FrameCompany.Of(site, site.Language(context.Request)) with { Group = GroupOf(site, context.Request) }, site.Language(context.Request)).WriteAsync(context);
    }

    /// <summary>The full-page chat; without JavaScript it is the offline-message form.</summary>
    public async Task ChatPageAsync(HttpContext context)
    {
        if (await door.SiteAsync(context, VisitorAct.Fetch) is { } site)
            await frame.ChatPage(FrameCompany.Of(site, site.Language(context.Request)) with { Group = GroupOf(site, context.Request) }, site.Language(context.Request), new PlainForm(Why: await WhyAsync(site, context))).WriteAsync(context);
    }

    /// <summary>The offline message of a browser without JavaScript: an ordinary form, answered with a page.</summary>
    public async Task LeaveOnPageAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Message, ReadLeftOnPage, passRequired: false) is not { } call)
            return;
        var (id, name, contact, text, _) = call.Fields;
        var from = new MessageOrigin(call.Site.GroupOf(context.Request.Query["g"]), Language: call.Site.Language(context.Request).Name);
        var left = await blocks.CoversAsync(call.Company, null, context.Connection.RemoteIpAddress, context.RequestAborted)
            ? Refusal.NotServed
            : await inbox.ReceiveAsync(call.Company, null, id, name, contact, text, from, context.RequestAborted);
        var plain = left.IsRefused
            ? new PlainForm(Refusal: answer.Sentence(context, left.Refusal), Text: text, Name: name, Contact: contact, Why: await WhyAsync(call.Site, context))
            : new PlainForm(IsSent: true);
        if (left.IsRefused)
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await frame.ChatPage(FrameCompany.Of(call.Site, call.Site.Language(context.Request)) with { Group = GroupOf(call.Site, context.Request) }, call.Site.Language(context.Request), plain).WriteAsync(context);
    }

    /// <summary>
    /// The offline message of the chat frame; sent twice it is stored once. g is the code of a group, as with a request; the page is the one the visitor looks at. Refusals: TextEmpty, TextTooLong,
    /// NameTooLong, ContactTooLong.
    /// </summary>
    public async Task LeaveAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Message, ReadLeft) is not { } call)
            return;
        var (id, name, contact, text, group) = call.Fields;
        var page = visits.Find(call.Company, call.Visitor, call.Now)?.Current;
        var from = new MessageOrigin(call.Site.GroupOf(group), page?.Address ?? "", page?.Title ?? "", call.Site.Language(context.Request).Name);
        var left = await blocks.CoversAsync(call.Company, call.Visitor, context.Connection.RemoteIpAddress, context.RequestAborted)
            ? Refusal.NotServed
            : await inbox.ReceiveAsync(call.Company, call.Visitor, id, name, contact, text, from, context.RequestAborted);
        if (left.IsRefused)
        {
            await answer.RefuseAsync(context, left.Refusal);
            return;
        }

        await tracker.NameAsync(call.Company, call.Visitor, name, call.Now);
        await WireAnswer.NothingAsync(context);
    }

    /// <summary>The visitor has the reply i to his offline message on the screen (5). Refusal: OfflineMessageUnknown (none of his).</summary>
    public async Task ReplySeenAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadReply) is not { } call)
            return;
        var seen = await inbox.SeenAsync(call.Company, call.Visitor, call.Fields, context.RequestAborted);
        await (seen.IsRefused ? answer.RefuseAsync(context, seen.Refusal) : WireAnswer.NothingAsync(context));
    }

    private async Task<string> WhyAsync(Site site, HttpContext context) =>
        ClosedWords.Of(await hours.OfAsync(site.Company, context.RequestAborted), site.GroupOf(GroupOf(site, context.Request)), clock.GetUtcNow(), site.Language(context.Request));

    // What the link says (4); one that means nothing here is quietly the whole company (S3.4).
    private static string GroupOf(Site site, HttpRequest request) => site.Groups.FirstOrDefault(group => group.Code == request.Query["g"])?.Code ?? "";

    private readonly record struct Left(Guid Id, string Name, string Contact, string Text, string Group);

    private static Outcome<OfflineReplyId> ReadReply(in FormFields fields) =>
        fields.TryNumber("i"u8, out var reply) && reply > 0 ? new OfflineReplyId(reply) : Refusal.InputInvalid;

    // A form that was saved and opened again has no id of its own any more.
    private static Outcome<Left> ReadLeftOnPage(in FormFields fields) =>
        ReadLeft(fields) is { IsRefused: false } left ? left : fields.Has("id"u8) ? Refusal.InputInvalid : ReadLeft(fields, Guid.NewGuid());

    private static Outcome<Left> ReadLeft(in FormFields fields) =>
        ChatEndpoints.TryClientId(fields, out var id) ? ReadLeft(fields, id) : Refusal.InputInvalid;

    private static Outcome<Left> ReadLeft(in FormFields fields, Guid id) =>
        fields.TryText("name"u8, out var name) && fields.TryText("contact"u8, out var contact) && fields.TryText("x"u8, out var text)
            ? new Left(id, name, contact, text, ChatEndpoints.ReadGroup(fields))
            : Refusal.InputInvalid;
}
