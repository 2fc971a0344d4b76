using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.BeforeChat;
using Live800.Portal.Features.Blocks;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;

namespace Live800.Portal.Features.Widget;

/// <summary>What a visitor does in a conversation. Whoever is named by the pass acts, on his own conversations only.</summary>
internal sealed class ChatEndpoints(
    VisitorDoor door, VisitorTracker tracker, ConversationDesk desk, BeforeChatDesk before, StartRefusals starts, VisitorReading reading, BlockBoard blocks, MessageMeter meter, WireAnswer answer)
{
    private readonly record struct Message(ConversationId? Conversation, Guid Id, string Text, string Group);

    private readonly record struct Asked(string Page, string Group);

    private readonly record struct Sign(ConversationId Conversation, int Sequence, string Text, InvitationId? Invitation);

    /// <summary>
    /// A click on the icon 要求对话, or "yes" to an invitation: accepts the invitation that is open (2), else makes the request, or finds the one there is. When nobody can answer nothing is
    /// made, and the conversation in the answer is "offline". g is the code of a group (4); one that is not known is quietly the whole company (S3.4).
    /// The same for somebody who is no member where only members may chat, with the sentence that says so (5). Refusals: AnswersMissing (with the form in f, 5), VisitorGone.
    /// </summary>
    public async Task RequestAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadAsked) is not { } call)
            return;
        if (await IsBlockedAsync(context, call.Company, call.Visitor))
            return;
        if (!await IsHereAsync(context, call.Company, call.Visitor, call.Fields.Page, call.Now))
            return;
        var requested = await desk.RequestAsync(call.Company, call.Visitor, call.Site.GroupOf(call.Fields.Group), context.RequestAborted);
        if (requested.Refusal == Refusal.MembersOnly)
        {
            await SayOfflineAsync(context, answer.Sentence(context, Refusal.MembersOnly));
            return;
        }

        if (requested.IsRefused && requested.Refusal != Refusal.NobodyCanAnswer)
        {
            await starts.RefuseAsync(context, call.Company, call.Visitor, requested.Refusal, isExpected: true);
            return;
        }

        await StreamEndpoints.AnswerAsync(context, call.Company, call.Visitor, default, VisitorNews.Icons | VisitorNews.Conversation, reading, call.Now);
    }

    /// <summary>
    /// A message, stored before it is acknowledged (D1). The same id again gets the same answer; with other words it is refused (D2).
    /// Refusals: TextEmpty, TextTooLong, SameIdOtherText, ConversationUnknown, NobodyCanAnswer, AnswersMissing (with the form in f, 5), TooManyRequests.
    /// </summary>
    public async Task MessageAsync(HttpContext context)
    {
        var came = Stopwatch.GetTimestamp();
        if (await door.OpenAsync(context, VisitorAct.Message, ReadMessage) is not { } call)
            return;
        if (await IsBlockedAsync(context, call.Company, call.Visitor))
            return;
        var group = call.Site.GroupOf(call.Fields.Group);
        var said = await desk.VisitorSaysAsync(call.Company, call.Visitor, call.Fields.Conversation, call.Fields.Id, call.Fields.Text, group);
        if (said is { IsRefused: true, Refusal: Refusal.VisitorGone })
        {
            // The page lived on through the end of the visit, or the server lost sight of it: somebody who writes is here.
            if (!await IsHereAsync(context, call.Company, call.Visitor, string.Empty, call.Now))
                return;
            said = await desk.VisitorSaysAsync(call.Company, call.Visitor, call.Fields.Conversation, call.Fields.Id, call.Fields.Text, group);
        }

        if (said.IsRefused)
        {
            await starts.RefuseAsync(context, call.Company, call.Visitor, said.Refusal);
            return;
        }

        meter.Posted(Stopwatch.GetElapsedTime(came));
        reading.Typing.VisitorStopped(call.Company, said.Value.Conversation);
        var stored = new Stored(said.Value.Conversation.Value, said.Value.Sequence, said.Value.At.ToUnixTimeMilliseconds());
        await WireAnswer.JsonAsync(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(stored));
    }

    /// <summary>
    /// The visitor answers what the company asks before a conversation (5): name, phone, email. The name stands in the queue as given (S2.14). Refusals: NameTooLong, PhoneInvalid, EmailInvalid,
    /// AnswerRequired (with the form as it is now in f).
    /// </summary>
    public async Task AnswersAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadAnswers) is not { } call)
            return;
        if (await IsBlockedAsync(context, call.Company, call.Visitor))
            return;
        var (name, phone, email) = call.Fields;
        var given = await before.GiveAsync(call.Company, call.Visitor, name, phone, email, context.RequestAborted);
        if (given.IsRefused)
        {
            await starts.RefuseAsync(context, call.Company, call.Visitor, given.Refusal);
            return;
        }

        await tracker.NameAsync(call.Company, call.Visitor, given.Value, call.Now);
        await WireAnswer.NothingAsync(context);
    }

    /// <summary>The visitor rates 满意度: n is 1 to 5, x his words (4). Refusals: RatingInvalid, ConversationUnknown, AlreadyRated, ConversationOver, SameIdOtherText.</summary>
    public async Task RateAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadRating) is not { } call)
            return;
        var (conversation, id, score, words) = call.Fields;
        await AnswerAsync(context, await desk.RateAsync(call.Company, call.Visitor, conversation, id, score, words, context.RequestAborted));
    }

    /// <summary>The visitor types. What he types is passed on only where the company shows drafts, and says so.</summary>
    public async Task TypingAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadSign) is not { } call)
            return;
        if (await reading.FindAsync(call.Company, call.Visitor, call.Fields.Conversation, context.RequestAborted) is not { } conversation)
        {
            await answer.RefuseAsync(context, Refusal.ConversationUnknown);
            return;
        }

        if (!conversation.IsRunning || (call.Site.PreviewTyping && call.Fields.Text.Length == 0))
            reading.Typing.VisitorStopped(call.Company, conversation.Id);
        else
            reading.Typing.VisitorTypes(call.Company, conversation.Id, call.Visitor, call.Site.PreviewTyping ? call.Fields.Text : string.Empty, call.Now);
        await WireAnswer.NothingAsync(context);
    }

    /// <summary>The visitor has the lines up to a number on the screen, or an invitation.</summary>
    public async Task SeenAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadSign) is not { } call)
            return;
        if (call.Fields.Invitation is { } invitation)
        {
            await AnswerAsync(context, await desk.ReachedAsync(call.Company, call.Visitor, invitation, isSeen: true, context.RequestAborted));
            return;
        }

        await AnswerAsync(context, await desk.SeenByVisitorAsync(call.Company, call.Visitor, call.Fields.Conversation, call.Fields.Sequence, context.RequestAborted));
    }

    /// <summary>A page of the visitor has got an invitation, or a proactive chat (D7).</summary>
    public async Task DeliveredAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadSign) is not { } call)
            return;
        await AnswerAsync(context, call.Fields.Invitation is { } invitation
            ? await desk.ReachedAsync(call.Company, call.Visitor, invitation, isSeen: false, context.RequestAborted)
            : await desk.ReachedAsync(call.Company, call.Visitor, call.Fields.Conversation, context.RequestAborted));
    }

    /// <summary>The visitor says no to an invitation; costs nothing and he is left alone for a while (2.2). Refusal: InvitationOver.</summary>
    public async Task DeclineAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadSign) is not { } call)
            return;
        await AnswerAsync(context, await desk.DeclineAsync(call.Company, call.Visitor, call.Fields.Invitation ?? default, context.RequestAborted));
    }

    /// <summary>The visitor ends the conversation, or gives up waiting. One that is over already stays over.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadSign) is not { } call)
            return;
        var ended = await desk.EndByVisitorAsync(call.Company, call.Visitor, call.Fields.Conversation, context.RequestAborted);
        await AnswerAsync(context, ended.Refusal == Refusal.ConversationNotOpen ? Outcome.Done : ended);
    }

    /// <summary>
    /// A page of the visitor has got a pushed page, or says what the visitor did with it (S2.1, D7): x is delivered, opening (it would open it by itself), opened, clicked or declined. A repeat changes
    /// nothing. "opening" is answered with o = 1 when this page may, and with nothing when another was faster or it is too late. Refusal: ConversationUnknown (none of his).
    /// </summary>
    public async Task PushedAsync(HttpContext context)
    {
        if (await door.OpenAsync(context, VisitorAct.Command, ReadSign) is not { } call)
            return;
        var (sign, cancellation) = (call.Fields, context.RequestAborted);
        if (sign.Text == "delivered")
        {
            await AnswerAsync(context, await desk.PushReachedAsync(call.Company, call.Visitor, sign.Conversation, sign.Sequence, cancellation));
            return;
        }

        var outcome = sign.Text switch
        {
            "opening" or "opened" => PushOutcome.Opened,
            "clicked" => PushOutcome.Clicked,
            "declined" => PushOutcome.Declined,
            _ => PushOutcome.None,
        };
        if (outcome == PushOutcome.None)
        {
            await answer.RefuseAsync(context, Refusal.InputInvalid);
            return;
        }

        var byItself = sign.Text == "opening";
        var reported = await desk.PushReportAsync(call.Company, call.Visitor, sign.Conversation, sign.Sequence, outcome, byItself, cancellation);
        if (byItself && reported is { IsRefused: false, Value: true })
            await WireAnswer.JsonAsync(context, StatusCodes.Status200OK, "{\"o\":1}"u8.ToArray());
        else
            await AnswerAsync(context, reported.WithoutValue());
    }

    private static async Task SayOfflineAsync(HttpContext context, string why)
    {
        context.Response.ContentType = "application/json";
        using (var events = WireEvents.List(context.Response.BodyWriter))
        {
            events.Conversation(ShownConversation.Offline with { Closed = why });
            events.EndList();
        }

        _ = await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private Task AnswerAsync(HttpContext context, Outcome outcome) =>
        outcome.IsRefused ? answer.RefuseAsync(context, outcome.Refusal) : WireAnswer.NothingAsync(context);

    // Asked by what begins or goes on; what only reads, ends or rates is nobody's harm (4).
    private async ValueTask<bool> IsBlockedAsync(HttpContext context, CompanyId company, VisitorId visitor)
    {
        var isBlocked = await blocks.CoversAsync(company, visitor, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (isBlocked)
            await answer.RefuseAsync(context, Refusal.NotServed);
        return isBlocked;
    }

    private async ValueTask<bool> IsHereAsync(HttpContext context, CompanyId company, VisitorId visitor, string page, DateTimeOffset now)
    {
        var here = await tracker.OfLivingPageAsync(company, visitor, page, VisitorDoor.BrowserOf(context), now, context.RequestAborted);
        if (here.IsRefused)
            await answer.RefuseAsync(context, here.Refusal);
        return !here.IsRefused;
    }

    private static Outcome<Message> ReadMessage(in FormFields fields)
    {
        if (!fields.TryNumber("c"u8, out var conversation) || !TryClientId(fields, out var id) || !fields.TryText("x"u8, out var text))
            return Refusal.InputInvalid;
        return new Message(conversation == 0 ? null : new ConversationId(conversation), id, text, ReadGroup(fields));
    }

    private static Outcome<Asked> ReadAsked(in FormFields fields)
    {
        var page = ViewEndpoints.ReadPage(fields);
        return page.IsRefused ? page.Refusal : new Asked(page.Value, ReadGroup(fields));
    }

    internal static string ReadGroup(in FormFields fields)
    {
        Span<byte> space = stackalloc byte[16];
        var code = fields.Short("g"u8, space);
        return code.Length > space.Length ? "" : System.Text.Encoding.ASCII.GetString(code);
    }

    private static Outcome<(string Name, string Phone, string Email)> ReadAnswers(in FormFields fields) =>
        fields.TryText("name"u8, out var name) && fields.TryText("phone"u8, out var phone) && fields.TryText("email"u8, out var email) ? (name, phone, email) : Refusal.InputInvalid;

    private static Outcome<(ConversationId Conversation, Guid Id, int Score, string Words)> ReadRating(in FormFields fields) =>
        fields.TryNumber("c"u8, out var conversation) && TryClientId(fields, out var id) && fields.TryNumber("n"u8, out var score) && fields.TryText("x"u8, out var text)
            ? (new ConversationId(conversation), id, (int)Math.Min(score, int.MaxValue), text)
            : Refusal.InputInvalid;

    private static Outcome<Sign> ReadSign(in FormFields fields) =>
        fields.TryNumber("c"u8, out var conversation) && fields.TryNumber("n"u8, out var sequence) && fields.TryText("x"u8, out var text)
            && fields.TryNumber("i"u8, out var invitation)
            ? new Sign(new ConversationId(conversation), (int)Math.Min(sequence, int.MaxValue), text, invitation == 0 ? null : new InvitationId(invitation))
            : Refusal.InputInvalid;

    internal static bool TryClientId(in FormFields fields, out Guid id)
    {
        Span<byte> space = stackalloc byte[64];
        var text = fields.Short("id"u8, space);
        id = default;
        return text.Length == 36 && System.Buffers.Text.Utf8Parser.TryParse(text, out id, out var used) && used == 36 && id != Guid.Empty;
    }

    private sealed record Stored(
        [property: JsonPropertyName("c")] long Conversation, [property: JsonPropertyName("n")] int Sequence, [property: JsonPropertyName("w")] long At);
}
