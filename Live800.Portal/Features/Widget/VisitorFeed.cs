using System.Collections.Concurrent;
using System.Globalization;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Files;
using Live800.Portal.Features.Hours;
using Live800.Portal.Features.Messages;
using Live800.Portal.Realtime;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Features.Widget;

/// <summary>Reads what a visitor's page has to show. Everything asks for company and visitor; nothing is kept but agents' faces.</summary>
internal sealed class VisitorReading : IDisposable
{
    /// <summary>Lines sent between two looks at whether the page keeps up.</summary>
    public const int LinesAtOnce = 200;

    private static readonly Dictionary<int, PagePush> NoPushes = [];

    private readonly ConcurrentDictionary<AgentId, AgentFace> _faces = new();
    private readonly ConversationQueries _conversations;
    private readonly PagePushQueries _pushes;
    private readonly AttachmentQueries _files;
    private readonly OfflineQueries _replies;
    private readonly LiveVisits _visits;
    private readonly Moments _moments;
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly BlockBoard _blocks;
    private readonly HoursBoard _hours;
    private readonly SiteDirectory _sites;
    private readonly IDisposable _subscription;

    public VisitorReading(
        ConversationQueries conversations, PagePushQueries pushes, AttachmentQueries files, OfflineQueries replies, LiveVisits visits, Moments moments, IDbContextFactory<PortalDbContext> contexts, SiteDirectory sites, IconBoard icons, IconStates iconStates, HoursBoard hours, BlockBoard blocks, TypingBoard typing, PortalEvents events)
    {
        _conversations = conversations;
        _pushes = pushes;
        _files = files;
        _replies = replies;
        _visits = visits;
        _moments = moments;
        _contexts = contexts;
        _blocks = blocks;
        _hours = hours;
        _sites = sites;
        Icons = icons;
        IconStates = iconStates;
        Typing = typing;
        _subscription = events.SubscribeToAll(Heard);
    }

    public IconBoard Icons { get; }

    public IconStates IconStates { get; }

    public TypingBoard Typing { get; }

    /// <summary>The language of the answer to a visitor's request.</summary>
    public async ValueTask<CultureInfo> LanguageAsync(CompanyId company, HttpRequest request) =>
        await _sites.FindAsync(company, request.HttpContext.RequestAborted) is { } site ? site.Language(request) : WidgetLanguage.Of(request);

    public Task<Conversation?> LatestAsync(CompanyId company, VisitorId visitor, CancellationToken cancellation) =>
        _conversations.LatestOfVisitorAsync(company, visitor, cancellation);

    public Task<Conversation?> FindAsync(CompanyId company, VisitorId visitor, ConversationId id, CancellationToken cancellation) =>
        _conversations.FindOfVisitorAsync(company, visitor, id, cancellation);

    public Task<IReadOnlyList<ChatMessage>> LinesAsync(Conversation conversation, int after, CancellationToken cancellation) =>
        _conversations.MessagesAsync(conversation.CompanyId, conversation.Id, after, LinesAtOnce, cancellation);

    /// <summary>The pages pushed with these lines, by the number of the line; nothing is read where there are none.</summary>
    public async ValueTask<IReadOnlyDictionary<int, PagePush>> PushesAsync(Conversation conversation, IReadOnlyList<ChatMessage> lines, CancellationToken cancellation) =>
        lines.Any(line => line.Kind == ChatMessageKind.PagePush) ? await _pushes.OfConversationAsync(conversation.CompanyId, conversation.Id, cancellation) : NoPushes;

