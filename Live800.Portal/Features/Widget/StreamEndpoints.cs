using Live800.Domain.Shared;
using Live800.Portal.Features.Installation;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;
using Microsoft.AspNetCore.Http.Features;

namespace Live800.Portal.Features.Widget;

/// <summary>How visitors' pages hear: one stream per visitor, or asking again and again where streams do not come through. Both carry the same envelopes and the same cursor.</summary>
internal sealed class StreamEndpoints(
    VisitorDoor door, VisitorTracker tracker, VisitorStreams streams, LiveVisits visits, VisitorReading reading, SightingBoard board, WireAnswer answer, TimeProvider clock)
{
    private const VisitorNews Everything = VisitorNews.Icons | VisitorNews.Conversation | VisitorNews.Invitation | VisitorNews.Typing | VisitorNews.Replies;

    private readonly record struct Listener(string Page, VisitorCursor Cursor, bool HasIcon);

    /// <summary>
    /// Opens with icons, conversation and every line after the cursor, then goes on as things happen. Ends with <c>bye</c> when the server stops, another page takes over
    /// or the reader does not keep up; the page comes back with its cursor (D4, D9).
    /// </summary>
    public async Task StreamAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Listen, ReadListener) is not { } call)
            return;
        var found = await tracker.OfLivingPageAsync(call.Company, call.Visitor, call.Fields.Page, VisitorDoor.BrowserOf(context), call.Now, context.RequestAborted);
        if (found.IsRefused)
        {
            await answer.RefuseAsync(context, found.Refusal);
            return;
        }

        NoteIcon(context, call, found.Value);
        if (streams.Open(call.Company, call.Visitor, call.Fields.Page, context.Abort) is not { } stream)
        {
            await answer.RefuseAsync(context, Refusal.ServerBusy);
            return;
        }

        var visit = visits.StreamOpened(call.Company, call.Visitor, call.Now);
        try
        {
            var feed = new VisitorFeed(reading, call.Company, call.Visitor, call.Site.Language(context.Request), call.Fields.Cursor);
            await ServeAsync(context, stream, feed);
        }
        finally
        {
            streams.Close(stream);
            if (visit is not null)
                visits.StreamClosed(visit, clock.GetUtcNow());
        }
    }

    /// <summary>The same events, answered at once.</summary>
    public async Task PollAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Listen, ReadListener) is not { } call)
            return;
        var found = await tracker.OfLivingPageAsync(call.Company, call.Visitor, call.Fields.Page, VisitorDoor.BrowserOf(context), call.Now, context.RequestAborted);
        if (found.IsRefused)
        {
            await answer.RefuseAsync(context, found.Refusal);
            return;
        }

        NoteIcon(context, call, found.Value);
        await AnswerAsync(context, call.Company, call.Visitor, call.Fields.Cursor, Everything, reading, call.Now);
    }

    /// <summary>Answers a request with events as they are now.</summary>
    internal static async Task AnswerAsync(
        HttpContext context, CompanyId company, VisitorId visitor, VisitorCursor cursor, VisitorNews news, VisitorReading reading, DateTimeOffset now)
    {
        context.Response.ContentType = "application/json";
        var body = context.Response.BodyWriter;
        var feed = new VisitorFeed(reading, company, visitor, await reading.LanguageAsync(company, context.Request), cursor);
        using var events = WireEvents.List(body);
        await feed.WriteAsync(events, news, now, FlushAsync, context.RequestAborted);
        events.EndList();
        await FlushAsync();

        async ValueTask FlushAsync() => _ = await body.FlushAsync(context.RequestAborted);
    }

    private async Task ServeAsync(HttpContext context, VisitorStream stream, VisitorFeed feed)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        // Proxies that collect answers before passing them on would hold the stream back.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await using var gone = context.RequestAborted.UnsafeRegister(static state => ((VisitorStream)state!).Tell(VisitorNews.Gone), stream);

        var news = Everything;
        while (!news.HasFlag(VisitorNews.Gone))
        {
            if (Goodbye(news) is { } reason)
            {
                using var last = WireEvents.Stream(response.BodyWriter);
                last.Bye(reason);
                await FlushAsync();
                return;
            }

            using (var events = WireEvents.Stream(response.BodyWriter))
            {
                await feed.WriteAsync(events, news, clock.GetUtcNow(), FlushAsync, context.RequestAborted);
                if (news.HasFlag(VisitorNews.Beat))
                    events.Beat();
            }

            stream.IsWaiting = feed.IsWaiting;
            await FlushAsync();
            news = await stream.WaitAsync();
        }

        async ValueTask FlushAsync()
        {
            stream.Writing(clock.GetTimestamp());
            _ = await response.BodyWriter.FlushAsync(context.RequestAborted);
            stream.Written();
        }
    }

    // A page tells of its first view before it was looked over; with this it was.
    private void NoteIcon(HttpContext context, in VisitorCall<Listener> call, LiveVisit visit)
    {
        if (call.Fields.HasIcon && visit.Showing(call.Fields.Page) is { } page)
            board.SeeBoth(call.Company, page.Address, context.Request.Headers.Origin, context.Request.Host.Value);
    }

    private static byte[]? Goodbye(VisitorNews news) =>
        news.HasFlag(VisitorNews.Stop) ? "stop"u8.ToArray()
        : news.HasFlag(VisitorNews.Moved) ? "moved"u8.ToArray()
        : news.HasFlag(VisitorNews.Slow) ? "slow"u8.ToArray()
        : null;

    private static Outcome<Listener> ReadListener(in FormFields fields)
    {
        Span<byte> space = stackalloc byte[64];
        return ViewEndpoints.TryPage(fields, out var page)
            ? new Listener(page, VisitorCursor.Read(fields.Short("c"u8, space)), ViewEndpoints.HasIcon(fields))
            : Refusal.InputInvalid;
    }
}
