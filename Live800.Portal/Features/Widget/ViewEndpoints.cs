using System.Buffers;
using System.Globalization;
using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Portal.Features.Installation;
using Live800.Portal.Features.Members;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Widget;

/// <summary>What pages tell about themselves: that they are there, still there, or going.</summary>
internal sealed class ViewEndpoints(
    VisitorDoor door, VisitorTracker tracker, SightingBoard board, LiveVisits visits, VisitorPasses passes, VisitorReading reading, MemberDoor members, WireAnswer answer)
{
    private const int PageIdLimit = 16;

    /// <summary>
    /// A page was opened or changed its address. Answers after the commit, with a pass for somebody new or whose pass is older than a day, and with what the page shows. m is the
    /// identity the company's site has signed (5): it may make the visitor another one, who then gets his own pass.
    /// Refusals: PassInvalid, InputInvalid, TooManyRequests, ServerBusy.
    /// </summary>
    public async Task ViewAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.View, ReadView, passRequired: false) is not { } call)
            return;
        var company = call.Company;
        var visitor = call.Pass?.Visitor ?? new VisitorId(IdSource.Next(call.Now));
        var (view, icons, member) = call.Fields;
        if (member.Length > 0 && call.Site.Members != MemberWay.Off)
            visitor = await members.EnterAsync(call.Site, call.Pass?.Visitor, view.Page, member, context.Request.Headers.Origin.ToString(), context.RequestAborted);
        else if (call.Pass is null)
            view = view with { IsNewcomer = true };
        var viewed = await tracker.ViewAsync(company, visitor, view, VisitorDoor.BrowserOf(context), call.Now);
        if (viewed.IsRefused)
        {
            await answer.RefuseAsync(context, viewed.Refusal);
            return;
        }

        board.SeeCode(company, view.Address, icons is { Count: > 0 }, context.Request.Headers.Origin, context.Request.Host.Value);
        var response = context.Response;
        response.ContentType = "application/json";
        var pass = call.Pass is { } known && known.Visitor == visitor && !known.IsDueForRenewal(call.Now) ? null : passes.Issue(company, visitor, call.Now);
        using (var events = WireEvents.List(response.BodyWriter, pass))
        {
            var language = call.Site.Language(context.Request);
            events.Icons(await reading.IconStates.OfAsync(company, language, call.Now, icons));
            var latest = viewed.Value.HasTalked ? await reading.LatestAsync(company, visitor, context.RequestAborted) : null;
            events.Conversation(await reading.ShowAsync(company, latest is { VisitEndedAt: null } ? latest : null, call.Now, language, context.RequestAborted));
            if (viewed.Value.Invitation is not null && await reading.InvitationAsync(company, visitor, call.Now, language, context.RequestAborted) is { } open)
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

    /// <summary>Whether the page named an icon: ids with commas between, of which the first digit tells. What is none says nothing.</summary>
    internal static bool HasIcon(in FormFields fields)
    {
        Span<byte> space = stackalloc byte[64];
        return fields.Short("i"u8, space).IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;
    }

    private static Outcome<Viewed> ReadView(in FormFields fields) =>
        TryPage(fields, out var page) && fields.TryText("u"u8, out var address) && fields.TryText("t"u8, out var title) && fields.TryText("r"u8, out var referrer) && fields.TryText("m"u8, out var member)
            ? new Viewed(new PageView(page, address, title, referrer), ReadIcons(fields), member)
            : Refusal.InputInvalid;

    /// <param name="Icons">The icons that stand on the page; a page that names none is told of all.</param>
    /// <param name="Member">The identity the site has signed, or nothing.</param>
    private readonly record struct Viewed(PageView View, IReadOnlySet<int>? Icons, string Member);

    // What is no number of an icon is passed over.
    private static HashSet<int>? ReadIcons(in FormFields fields)
    {
        if (!fields.TryText("i"u8, out var named) || named.Length is 0 or > 400) return null;
        var icons = new HashSet<int>();
        foreach (var one in named.Split(','))
        {
            if (int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var icon)) _ = icons.Add(icon);
        }

        return icons;
    }
}
