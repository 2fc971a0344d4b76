using System.Text.RegularExpressions;
using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>What somebody writes into a canned reply.</summary>
/// <param name="Topic">Replies of one topic stand together; may be empty.</param>
/// <param name="Title">Empty for the beginning of the text.</param>
/// <param name="Shortcut">The word after the slash; may be empty.</param>
public sealed record ReplyWords(string? Topic, string? Title, string? Shortcut, string? Text)
{
    /// <summary>What is written in one.</summary>
    public static ReplyWords Of(CannedReply reply) => new(reply.Topic, reply.Title, reply.Shortcut, reply.Text);
}

/// <summary>A text agents use again and again 常用语: the company's, which its administrators write, or an agent's own (rule 4).</summary>
public sealed partial class CannedReply
{
    /// <summary>Longest topic, in characters.</summary>
    public const int TopicLimit = 40;

    /// <summary>Longest title, in characters.</summary>
    public const int TitleLimit = 80;

    /// <summary>Longest shortcut, in characters.</summary>
    public const int ShortcutLimit = 32;

    /// <summary>Most replies of one owner: all of them travel to the browser, which looks through them.</summary>
    public const int MostOfOwner = 500;

    private CannedReply()
    {
    }

    /// <summary>Key.</summary>
    public CannedReplyId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The agent whose own it is; nothing for the company's.</summary>
    public AgentId? OwnerId { get; private set; }

    /// <summary>What it is about; may be empty.</summary>
    public string Topic { get; private set; } = "";

    /// <summary>How the list calls it.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The word after the slash, in small letters; unique with its owner; may be empty.</summary>
    public string Shortcut { get; private set; } = "";

    /// <summary>The words, with variables as they were written; see <see cref="Fill"/>.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Its place within its topic.</summary>
    public int Position { get; private set; }

    /// <summary>Grows with every change; two people may edit the company's.</summary>
    public long Version { get; private set; }

    /// <summary>
    /// Writes one. Whether the shortcut is free and there is room is the caller's question to the store. Refusals: TextEmpty, TextTooLong, ReplyTitleTooLong, ReplyShortcutInvalid.
    /// </summary>
    public static Outcome<CannedReply> Write(CannedReplyId id, CompanyId company, AgentId? owner, int position, ReplyWords words)
    {
        var reply = new CannedReply { Id = id, CompanyId = company, OwnerId = owner, Position = position };
        var written = reply.Take(words);
        return written.IsRefused ? written.Refusal : reply;
    }

    /// <summary>Changes it, if it is still as the editor saw it. Refusals: ChangedMeanwhile, and those of <see cref="Write"/>.</summary>
    /// <param name="seen">The version the editor began with.</param>
    public Outcome Change(ReplyWords words, long seen) => seen != Version ? Refusal.ChangedMeanwhile : Take(words);

    /// <summary>Gives it another place.</summary>
    public void MoveTo(int position)
    {
        Position = position;
        Version++;
    }

    /// <summary>The words with {visitor}, {agent} and {company} filled in; anything else in braces stays text, and what is filled in is not looked at again.</summary>
    public static string Fill(string text, string visitor, string agent, string company) => Variable().Replace(text, found => found.Groups[1].Value switch
    {
        "visitor" => visitor,
        "agent" => agent,
        _ => company,
    });

    private Outcome Take(ReplyWords words)
    {
        var text = MessageText.Clean(words.Text);
        if (text.IsRefused)
        {
            return text.Refusal;
        }

        var (topic, title) = (MessageText.Line(words.Topic), MessageText.Line(words.Title));
        if (topic.Length > TopicLimit || title.Length > TitleLimit)
        {
            return Refusal.ReplyTitleTooLong;
        }

        var shortcut = MessageText.Line(words.Shortcut).TrimStart('/').ToLowerInvariant();
        if (shortcut.Length > ShortcutLimit || shortcut.Contains('/', StringComparison.Ordinal) || shortcut.Any(char.IsWhiteSpace))
        {
            return Refusal.ReplyShortcutInvalid;
        }

        (Topic, Shortcut, Text) = (topic, shortcut, text.Value);
        Title = title.Length > 0 ? title : MessageText.Line(text.Value, TitleLimit);
        Version++;
        return Outcome.Done;
    }

    [GeneratedRegex(@"\{(visitor|agent|company)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
