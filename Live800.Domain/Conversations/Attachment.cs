using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>A new attachment and its line, both to be stored.</summary>
public readonly record struct AttachmentStart(Attachment Attachment, ChatMessage Line);

/// <summary>What is known of a file whose bytes are stored: <see cref="FileName.Clean"/> made its name, its size is at least 1.</summary>
/// <param name="Width">In pixels; pictures only.</param>
/// <param name="Height">In pixels; pictures only.</param>
public sealed record AttachedFile(AttachmentId Id, string Name, long Size, int? Width = null, int? Height = null);

/// <summary>
/// A file or picture that visitor or agent sent (rule 4). It belongs to one conversation, stands in its line of the same number, and never changes.
/// </summary>
public sealed class Attachment
{
    /// <summary>Largest file, in bytes (QUALITY section 5).</summary>
    public const long SizeLimit = 20 * 1024 * 1024;

    /// <summary>Most files of a visitor on one day of his company's calendar (QUALITY section 5). Agents have no such limit.</summary>
    public const int PerVisitorAndDay = 10;

    /// <summary>Most pixels of a picture: more would fill the memory of whoever looks at it.</summary>
    public const long PixelLimit = 40_000_000;

    private Attachment()
    {
    }

    internal Attachment(Conversation conversation, ChatMessage line, AttachedFile file)
    {
        Id = file.Id;
        CompanyId = conversation.CompanyId;
        ConversationId = conversation.Id;
        VisitorId = conversation.VisitorId;
        Sequence = line.Sequence;
        Author = line.Author;
        AgentId = line.AgentId;
        Name = file.Name;
        Size = file.Size;
        Width = file.Width;
        Height = file.Height;
        At = line.At;
    }

    /// <summary>Unguessable; the bytes lie under it.</summary>
    public AttachmentId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The conversation.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The conversation's visitor, whoever sent it.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The number of its line.</summary>
    public int Sequence { get; private set; }

    /// <summary>Who sent it.</summary>
    public ChatAuthor Author { get; private set; }

    /// <summary>Which agent; nothing for the visitor's.</summary>
    public AgentId? AgentId { get; private set; }

    /// <summary>The name as given, cleaned.</summary>
    public string Name { get; private set; } = "";

    /// <summary>In bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Of a picture, in pixels.</summary>
    public int? Width { get; private set; }

    /// <summary>Of a picture, in pixels.</summary>
    public int? Height { get; private set; }

    /// <summary>Server time of storing it.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>What sort of file it is; its name says so, and its bytes were looked at when it came.</summary>
    public FileType Type => FileType.Of(Name)!;
}
