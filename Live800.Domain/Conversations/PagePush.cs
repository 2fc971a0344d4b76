using System.Globalization;
using System.Text;
using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>What became of a pushed page on the visitor's side (S2.1).</summary>
public enum PushOutcome
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>It took the place of the visitor's page, by itself or because he said so.</summary>
    Opened = 1,

    /// <summary>The visitor followed the link in the conversation.</summary>
    Clicked = 2,

    /// <summary>The visitor did not want it.</summary>
    Declined = 3,
}

/// <summary>How a pushed page stands, for its agent.</summary>
public enum PushState
{
    /// <summary>Sent; no page has acknowledged it yet.</summary>
    Started = 0,

    /// <summary>No acknowledgement in time (rule 2.2); the link stands in the conversation all the same.</summary>
    NotDelivered = 1,

    /// <summary>A page of the visitor has it.</summary>
    Delivered = 2,

    /// <summary>See <see cref="PushOutcome.Opened"/>.</summary>
    Opened = 3,

    /// <summary>See <see cref="PushOutcome.Clicked"/>.</summary>
    Clicked = 4,

    /// <summary>See <see cref="PushOutcome.Declined"/>.</summary>
    Declined = 5,
}

/// <summary>A new push and its line, both to be stored.</summary>
public readonly record struct PagePushStart(PagePush Push, ChatMessage Line);

/// <summary>
/// A page the agent pushes to the visitor 推送页面 (S2.1, D7). The link itself is the line of the same number in the conversation; here is how it went. Costs nothing.
/// </summary>
public sealed class PagePush
{
    /// <summary>Longest address, in characters.</summary>
    public const int AddressLimit = 2048;

    /// <summary>Longest title, in characters.</summary>
    public const int TitleLimit = 200;

    private PagePush()
    {
    }

    internal PagePush(ChatMessage line)
    {
        CompanyId = line.CompanyId;
        ConversationId = line.ConversationId;
        Sequence = line.Sequence;
        SentAt = line.At;
        (Address, Title) = Read(line.Text);
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The conversation; key together with <see cref="Sequence"/>.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The number of its line.</summary>
    public int Sequence { get; private set; }

    /// <summary>The page; http or https.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What the agent calls it; may be empty.</summary>
    public string Title { get; private set; } = "";

    /// <summary>When it was pushed.</summary>
    public DateTimeOffset SentAt { get; private set; }

    /// <summary>When a page of the visitor acknowledged it.</summary>
    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>What became of it.</summary>
    public PushOutcome Outcome { get; private set; }

    /// <summary>When that was reported.</summary>
    public DateTimeOffset? OutcomeAt { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>
    /// The line of a pushed page: its address, and the title below when there is one. Refusals: AddressInvalid (anything but http and https, relative, with a sign-in in it, with blanks, control or
    /// invisible characters, longer than the limit), TextTooLong (the title).
    /// </summary>
    public static Outcome<string> Write(string? address, string? title)
    {
        var clean = address is { Length: <= AddressLimit * 2 } ? address.Trim() : "";
        if (!IsAddress(clean))
        {
            return Refusal.AddressInvalid;
        }

        if (title is { Length: > TitleLimit * 4 })
        {
            return Refusal.TextTooLong;
        }

        var name = MessageText.Line(title);
        return name.Length > TitleLimit ? Refusal.TextTooLong : name.Length == 0 ? clean : clean + "\n" + name;
    }

    /// <summary>Address and title of a line that <see cref="Write"/> made.</summary>
    public static (string Address, string Title) Read(string line)
    {
        var end = line.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? (line, "") : (line[..end], line[(end + 1)..]);
    }

    /// <summary>How it stands at an instant; "not delivered" comes by the clock alone (rule 2.2).</summary>
    public PushState StateAt(DateTimeOffset now, Moments moments) => Outcome switch
    {
        PushOutcome.Opened => PushState.Opened,
        PushOutcome.Clicked => PushState.Clicked,
        PushOutcome.Declined => PushState.Declined,
        _ when DeliveredAt is not null => PushState.Delivered,
        _ => now - SentAt < moments.NotDeliveredAfter ? PushState.Started : PushState.NotDelivered,
    };

    /// <summary>Whether a page of the visitor still opens it, or asks; once it has an outcome or has become old, only the link stands there.</summary>
    public bool IsOffered(DateTimeOffset now, Moments moments) => Outcome == PushOutcome.None && now - SentAt < moments.PushOfferedFor;

    /// <summary>A page of the visitor has it. Says whether anything changed.</summary>
    public bool Reached(DateTimeOffset now)
    {
        if (DeliveredAt is not null)
        {
            return false;
        }

        DeliveredAt = now;
        Version++;
        return true;
    }

    /// <summary>The visitor did something with it; the first report stays, but who declined may still follow the link. Says whether anything changed.</summary>
    public bool Report(PushOutcome outcome, DateTimeOffset now)
    {
        if (outcome == PushOutcome.None || (Outcome != PushOutcome.None && (Outcome != PushOutcome.Declined || outcome != PushOutcome.Clicked)))
        {
            return false;
        }

        _ = Reached(now);
        Outcome = outcome;
        OutcomeAt = now;
        Version++;
        return true;
    }

    private static bool IsAddress(string address)
    {
        if (address.Length > AddressLimit || !(address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        foreach (var rune in address.EnumerateRunes())
        {
            // A backslash is a slash to browsers and none to us: what is checked must be what opens.
            if (rune.Value is '\\' or 0xFFFD || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned)
            {
                return false;
            }
        }

        var begin = address.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = address.AsSpan(begin).IndexOfAny('/', '?', '#');
        var host = end < 0 ? address.AsSpan(begin) : address.AsSpan(begin, end);
        return host.Length > 0 && !host.Contains('@') && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.Host.Length > 0;
    }
}
