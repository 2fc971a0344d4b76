using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Messages;

namespace Live800.Portal.Features.Widget;

/// <summary>What a visitor's page shows of his conversation.</summary>
/// <param name="State">One of none, waiting, open, ended, offline.</param>
/// <param name="IsFormOffered">He waits, and nobody can answer any more: the offline message is offered at once (3.6).</param>
/// <param name="IsNews">An agent started it and the visitor has not seen it yet: the page shows it by itself (2).</param>
internal sealed record ShownConversation(ConversationId Id, string State, string? AgentName, int Position, bool IsFormOffered = false, bool IsNews = false)
{
    public static readonly ShownConversation None = new(default, "none", null, 0);
    public static readonly ShownConversation Offline = new(default, "offline", null, 0);

    /// <summary>Outside working hours, the sentence that says so and when somebody is back (5); otherwise empty.</summary>
    public string Closed { get; init; } = "";

    /// <summary>While somebody talks with him: the agent's title in the visitor's language and the company, or empty (5).</summary>
    public string Title { get; init; } = "";

    /// <summary>And how his picture is drawn in place of his first letter, or empty.</summary>
    public string Picture { get; init; } = "";
}

/// <summary>What a visitor's page shows of an open invitation.</summary>
/// <param name="AgentName">Who invites; nothing when a rule does.</param>
internal sealed record ShownInvitation(InvitationId Id, string? AgentName, string Text);

/// <summary>
/// Writes events to a visitor's page, in the same envelopes on both ways: as a text/event-stream, or as the list in a JSON answer.
/// </summary>
internal sealed class WireEvents : IDisposable
{
    // Chinese as it is written; what is written here is read by JSON.parse, never as HTML.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly IBufferWriter<byte> _output;
    private readonly Utf8JsonWriter _json;
    private readonly bool _asStream;
    private bool _isFirst = true;

    private WireEvents(IBufferWriter<byte> output, bool asStream)
    {
        _output = output;
        _asStream = asStream;
        _json = new Utf8JsonWriter(output, Relaxed);
    }

    public static WireEvents Stream(IBufferWriter<byte> output) => new(output, asStream: true);

    /// <summary>Begins <c>{"p":"…","e":[</c>; <see cref="EndList"/> closes it.</summary>
    public static WireEvents List(IBufferWriter<byte> output, string? pass = null)
    {
        output.Write("{"u8);
        if (pass is not null)
        {
            output.Write("\"p\":\""u8);
            _ = Encoding.ASCII.GetBytes(pass, output);
            output.Write("\","u8);
        }

        output.Write("\"e\":["u8);
        return new WireEvents(output, asStream: false);
    }

    public void EndList() => _output.Write("]}"u8);

