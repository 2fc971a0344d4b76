using System.Text.Json.Serialization;
using Live800.Domain.Shared;
using Live800.Portal.Components.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Files;

/// <summary>The agents' files: uploads into their own conversations, and every file of their company. They go beside the circuit, so that a large one never makes the desk wait.</summary>
public static class AgentFileEndpoints
{
    /// <summary>Where an attachment's bytes are, for agents of its company.</summary>
    public static string PathOf(AttachmentId id) => $"files/{id}";

    /// <summary>Where an agent sends the files of a conversation.</summary>
    public static string PathOf(ConversationId id) => $"files/to/{id}";

    internal static void Map(WebApplication app)
    {
        _ = app.MapGet("/files/{id}", GiveAsync).RequireAuthorization(PortalPolicies.Agent);
        // The token comes in a header and is looked at here: looked for in the form, it would make the server read the whole file first.
        _ = app.MapPost("/files/to/{conversation:long}", TakeAsync).RequireAuthorization(PortalPolicies.Agent).DisableAntiforgery();
    }

    /// <summary>404 for another company's file and for one of a conversation he may not read, as for one that is not there.</summary>
    private static async Task<IResult> GiveAsync(string id, HttpContext http, AttachmentQueries queries, ConversationQueries conversations, FileDesk files)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } me || !Guid.TryParseExact(id, "N", out var key)
            || await queries.FindAsync(me.CompanyId, new AttachmentId(key), http.RequestAborted) is not { } found
            || await conversations.FindForAsync(me.CompanyId, me.AgentId, found.ConversationId, http.RequestAborted) is null)
        {
            return TypedResults.NotFound();
        }

        return await files.WriteAsync(http, found) ? TypedResults.Empty : TypedResults.NotFound();
    }

    private static async Task<IResult> TakeAsync(long conversation, HttpContext http, IAntiforgery antiforgery, FileDesk files, IStringLocalizer<RefusalTexts> texts)
    {
        if (CurrentAgent.From(http.User) is not { IsAgent: true } me) return TypedResults.NotFound();
        if (!http.Request.Headers.ContainsKey("RequestVerificationToken") || !await antiforgery.IsRequestValidAsync(http)) return Refused(Refusal.InputInvalid);
        var form = await UploadForm.OpenAsync(http.Request, http.RequestAborted);
        if (form.IsRefused) return Refused(form.Refusal);
        if (form.Value.ClientId is not { } id) return Refused(Refusal.InputInvalid);
        var said = await files.FromAgentAsync(me.CompanyId, me.AgentId, me.SessionId, new ConversationId(conversation), id, form.Value, http.RequestAborted);
        return said.IsRefused ? Refused(said.Refusal) : TypedResults.Json(new FileAnswer(said.Value));

        IResult Refused(Refusal refusal) => TypedResults.Json(
            new Refused(refusal.ToString(), texts[refusal.ToString()]),
            statusCode: refusal == Refusal.ConversationUnknown ? StatusCodes.Status404NotFound : refusal == Refusal.InputInvalid ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity);
    }

    private sealed record Refused([property: JsonPropertyName("r")] string Refusal, [property: JsonPropertyName("m")] string Message);
}
