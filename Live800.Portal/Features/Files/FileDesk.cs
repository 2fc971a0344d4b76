using System.Net.Mime;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Microsoft.Net.Http.Headers;

namespace Live800.Portal.Features.Files;

/// <summary>Takes files and gives them back (rule 4), for both sides of a conversation: the bytes first, then row and line in one transaction; bytes that got no row go at once.</summary>
public sealed class FileDesk(FileStore store, AttachmentQueries queries, ConversationDesk desk)
{
    /// <summary>The visitor's file, read to its end. Refusals: those of <see cref="FileStore.TakeAsync"/> and of <see cref="ConversationDesk.VisitorSendsAsync"/>.</summary>
    internal Task<Outcome<Said>> FromVisitorAsync(CompanyId company, VisitorId visitor, ConversationId? conversation, Guid clientId, UploadForm form, CancellationToken cancellation) =>
        TakeAsync(company, form, file => desk.VisitorSendsAsync(company, visitor, conversation, clientId, file), cancellation);

    /// <summary>The agent's file. Refusals: those of <see cref="FileStore.TakeAsync"/> and of <see cref="ConversationDesk.AgentSendsAsync"/>.</summary>
    internal Task<Outcome<Said>> FromAgentAsync(CompanyId company, AgentId agent, SessionId session, ConversationId conversation, Guid clientId, UploadForm form, CancellationToken cancellation) =>
        TakeAsync(company, form, file => desk.AgentSendsAsync(company, agent, session, conversation, clientId, file), cancellation);

    /// <summary>Answers with the bytes, as something to be kept and never as a page: whatever is in them, a browser neither guesses nor runs it. False when the bytes are not there.</summary>
    public async Task<bool> WriteAsync(HttpContext context, Attachment attachment)
    {
        if (store.Find(attachment.CompanyId, attachment.Id) is not { } path) return false;
        var disposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment);
        disposition.SetHttpFileName(attachment.Name);
        var (response, headers) = (context.Response, context.Response.Headers);
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = attachment.Type.ContentType;
        response.ContentLength = attachment.Size;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, max-age=600";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        _ = headers.Remove(HeaderNames.AccessControlAllowOrigin);
        await response.SendFileAsync(path, context.RequestAborted);
        return true;
    }

    private async Task<Outcome<Said>> TakeAsync(CompanyId company, UploadForm form, Func<AttachedFile, Task<Outcome<Said>>> send, CancellationToken cancellation)
    {
        var taken = await store.TakeAsync(company, form.Name, form.File, cancellation);
        if (taken.IsRefused) return taken.Refusal;
        var said = await send(taken.Value);
        // A repeat was answered with the line there is: these bytes are the same once more. Where it broke, nobody knows whether the row is there; the sweep will.
        if (said.IsRefused || await queries.FindAsync(company, taken.Value.Id, CancellationToken.None) is null) store.Delete(company, taken.Value.Id);
        return said;
    }
}