    /// <summary>What the page makes of a line beyond showing it: opens a pushed page (1), asks about it where the company wants that (2) (S2.1), or lets the visitor rate (1) (4).</summary>
    public async ValueTask<int> OfferAsync(Conversation conversation, ChatMessage line, PagePush? push, DateTimeOffset now, CancellationToken cancellation)
    {
        if (push is not null)
            return !push.IsOffered(now, _moments) ? 0 : await ChoosesAsync(conversation.CompanyId, settings => settings.PushAsks, cancellation) ? 2 : 1;
        if (line.Kind is not (ChatMessageKind.Ended or ChatMessageKind.RatingAsked) || !conversation.CanBeRated)
            return 0;
        if (await _blocks.CoversAsync(conversation.CompanyId, conversation.VisitorId, (System.Net.IPAddress?)null, cancellation))
            return 0;
        if (line.Kind == ChatMessageKind.Ended && !await ChoosesAsync(conversation.CompanyId, settings => settings.AsksRating, cancellation))
            return 0;
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var isRated = await context.ConversationRatings.AnyAsync(rating => rating.CompanyId == conversation.CompanyId && rating.ConversationId == conversation.Id, cancellation);
        // Once, behind the last line that asks; and whoever said nothing has nothing to rate.
        return isRated
            || await context.ChatMessages.AnyAsync(later => later.CompanyId == conversation.CompanyId && later.ConversationId == conversation.Id && later.Sequence > line.Sequence
                && (later.Kind == ChatMessageKind.Ended || later.Kind == ChatMessageKind.RatingAsked), cancellation)
            || !await context.ChatMessages.AnyAsync(said => said.CompanyId == conversation.CompanyId && said.ConversationId == conversation.Id && said.Author == ChatAuthor.Visitor, cancellation)
            ? 0 : 1;
    }

    /// <summary>The files sent with these lines, by the number of the line.</summary>
    public ValueTask<IReadOnlyDictionary<int, Attachment>> FilesAsync(Conversation conversation, IReadOnlyList<ChatMessage> lines, CancellationToken cancellation) =>
        _files.OfAsync(conversation.CompanyId, conversation.Id, lines, cancellation);

    /// <summary>What the page shows of the visitor's open invitation, or null without one.</summary>
    public async ValueTask<ShownInvitation?> InvitationAsync(CompanyId company, VisitorId visitor, DateTimeOffset now, CultureInfo language, CancellationToken cancellation) =>
        await _conversations.OpenInvitationAsync(company, visitor, now, cancellation) is { } open
            ? new ShownInvitation(open.Id, await NameAsync(company, open.AgentId, language, cancellation), open.Text)
            : null;

    /// <summary>The replies to the visitor's offline messages that he has not read, and those he read in this visit (5).</summary>
    public Task<IReadOnlyList<VisitorReply>> RepliesAsync(CompanyId company, VisitorId visitor, DateTimeOffset now, CancellationToken cancellation) =>
        _replies.OfVisitorAsync(company, visitor, _visits.Find(company, visitor, now)?.StartedAt, cancellation);

    /// <summary>What the page shows of the conversation; null is none.</summary>
    public async ValueTask<ShownConversation> ShowAsync(CompanyId company, Conversation? conversation, DateTimeOffset now, CultureInfo language, CancellationToken cancellation)
    {
        // Nothing is said of hours to somebody who is talking.
        var closed = conversation?.State == ConversationState.Open ? "" : ClosedWords.Of(await _hours.OfAsync(company, cancellation), conversation?.GroupId, now, language);
        return await StateAsync(company, conversation, now, language, cancellation) with { Closed = closed };
    }