    /// <summary>c: the whole company answers; on: every icon's state and words, by number.</summary>
    public void Icons(ShownIcons icons)
    {
        Begin("icons"u8);
        _json.WriteNumber("c"u8, icons.IsOnline ? 1 : 0);
        _json.WriteStartObject("on"u8);
        Span<char> name = stackalloc char[11];
        foreach (var icon in icons.Each)
        {
            _ = icon.Number.TryFormat(name, out var length, provider: CultureInfo.InvariantCulture);
            _json.WriteStartArray(name[..length]);
            _json.WriteNumberValue(icon.IsOnline ? 1 : 0);
            _json.WriteStringValue(icon.Words);
            if (icon.Place.Length > 0) _json.WriteStringValue(icon.Place);
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        End();
    }

    public void Conversation(ShownConversation shown)
    {
        Begin("conv"u8);
        _json.WriteNumber("c"u8, shown.Id.Value);
        _json.WriteString("s"u8, shown.State);
        _json.WriteString("g"u8, shown.AgentName ?? string.Empty);
        _json.WriteNumber("q"u8, shown.Position);
        _json.WriteNumber("f"u8, shown.IsFormOffered ? 1 : 0);
        _json.WriteString("h"u8, shown.Closed);
        if (shown.Title.Length > 0)
            _json.WriteString("j"u8, shown.Title);
        if (shown.Picture.Length > 0)
            _json.WriteString("p"u8, shown.Picture);
        if (shown.IsNews)
            _json.WriteNumber("o"u8, 1);
        End();
    }

    /// <summary>The invitation that is open, or that none is any more. <c>o</c> makes the loader bring the frame.</summary>
    public void Invitation(ShownInvitation? shown)
    {
        Begin("invite"u8);
        if (shown is not null)
        {
            _json.WriteNumber("i"u8, shown.Id.Value);
            _json.WriteString("g"u8, shown.AgentName ?? string.Empty);
            _json.WriteString("x"u8, shown.Text);
            _json.WriteNumber("o"u8, 1);
        }

        End();
    }

    /// <param name="offer">What a page of the visitor makes of the line: a pushed page that it still opens by itself (1) or asks about (2) (S2.1); after a line that asks for it, that he may rate (1) (4).</param>
    /// <param name="file">What the line of a file is about; its name is the line's words.</param>
    /// <param name="words">What the portal's own line says, where the page has no words of its own for it.</param>
    public void Message(ChatMessage message, string? agentName, int offer = 0, Attachment? file = null, string? words = null)
    {
        Begin("msg"u8, message.ConversationId, message.Sequence);
        _json.WriteNumber("c"u8, message.ConversationId.Value);
        _json.WriteNumber("n"u8, message.Sequence);
        _json.WriteString("a"u8, message.Author switch { ChatAuthor.Visitor => "v"u8, ChatAuthor.Agent => "g"u8, _ => "s"u8 });
        // A rule invited, or the inviter has gone: nobody is there yet, he waits like anybody who asks.
        _json.WriteString("k"u8, message is { Kind: ChatMessageKind.InvitationAccepted, AgentId: null } ? KindOf(ChatMessageKind.Requested) : KindOf(message.Kind));
        _json.WriteString("x"u8, words ?? message.Text);
        _json.WriteNumber("w"u8, message.At.ToUnixTimeMilliseconds());
        if (agentName is not null)
            _json.WriteString("g"u8, agentName);
        if (message.Author == ChatAuthor.Visitor && message.ClientId is { } id)
            _json.WriteString("id"u8, id);
        if (offer > 0)
            _json.WriteNumber("l"u8, offer);
        if (file is not null)
        {
            _json.WriteString("d"u8, file.Id.ToString());
            _json.WriteNumber("z"u8, file.Size);
            if (file.Width is { } width && file.Height is { } height)
            {
                _json.WriteNumber("pw"u8, width);
                _json.WriteNumber("ph"u8, height);
            }
        }

        End();
    }

    /// <summary>An agent's answer to an offline message of the visitor (5). <c>o</c>, while he has not read it, makes the loader bring the frame.</summary>
    public void Reply(VisitorReply reply, string? agentName)
    {
        Begin("reply"u8);
        _json.WriteNumber("i"u8, reply.Id.Value);
        _json.WriteString("x"u8, reply.Text);
        _json.WriteNumber("w"u8, reply.At.ToUnixTimeMilliseconds());
        _json.WriteString("g"u8, agentName ?? string.Empty);
        _json.WriteString("q"u8, reply.Quote);
        if (!reply.IsSeen)
            _json.WriteNumber("o"u8, 1);
        End();
    }

    public void Typing(bool isTyping)
    {
        Begin("typing"u8);
        _json.WriteNumber("on"u8, isTyping ? 1 : 0);
        End();
    }

    public void Seen(int sequence)
    {
        Begin("seen"u8);
        _json.WriteNumber("n"u8, sequence);
        End();
    }

    public void Bye(ReadOnlySpan<byte> reason)
    {
        Begin("bye"u8);
        _json.WriteString("r"u8, reason);
        End();
    }

    /// <summary>Shows that the server is alive; on the stream only.</summary>
    public void Beat() => _output.Write(":\n\n"u8);

    public void Dispose() => _json.Dispose();

    private static ReadOnlySpan<byte> KindOf(ChatMessageKind kind) => kind switch
    {
        ChatMessageKind.Text => "text"u8,
        ChatMessageKind.Requested => "requested"u8,
        ChatMessageKind.Accepted => "accepted"u8,
        ChatMessageKind.Ended => "ended"u8,
        ChatMessageKind.Reopened => "reopened"u8,
        ChatMessageKind.Withdrawn => "withdrawn"u8,
        ChatMessageKind.ProactiveStarted => "proactivestarted"u8,
        ChatMessageKind.InvitationAccepted => "invitationaccepted"u8,
        ChatMessageKind.Suspended => "suspended"u8,
        ChatMessageKind.Transferred => "transferred"u8,
        ChatMessageKind.WaitsForCompany => "waitsforcompany"u8,
        ChatMessageKind.ConferenceJoined => "conferencejoined"u8,
        ChatMessageKind.ConferenceLeft => "conferenceleft"u8,
        ChatMessageKind.ReturnedToGroup => "returnedtogroup"u8,
        ChatMessageKind.PagePush => "pagepush"u8,
        ChatMessageKind.File => "file"u8,
        ChatMessageKind.RatingAsked => "ratingasked"u8,
        ChatMessageKind.Rated => "rated"u8,
        _ => "other"u8,
    };

    private void Begin(ReadOnlySpan<byte> type, ConversationId conversation = default, int sequence = 0)
    {
        if (_asStream)
        {
            if (sequence > 0)
            {
                Span<byte> id = stackalloc byte[40];
                _ = System.Text.Unicode.Utf8.TryWrite(id, CultureInfo.InvariantCulture, $"id: {conversation.Value}.{sequence}\n", out var length);
                _output.Write(id[..length]);
            }

            _output.Write("data: "u8);
        }
        else if (!_isFirst)
        {
            _output.Write(","u8);
        }

        _isFirst = false;
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("t"u8, type);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        if (_asStream)
            _output.Write("\n\n"u8);
    }
}
