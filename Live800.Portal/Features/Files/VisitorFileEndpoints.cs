using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Features.Widget;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Files;

/// <summary>The visitor's files. His pass travels in the body here too: an upload is a form with the file at its end, and a file is asked for by a form.</summary>
internal sealed class VisitorFileEndpoints(
    VisitorDoor door, VisitorPasses passes, VisitorLimits limits, VisitorTracker tracker, VisitorReading reading, BlockBoard blocks, FileDesk files, AttachmentQueries queries, StartGate gate, StartRefusals starts, WireAnswer answer,
    TimeProvider clock)
{
    /// <summary>Most uploads of one visitor at the same time.</summary>
    private const int AtOnce = 3;

    private readonly ConcurrentDictionary<VisitorId, int> _underWay = new();

    /// <summary>
    /// A file for the conversation; acknowledged once it and its line are stored (D1). The same id again gets the first answer (D2). Refusals: InputInvalid, PassInvalid, TooManyRequests, TooManyFiles,
    /// those of <see cref="FileStore.TakeAsync"/>, NotServed (4), ConversationUnknown, NobodyCanAnswer, AnswersMissing (with the form in f, 5), SameIdOtherText, VisitorGone.
    /// </summary>
    public async Task SendAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        if (await door.SiteAsync(context, VisitorAct.Message) is not { } site)
            return;
        var opened = await UploadForm.OpenAsync(context.Request, cancellation);
        if (opened.IsRefused)
        {
            await answer.RefuseAsync(context, opened.Refusal);
            return;
        }

        var (form, now) = (opened.Value, clock.GetUtcNow());
        var given = form["p"];
        if (given.Length > 128 || !passes.TryRead(Encoding.UTF8.GetBytes(given), site.Company, now, out var pass))
        {
            await answer.RefuseAsync(context, Refusal.PassInvalid);
            return;
        }

        var conversation = 0L;
        if (form.ClientId is not { } id || (form["c"].Length > 0 && (!long.TryParse(form["c"], System.Globalization.NumberStyles.None, null, out conversation) || conversation >= 1L << 53)))
        {
            await answer.RefuseAsync(context, Refusal.InputInvalid);
            return;
        }

        if (limits.Wait(VisitorAct.Message, pass.Visitor) is { } wait)
        {
            await answer.RefuseAsync(context, Refusal.TooManyRequests, wait);
            return;
        }

        if (await blocks.CoversAsync(site.Company, pass.Visitor, context.Connection.RemoteIpAddress, cancellation))
        {
            await answer.RefuseAsync(context, Refusal.NotServed);
            return;
        }

        var under = _underWay.AddOrUpdate(pass.Visitor, 1, (_, before) => before + 1);
        try
        {
            if (under > AtOnce)
            {
                await answer.RefuseAsync(context, Refusal.TooManyRequests);
                return;
            }

            // Looked at before the bytes come, and again with the line: nobody sends twenty megabytes for nothing. A repeat of what is stored is let through.
            var talk = conversation == 0 ? (ConversationId?)null : new ConversationId(conversation);
            var foreseen = await ForeseenAsync(site.Company, pass.Visitor, under, now, cancellation);
            if (foreseen.IsRefused && !await queries.IsStoredAsync(site.Company, talk, id, cancellation))
            {
                await starts.RefuseAsync(context, site.Company, pass.Visitor, foreseen.Refusal);
                return;
            }

            await TakeAsync(context, site.Company, pass.Visitor, talk, id, form, now);
        }
        finally
        {
            Leave(pass.Visitor);
        }
    }

    /// <summary>A file of one of the visitor's own conversations. Any other id is 404.</summary>
    public async Task GiveAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadId) is not { } call)
            return;
        if (await queries.FindOfVisitorAsync(call.Company, call.Visitor, call.Fields, context.RequestAborted) is not { } found || !await files.WriteAsync(context, found))
            await answer.RefuseAsync(context, Refusal.ConversationUnknown);
    }

    /// <summary>What the file would be answered with as things stand. Refusals: TooManyFiles, NobodyCanAnswer, those of <see cref="StartGate"/>.</summary>
    private async Task<Outcome> ForeseenAsync(CompanyId company, VisitorId visitor, int under, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await queries.OfTodayAsync(company, visitor, now, cancellation) + under > Attachment.PerVisitorAndDay)
            return Refusal.TooManyFiles;
        // One that ended in this visit may open again; whether it does is asked with the line.
        if (await reading.LatestAsync(company, visitor, cancellation) is { VisitEndedAt: null, State: not ConversationState.Withdrawn })
            return Outcome.Done;
        return await reading.Icons.IsOnlineAsync(company, now, cancellation) ? await gate.CheckAsync(company, visitor, cancellation) : Refusal.NobodyCanAnswer;
    }

    private async Task TakeAsync(HttpContext context, CompanyId company, VisitorId visitor, ConversationId? conversation, Guid id, UploadForm form, DateTimeOffset now)
    {
        // Whoever sends a file is here, even where the server lost sight of his page.
        var here = await tracker.OfLivingPageAsync(company, visitor, string.Empty, VisitorDoor.BrowserOf(context), now, context.RequestAborted);
        if (here.IsRefused)
        {
            await answer.RefuseAsync(context, here.Refusal);
            return;
        }

        var said = await files.FromVisitorAsync(company, visitor, conversation, id, form, context.RequestAborted);
        if (said.IsRefused)
            await starts.RefuseAsync(context, company, visitor, said.Refusal);
        else
            await WireAnswer.JsonAsync(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(new FileAnswer(said.Value)));
    }

    private void Leave(VisitorId visitor)
    {
        while (_underWay.TryGetValue(visitor, out var before))
        {
            if (before > 1 ? _underWay.TryUpdate(visitor, before - 1, before) : _underWay.TryRemove(KeyValuePair.Create(visitor, before)))
                return;
        }
    }

    private static Outcome<AttachmentId> ReadId(in FormFields fields) =>
        fields.TryText("i"u8, out var text) && Guid.TryParseExact(text, "N", out var id) ? new AttachmentId(id) : Refusal.InputInvalid;
}