    private async ValueTask<ShownConversation> StateAsync(CompanyId company, Conversation? conversation, DateTimeOffset now, CultureInfo language, CancellationToken cancellation)
    {
        if (conversation is null || conversation.State == ConversationState.Withdrawn)
        {
            var none = await Icons.IsOnlineAsync(company, now, cancellation) ? ShownConversation.None : ShownConversation.Offline;
            return conversation is null ? none : none with { Id = conversation.Id };
        }

        var face = conversation.State == ConversationState.Waiting ? null : await FaceAsync(company, conversation.AgentId, cancellation);
        var name = face?.NameIn(IsEnglish(language));
        var title = face?.TitleIn(IsEnglish(language)) ?? "";
        var site = title.Length > 0 || face?.Picture.Length > 0 ? await _sites.FindAsync(company, cancellation) : null;
        return conversation.State switch
        {
            ConversationState.Waiting => new ShownConversation(
                conversation.Id, "waiting", null, await _conversations.PositionAsync(company, conversation.Id, cancellation), !await IsServedAsync(conversation, now, cancellation)),
            ConversationState.Open => new ShownConversation(conversation.Id, "open", name, 0, IsNews: conversation is { Way: AnswerWay.Proactive, VisitorSeen: 0 })
            {
                Title = title.Length == 0 || site is null ? title : $"{title} · {(site.Look.Title.Length > 0 ? site.Look.Title : site.Name)}",
                // Hexadecimal digits and a code of ours: nothing in it could leave the style.
                Picture = face is { Picture.Length: > 0 } && site is not null ? $"background:#fff url(/w/{site.Code}/face?v={face.Picture}) 50%/cover;font-size:0" : "",
            },
            _ => new ShownConversation(conversation.Id, "ended", name, 0),
        };
    }

    // Who waits for a group may be answered by it when the company is closed (5).
    private async ValueTask<bool> IsServedAsync(Conversation waiting, DateTimeOffset now, CancellationToken cancellation) =>
        await Icons.IsOnlineAsync(waiting.CompanyId, now, cancellation)
        || (waiting.GroupId is { } group && await Icons.IsOnlineAsync(waiting.CompanyId, new IconTarget(group, null), now, cancellation));

    /// <summary>The name visitors read in their language, or null without an agent (5).</summary>
    public async ValueTask<string?> NameAsync(CompanyId company, AgentId? agent, CultureInfo language, CancellationToken cancellation) =>
        (await FaceAsync(company, agent, cancellation))?.NameIn(IsEnglish(language));

    private async ValueTask<AgentFace?> FaceAsync(CompanyId company, AgentId? agent, CancellationToken cancellation)
    {
        if (agent is not { } id)
            return null;
        if (_faces.TryGetValue(id, out var known))
            return known;
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var face = await context.Agents.Where(row => row.Id == id && row.CompanyId == company)
            .Select(row => new AgentFace(row.DisplayName, row.NameEn, row.TitleZh, row.TitleEn, row.Picture)).SingleOrDefaultAsync(cancellation);
        if (face is not null)
            _faces[id] = face;
        return face;
    }

    private static bool IsEnglish(CultureInfo language) => language.TwoLetterISOLanguageName == "en";

    public void Dispose() => _subscription.Dispose();

    private async ValueTask<bool> ChoosesAsync(CompanyId company, System.Linq.Expressions.Expression<Func<CompanySettings, bool>> which, CancellationToken cancellation)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        return await context.Companies.Where(row => row.Id == company).Select(row => row.Settings).Select(which).SingleAsync(cancellation);
    }

    private void Heard(PortalEvent portalEvent)
    {
        if (portalEvent.Topic == PortalTopic.Agents)
            _ = _faces.TryRemove(new AgentId(portalEvent.Id), out _);
    }
}

/// <summary>What one page has been sent so far, and what it has to be sent now. The same for a stream, which lives on, and for one poll.</summary>
internal sealed class VisitorFeed(VisitorReading reading, CompanyId company, VisitorId visitor, CultureInfo language, VisitorCursor cursor)
{
    private readonly HashSet<OfflineReplyId> _replies = [];
    private VisitorCursor _cursor = cursor;
    private ShownConversation? _shown;
    private ShownInvitation? _invitation;
    private ShownIcons? _icons;
    private int _seen;
    private bool _typing;
    private bool _hasLooked;

    /// <summary>Whether the page shows a place in the waiting line, which moves without news of its own.</summary>
    public bool IsWaiting => _shown?.State == "waiting";

