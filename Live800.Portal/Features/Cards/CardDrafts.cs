using Live800.Domain.Shared;

namespace Live800.Portal.Features.Cards;

/// <summary>The cards this circuit has begun to type and not saved: a look at another visitor loses none.</summary>
public sealed class CardDrafts
{
    private readonly Dictionary<string, CardDraft> _drafts = [];

    public static string Of(VisitorCardId card) => "card " + card;

    public static string Of(VisitorId visitor) => "new card of " + visitor;

    public CardDraft? Find(string key) => _drafts.GetValueOrDefault(key);

    public void Keep(string key, CardDraft draft) => _drafts[key] = draft;

    public void Forget(string key) => _drafts.Remove(key);
}
