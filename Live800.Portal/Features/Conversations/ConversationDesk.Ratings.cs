using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Conversations;

// Satisfaction 满意度 (4).
public sealed partial class ConversationDesk
{
    /// <summary>Its agent asks the visitor to rate. Refusals: ConversationUnknown, AlreadyRated, ConversationNotOpen, ConversationOfAnother.</summary>
    public async Task<Outcome> AskRatingAsync(CompanyId companyId, AgentId agent, ConversationId id, CancellationToken cancellation = default)
    {
        var (outcome, asked) = await writes.RunAsync<(Outcome, Conversation?)>(
            async (context, token) =>
            {
                if (await context.ConversationAsync(companyId, id, token) is not { } conversation) return (Refusal.ConversationUnknown, null);
                if (await context.ConversationRatings.AnyAsync(rating => rating.ConversationId == id, token)) return (Refusal.AlreadyRated, null);
                var line = conversation.AskRating(agent, time.GetUtcNow());
                if (line.IsRefused) return (line.WithoutValue(), null);
                _ = context.ChatMessages.Add(line.Value);
                return (Outcome.Done, conversation);
            },
            cancellation);
        if (asked is not null) events.Publish(new PortalEvent(companyId, PortalTopic.Conversation, id.Value, asked.VisitorId));
        return outcome;
    }

    /// <summary>The visitor rates. The same client id again is the same rating (D2). Refusals: ConversationUnknown (none of his), RatingInvalid, SameIdOtherText, AlreadyRated, ConversationOver.</summary>
    public async Task<Outcome> RateAsync(
        CompanyId companyId, VisitorId visitor, ConversationId id, Guid clientId, int score, string? comment, CancellationToken cancellation = default)
    {
        var words = ConversationRating.Write(score, comment);
        if (words.IsRefused) return words.Refusal;
        var (outcome, rated) = await writes.RunAsync<(Outcome, Conversation?)>(
            async (context, token) =>
            {
                if (await context.ConversationOfVisitorAsync(companyId, visitor, id, token) is not { } conversation) return (Refusal.ConversationUnknown, null);
                if (await context.ChatMessages.AsNoTracking().SingleOrDefaultAsync(line => line.ConversationId == id && line.ClientId == clientId, token) is { } twin)
                    return (twin.Kind == ChatMessageKind.Rated && twin.Text == words.Value ? Outcome.Done : Refusal.SameIdOtherText, null);
                if (await context.ConversationRatings.AnyAsync(rating => rating.ConversationId == id, token)) return (Refusal.AlreadyRated, null);
                var started = conversation.Rate(clientId, score, comment, time.GetUtcNow());
                if (started.IsRefused) return (started.Refusal, null);
                _ = context.ChatMessages.Add(started.Value.Line);
                _ = context.ConversationRatings.Add(started.Value.Rating);
                return (Outcome.Done, conversation);
            },
            cancellation);
        if (rated is not null) Tell(rated);
        return outcome;
    }
}
