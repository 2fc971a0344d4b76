using System.Buffers.Text;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Widget;

/// <summary>The last line a page has: "conversation.sequence". Everything after it is sent again, for a gap of any length (D4).</summary>
internal readonly record struct VisitorCursor(ConversationId Conversation, int Sequence)
{
    /// <summary>Reads what a page says; whatever cannot be read means that it has nothing yet.</summary>
    public static VisitorCursor Read(ReadOnlySpan<byte> text)
    {
        var dot = text.IndexOf((byte)'.');
        return dot > 0
            && Utf8Parser.TryParse(text[..dot], out long conversation, out var used) && used == dot && conversation > 0
            && Utf8Parser.TryParse(text[(dot + 1)..], out int sequence, out used) && used == text.Length - dot - 1 && sequence > 0
            ? new VisitorCursor(new ConversationId(conversation), sequence)
            : default;
    }
}
