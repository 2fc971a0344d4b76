using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Portal.Features.Personal;

/// <summary>What is kept of a visitor, kind by kind.</summary>
public enum PersonalKind
{
    Visits,
    Pages,
    Conversations,
    Lines,
    Files,
    Notes,
    Comments,
    OfflineMessages,
    Cards,
    Answers,
    Members,
}

/// <summary>What becomes of a kind when its visitor is erased.</summary>
public enum PersonalFate
{
    /// <summary>The rows go.</summary>
    Goes,

    /// <summary>The rows stay for the counts, without anything of the visitor.</summary>
    Emptied,
}

/// <summary>A visitor who was found.</summary>
/// <param name="Name">On his card, or as he gave it; nothing where there is none.</param>
public sealed record PersonalFound(VisitorId Id, string? Name, string? Contact, DateTimeOffset? FirstSeenAt)
{
    public string Number => Visitor.NumberOf(Id);
}

/// <summary>Everything there is of one person.</summary>
/// <param name="Visitors">The visitor asked for first, then his other browsers: those with the same card or the same member number.</param>
/// <param name="IsTalking">A conversation is waiting or running.</param>
public sealed record PersonalSheet(PersonalFound Asked, IReadOnlyList<VisitorId> Visitors, IReadOnlyDictionary<PersonalKind, int> Counts, bool IsTalking)
{
    public static PersonalFate FateOf(PersonalKind kind) =>
        kind is PersonalKind.Visits or PersonalKind.Conversations or PersonalKind.Lines or PersonalKind.OfflineMessages or PersonalKind.Comments ? PersonalFate.Emptied : PersonalFate.Goes;
}

/// <summary>A person as the tables know him: his browsers, his cards, and the addresses he left.</summary>
internal sealed record Person(IReadOnlyList<VisitorId> Visitors, IReadOnlyList<VisitorCardId> Cards, IReadOnlyList<string> Contacts);
