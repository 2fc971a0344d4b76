using Live800.Domain.Shared;

namespace Live800.Domain.Conversations;

/// <summary>What a label says of a conversation.</summary>
public enum LabelKind
{
    /// <summary>What it was about 话题; any number of them.</summary>
    Topic = 0,

    /// <summary>How it came out 结束原因; one at most.</summary>
    Reason = 1,
}

/// <summary>A topic 话题 or close reason 结束原因 that a company's agents may give a conversation (rule 4). One that is retired stays where it was given.</summary>
public sealed class ConversationLabel
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLimit = 40;

    /// <summary>Most labels of one kind that are in use: they are looked through with the eye.</summary>
    public const int MostOfKind = 50;

    private ConversationLabel()
    {
    }

    /// <summary>Key.</summary>
    public ConversationLabelId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Topic or reason.</summary>
    public LabelKind Kind { get; private set; }

    /// <summary>The words; unique in its kind among those in use.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its place.</summary>
    public int Position { get; private set; }

    /// <summary>No longer offered.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Grows with every change; two administrators may edit.</summary>
    public long Version { get; private set; }

    /// <summary>Makes one. Whether the name is free is the caller's question to the store. Refusal: LabelNameInvalid.</summary>
    public static Outcome<ConversationLabel> Make(ConversationLabelId id, CompanyId company, LabelKind kind, string? name, int position)
    {
        var label = new ConversationLabel { Id = id, CompanyId = company, Kind = kind, Position = position };
        var named = label.Rename(name);
        return named.IsRefused ? named.Refusal : label;
    }

    /// <summary>Gives another name, also where it was given already. Refusal: LabelNameInvalid.</summary>
    public Outcome Rename(string? name)
    {
        var clean = MessageText.Line(name);
        if (clean.Length is 0 or > NameLimit)
        {
            return Refusal.LabelNameInvalid;
        }

        Name = clean;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Gives it another place.</summary>
    public void MoveTo(int position)
    {
        Position = position;
        Version++;
    }

    /// <summary>Is offered no more; conversations that have it keep it.</summary>
    public void Retire()
    {
        IsRetired = true;
        Version++;
    }
}

/// <summary>A label that a conversation has (rule 4).</summary>
public sealed class ConversationLabelling
{
    private ConversationLabelling()
    {
    }

    /// <summary>Gives a label.</summary>
    public ConversationLabelling(Conversation conversation, ConversationLabel label, AgentId by, DateTimeOffset now)
    {
        (CompanyId, ConversationId, LabelId, Kind, By, At) = (conversation.CompanyId, conversation.Id, label.Id, label.Kind, by, now);
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The conversation; key together with <see cref="LabelId"/>.</summary>
    public ConversationId ConversationId { get; private set; }

    /// <summary>The label.</summary>
    public ConversationLabelId LabelId { get; private set; }

    /// <summary>Its kind; of reasons a conversation has one at most.</summary>
    public LabelKind Kind { get; private set; }

    /// <summary>Who gave it.</summary>
    public AgentId By { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }
}
