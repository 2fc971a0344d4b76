using System.Globalization;
using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Packages;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Identity;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Workspace;

/// <summary>The transcript of a conversation as a file, for agents with the right (4, S2.17).</summary>
public static class TranscriptEndpoint
{
    /// <summary>Where a conversation's transcript is.</summary>
    public static string PathOf(ConversationId id) => $"history/{id}/transcript";

    internal static void Map(WebApplication app) => app.MapGet("/history/{conversation:long}/transcript", SendAsync).RequireAuthorization(PortalPolicies.May(Permission.HistoryExport));

    /// <summary>404 for another company's conversation and for one he may not read, as for one that is not there.</summary>
    private static async Task<IResult> SendAsync(
        long conversation, HttpContext http, ConversationQueries queries, CompanyProfiles profiles, PackageDesk packages, VisitorQueries visitors, CardQueries cards,
        IStringLocalizer<Conversations.Texts> texts, IStringLocalizer<Visitors.Texts> names)
    {
        var (id, cancellation) = (new ConversationId(conversation), http.RequestAborted);
        if (CurrentAgent.From(http.User) is not { IsAgent: true } me || await queries.FindForAsync(me.CompanyId, me.AgentId, id, cancellation) is not { } found) return TypedResults.NotFound();
        var profile = await profiles.ReadAsync(me.CompanyId);
        var zone = (await packages.FactsAsync(me.CompanyId, cancellation)).Zone;
        var given = (await visitors.VisitorsAsync(me.CompanyId, [found.VisitorId])).GetValueOrDefault(found.VisitorId)?.GivenName;
        var card = (await cards.NamesAsync(me.CompanyId, [found.VisitorId])).GetValueOrDefault(found.VisitorId);
        var visitor = VisitorLabel.Text(given, Visitor.NumberOf(found.VisitorId), names, card);
        var text = await new TranscriptFile(queries, texts).WriteAsync(me.CompanyId, id, profile.Name, visitor, agent => profile.AgentNames.GetValueOrDefault(agent, ""), zone, cancellation);
        if (text is null) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var day = TimeZoneInfo.ConvertTime(found.RequestedAt, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        // With its mark, so that a plain editor shows Chinese as Chinese.
        return TypedResults.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], "text/plain; charset=utf-8", $"conversation-{me.CompanyCode}-{day}-{id}.txt");
    }
}
