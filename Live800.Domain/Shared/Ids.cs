using System.Globalization;

namespace Live800.Domain.Shared;

/// <summary>Key of a company. Public people see its code instead.</summary>
public readonly record struct CompanyId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of an agent; also the key of his sign-in account.</summary>
public readonly record struct AgentId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a visitor within one company's site.</summary>
public readonly record struct VisitorId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of one visit of a visitor.</summary>
public readonly record struct VisitId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a conversation.</summary>
public readonly record struct ConversationId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of an invitation.</summary>
public readonly record struct InvitationId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a transfer.</summary>
public readonly record struct TransferId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of whatever puts something into a company's account: an order, a grant, the trial (rule 3.11).</summary>
public readonly record struct OrderId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a visitor's card.</summary>
public readonly record struct VisitorCardId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a note on a conversation.</summary>
public readonly record struct ConversationNoteId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a whisper in a conversation.</summary>
public readonly record struct WhisperId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a topic or close reason of a company.</summary>
public readonly record struct ConversationLabelId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of an entry of the block list.</summary>
public readonly record struct VisitorBlockId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of an automatic invitation rule.</summary>
public readonly record struct InvitationRuleId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of an offline message.</summary>
public readonly record struct OfflineMessageId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a reply to an offline message.</summary>
public readonly record struct OfflineReplyId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a canned reply.</summary>
public readonly record struct CannedReplyId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a kept view of the statistics.</summary>
public readonly record struct StatisticsViewId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of an attachment: 128 bits of chance, because its address is all there is to guess.</summary>
public readonly record struct AttachmentId(Guid Value)
{
    /// <summary>The id as 32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>Key of a group of agents.</summary>
public readonly record struct GroupId(long Value)
{
    /// <summary>The bare number, the same in every culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Key of a passkey.</summary>
public readonly record struct PasskeyId(Guid Value)
{
    /// <summary>The id as 32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}

/// <summary>One sign-in of one browser; further tabs of that browser share it (rule 3.8).</summary>
public readonly record struct SessionId(Guid Value)
{
    /// <summary>The id as 32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}
