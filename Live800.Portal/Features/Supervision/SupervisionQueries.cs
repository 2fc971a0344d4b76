using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Supervision;

/// <summary>A running conversation as a supervisor sees it.</summary>
/// <param name="Last">What was said or sent last; nothing before the first words.</param>
/// <param name="WaitsSince">The visitor's first line that no agent has answered; nothing while it is the visitor's turn.</param>
/// <param name="Helpers">Colleagues in its conference.</param>
public sealed record RunningTalk(Conversation Conversation, ChatMessage? Last, DateTimeOffset? WaitsSince, int Helpers);

/// <summary>The requests of a day that came to nothing.</summary>
/// <param name="Rows">The newest of them.</param>
/// <param name="ByReason">How many there were for each reason, the most frequent first.</param>
public sealed record MissedDay(IReadOnlyList<MissedRequest> Rows, IReadOnlyList<(MissedReason Reason, int Count)> ByReason)
{
    public static readonly MissedDay None = new([], []);

    public int Count => ByReason.Sum(of => of.Count);
}

/// <summary>Reads what supervision and the wall show (4). Every question names the company first.</summary>
public sealed class SupervisionQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Most missed requests that are listed.</summary>
    public const int MostMissed = 200;

    /// <summary>A visitor who has waited this long for a word is marked [ours].</summary>
    public static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(60);

    /// <summary>The running conversations; whoever waits longest for a word first, then those that have run longest.</summary>
    /// <param name="known">What was read before: a conversation in which nothing was said since is not read again.</param>
    public async Task<IReadOnlyList<RunningTalk>> RunningAsync(CompanyId companyId, IReadOnlyList<RunningTalk> known, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var open = await context.Conversations.Where(conversation => conversation.CompanyId == companyId && conversation.State == ConversationState.Open).ToListAsync(cancellation);
        if (open.Count == 0) return [];
        var before = known.ToDictionary(talk => talk.Conversation.Id);
        var helpers = (await context.ConferenceMembers
            .Where(member => member.CompanyId == companyId && member.LeftAt == null)
            .Select(member => new { member.ConversationId, member.AgentId })
            .ToListAsync(cancellation)).ToLookup(member => member.ConversationId, member => member.AgentId);
        var talks = new List<RunningTalk>(open.Count);
        foreach (var conversation in open)
        {
            var count = helpers[conversation.Id].Count(agent => agent != conversation.AgentId);
            var talk = before.TryGetValue(conversation.Id, out var old) && old.Conversation.LastSequence == conversation.LastSequence
                ? old with { Conversation = conversation, Helpers = count }
                : await TalkAsync(context, conversation, count, cancellation);
            talks.Add(talk);
        }

        return [.. talks.OrderBy(talk => talk.WaitsSince ?? DateTimeOffset.MaxValue).ThenBy(talk => talk.Conversation.AcceptedAt).ThenBy(talk => talk.Conversation.Id.Value)];
    }

    /// <summary>The requests missed since an instant, or before another one. Who was only asked something first and then began is not among them.</summary>
    public async Task<MissedDay> MissedAsync(CompanyId companyId, DateTimeOffset since, DateTimeOffset? until = null, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var missed = context.MissedRequests.Where(row => row.CompanyId == companyId && row.At >= since)
            .Where(row => row.Reason != MissedReason.NotAnswered || !context.Conversations.Any(later => later.CompanyId == companyId && later.VisitorId == row.VisitorId && later.RequestedAt >= row.Since));
        if (until is { } end) missed = missed.Where(row => row.At < end);
        var counts = await missed.GroupBy(row => row.Reason).Select(of => new { Reason = of.Key, Count = of.Count() }).ToListAsync(cancellation);
        if (counts.Count == 0) return MissedDay.None;
        return new MissedDay(
            await missed.OrderByDescending(row => row.At).Take(MostMissed).ToListAsync(cancellation),
            [.. counts.OrderByDescending(of => of.Count).ThenBy(of => of.Reason).Select(of => (of.Reason, of.Count))]);
    }

    /// <summary>How many answers were taken since an instant, or before another one, in whichever way (S1.2).</summary>
    public async Task<int> AnsweredAsync(CompanyId companyId, DateTimeOffset since, DateTimeOffset? until = null, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        var answers = context.LedgerLines.Where(line => line.CompanyId == companyId && line.Kind == LedgerKind.Answer && line.At >= since);
        if (until is { } end) answers = answers.Where(line => line.At < end);
        return await answers.CountAsync(cancellation);
    }

    /// <summary>How many conversations run.</summary>
    public async Task<int> CountRunningAsync(CompanyId companyId, CancellationToken cancellation = default)
    {
        await using var context = await ReadAsync(cancellation);
        return await context.Conversations.CountAsync(conversation => conversation.CompanyId == companyId && conversation.State == ConversationState.Open, cancellation);
    }

    private static async Task<RunningTalk> TalkAsync(PortalDbContext context, Conversation conversation, int helpers, CancellationToken cancellation)
    {
        var said = context.ChatMessages.Where(line => line.CompanyId == conversation.CompanyId && line.ConversationId == conversation.Id
            && (line.Kind == ChatMessageKind.Text || line.Kind == ChatMessageKind.File || line.Kind == ChatMessageKind.PagePush));
        var last = await said.OrderByDescending(line => line.Sequence).FirstOrDefaultAsync(cancellation);
        if (last is not { Author: ChatAuthor.Visitor }) return new RunningTalk(conversation, last, null, helpers);
        var answered = await said.Where(line => line.Author == ChatAuthor.Agent).OrderByDescending(line => line.Sequence).Select(line => line.Sequence).FirstOrDefaultAsync(cancellation);
        var first = await said.Where(line => line.Sequence > answered).OrderBy(line => line.Sequence).Select(line => line.At).FirstAsync(cancellation);
        return new RunningTalk(conversation, last, first, helpers);
    }

    private async Task<PortalDbContext> ReadAsync(CancellationToken cancellation)
    {
        var context = await contexts.CreateDbContextAsync(cancellation);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