    /// <summary>
    /// Writes what is new of the kinds asked for. <paramref name="flush"/> is called after every <see cref="VisitorReading.LinesAtOnce"/> lines,
    /// so that a long conversation is never held in memory as a whole.
    /// </summary>
    public async Task WriteAsync(WireEvents output, VisitorNews news, DateTimeOffset now, Func<ValueTask>? flush, CancellationToken cancellation)
    {
        if (news.HasFlag(VisitorNews.Icons))
        {
            var icons = await reading.IconStates.OfAsync(company, language, now, cancellation: cancellation);
            if (!icons.Equals(_icons))
                output.Icons(icons);
            _icons = icons;
        }

        if (news.HasFlag(VisitorNews.Conversation))
            await WriteConversationAsync(output, now, flush, cancellation);
        // After the conversation it has become: what comes last is what stays on the screen.
        if (news.HasFlag(VisitorNews.Invitation))
        {
            var invitation = await reading.InvitationAsync(company, visitor, now, language, cancellation);
            if (invitation != _invitation)
                output.Invitation(invitation);
            _invitation = invitation;
        }

        if (news.HasFlag(VisitorNews.Replies))
        {
            foreach (var reply in await reading.RepliesAsync(company, visitor, now, cancellation))
            {
                if (_replies.Add(reply.Id))
                    output.Reply(reply, await reading.NameAsync(company, reply.Agent, language, cancellation));
            }
        }

        if (news.HasFlag(VisitorNews.Typing) && _shown is { State: "open", Id: var open })
        {
            var typing = reading.Typing.IsAgentTyping(company, open, now);
            // Told again while it lasts: the page lets it lapse by itself.
            if (typing || _typing)
                output.Typing(typing);
            _typing = typing;
        }
    }

    private async Task WriteConversationAsync(WireEvents output, DateTimeOffset now, Func<ValueTask>? flush, CancellationToken cancellation)
    {
        var latest = await reading.LatestAsync(company, visitor, cancellation);
        if (!_hasLooked && _cursor.Conversation != default && _cursor.Conversation != latest?.Id)
        {
            // The page slept through the rest of an earlier conversation.
            if (await reading.FindAsync(company, visitor, _cursor.Conversation, cancellation) is { } earlier)
                await WriteLinesAsync(output, earlier, now, flush, cancellation);
            _cursor = default;
        }

        _hasLooked = true;
        // What belongs to an earlier visit is history, not shown again; but a page that has its beginning gets its end.
        var isShown = latest is not null && (latest.VisitEndedAt is null || latest.IsRunning || _cursor.Conversation == latest.Id);
        var shown = await reading.ShowAsync(company, isShown ? latest : null, now, language, cancellation);
        if (shown != _shown)
            output.Conversation(shown);
        _shown = shown;
        if (!isShown)
            return;
        if (_cursor.Conversation != latest!.Id || _cursor.Sequence > latest.LastSequence)
        {
            _cursor = new VisitorCursor(latest.Id, 0);
            _seen = 0;
        }

        await WriteLinesAsync(output, latest, now, flush, cancellation);
        if (latest.AgentSeen > _seen)
            output.Seen(latest.AgentSeen);
        _seen = latest.AgentSeen;
    }

    private async Task WriteLinesAsync(WireEvents output, Conversation conversation, DateTimeOffset now, Func<ValueTask>? flush, CancellationToken cancellation)
    {
        while (_cursor.Sequence < conversation.LastSequence)
        {
            var lines = await reading.LinesAsync(conversation, _cursor.Sequence, cancellation);
            var pushes = await reading.PushesAsync(conversation, lines, cancellation);
            var files = await reading.FilesAsync(conversation, lines, cancellation);
            foreach (var line in lines)
            {
                var offer = await reading.OfferAsync(conversation, line, pushes.GetValueOrDefault(line.Sequence), now, cancellation);
                var agent = await reading.NameAsync(company, line.AgentId, language, cancellation);
                output.Message(line, agent, offer, files.GetValueOrDefault(line.Sequence), LineForVisitor.Words(line, agent, language));
            }

            if (lines.Count == 0)
                return;
            _cursor = new VisitorCursor(conversation.Id, lines[^1].Sequence);
            if (flush is not null)
                await flush();
        }
    }
}
