using System.Buffers;
using Live800.Domain.Shared;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Widget;

/// <summary>What pages tell about themselves: that they are there, still there, or going.</summary>
internal sealed class ViewEndpoints(
    VisitorDoor door, VisitorTracker tracker, LiveVisits visits, VisitorPasses passes, VisitorReading reading, WireAnswer answer)
{
    private const int PageIdLimit = 16;

    /// <summary>
    /// A page was opened or changed its address. Answers after the commit, with a pass for somebody new or whose pass is older than a day, and with what the page shows.
    /// Refusals: PassInvalid, InputInvalid, TooManyRequests, ServerBusy.
    /// </summary>
    public async Task ViewAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.View, ReadView, passRequired: false) is not { } call)
            return;
        var company = call.Company;
        var visitor = call.Pass?.Visitor ?? new VisitorId(IdSource.Next(call.Now));
        var viewed = await tracker.ViewAsync(company, visitor, call.Fields, VisitorDoor.BrowserOf(context), call.Now);
        if (viewed.IsRefused)
        {
            await answer.RefuseAsync(context, viewed.Refusal);
            return;
        }

        var response = context.Response;
        response.ContentType = "application/json";
        var pass = call.Pass is { } known && !known.IsDueForRenewal(call.Now) ? null : passes.Issue(company, visitor, call.Now);
        using (var events = WireEvents.List(response.BodyWriter, pass))
        {
            var online = await reading.Icons.IsOnlineAsync(company, call.Now);
            events.Icons(VisitorFeed.Icons, online, IconPicture.Words(online, WidgetLanguage.Of(context.Request)));
            var latest = viewed.Value.HasTalked ? await reading.LatestAsync(company, visitor, context.RequestAborted) : null;
            if (latest is not { VisitEndedAt: null })
                events.Conversation(online ? ShownConversation.None : ShownConversation.Offline);
            else
                events.Conversation(await reading.ShowAsync(company, latest, call.Now, context.RequestAborted));
            if (viewed.Value.Invitation is not null && await reading.InvitationAsync(company, visitor, call.Now, context.RequestAborted) is { } open)
                events.Invitation(open);
            events.EndList();
        }

        _ = await response.BodyWriter.FlushAsync(CancellationToken.None);
    }

    /// <summary>The page is being closed.</summary>
    public async Task LeaveAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.View, ReadPage) is not { } call)
            return;
        tracker.Leave(call.Company, call.Visitor, call.Fields, call.Now);
        await WireAnswer.NothingAsync(context);
    }

    /// <summary>The page is in front of somebody who has a conversation open (D10).</summary>
    public async Task BeatAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.View, ReadPage) is not { } call)
            return;
        _ = visits.Sign(call.Company, call.Visitor, call.Now);
        await WireAnswer.NothingAsync(context);
    }

    /// <summary>The page's own id: letters a to z and digits, at most sixteen.</summary>
    internal static bool TryPage(in FormFields fields, out string page) =>
        fields.TryText("k"u8, out page) && page.Length is > 0 and <= PageIdLimit && !page.AsSpan().ContainsAnyExcept(PageSigns);

    internal static Outcome<string> ReadPage(in FormFields fields) => TryPage(fields, out var page) ? page : Refusal.InputInvalid;

    private static readonly SearchValues<char> PageSigns = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private static Outcome<PageView> ReadView(in FormFields fields) =>
        TryPage(fields, out var page) && fields.TryText("u"u8, out var address) && fields.TryText("t"u8, out var title) && fields.TryText("r"u8, out var referrer)
            ? new PageView(page, address, title, referrer)
            : Refusal.InputInvalid;
}
