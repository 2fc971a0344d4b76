using Live800.Domain.Visitors;

namespace Live800.Portal.Features.Cards;

/// <summary>A card as an agent is typing it, beside what he started from. When the card changes meanwhile, nothing he typed is lost.</summary>
public sealed class CardDraft(CardContent start, CardContent? typed = null)
{
    private readonly Dictionary<CardField, string> _clashes = [];
    private readonly List<CardField> _news = [];

    /// <summary>What he started from; the newest he was told of.</summary>
    public CardContent Start { get; private set; } = start;

    /// <summary>What he has typed.</summary>
    public CardContent Typed { get; set; } = typed ?? start;

    public bool IsChanged => Typed != Start;

    /// <summary>Fields in which somebody else wrote another text than his, with that text.</summary>
    public IReadOnlyDictionary<CardField, string> Clashes => _clashes;

    /// <summary>Fields somebody else changed meanwhile, his own ones included.</summary>
    public IReadOnlyList<CardField> News => _news;

    /// <summary>Somebody else wrote the card: fields he did not touch follow, fields he typed in keep his text and say what the other one is.</summary>
    public void Follow(CardContent now)
    {
        foreach (var field in now.DiffersFrom(Start))
        {
            if (!_news.Contains(field)) _news.Add(field);
            if (Typed[field] == Start[field]) Typed = Typed.Taking(field, now);
            else if (Typed[field] != now[field]) _clashes[field] = now[field];
        }

        Start = now;
    }
}
