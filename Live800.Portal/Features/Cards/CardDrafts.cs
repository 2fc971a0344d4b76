using System.Globalization;
using System.Text.Json;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;

namespace Live800.Portal.Features.Cards;

/// <summary>
/// The cards this circuit has begun to type and not saved: a look at another visitor loses none. The browser keeps them too, beside what each started from, for a lost circuit, a reload
/// and a restart of the server (S2.8); they come back as drafts, so that what a colleague wrote meanwhile is told and never written over.
/// </summary>
public sealed class CardDrafts
{
    private readonly Dictionary<string, CardDraft> _drafts = [];

    /// <summary>A card of the list's page that belongs to no visitor yet.</summary>
    public const string New = "new card";

    public static string Of(VisitorCardId card) => "card " + card;

    public static string Of(VisitorId visitor) => "new card of " + visitor;

    /// <summary>A draft the browser kept; nothing for one that holds nothing. What the fields are not called any more is passed over.</summary>
    public static CardDraft? From(KeptForm? kept)
    {
        if (kept is null || Read(kept.Start) is not { } start) return null;
        var draft = new CardDraft(start, Content(kept.Fields));
        return draft.IsChanged ? draft : null;
    }

    /// <summary>What a form started from, for the browser.</summary>
    public static string Write(CardContent content) => JsonSerializer.Serialize(Enum.GetValues<CardField>().ToDictionary(field => field.ToString(), field => content[field]));

    public CardDraft? Find(string key) => _drafts.GetValueOrDefault(key);

    public void Keep(string key, CardDraft draft) => _drafts[key] = draft;

    public void Forget(string key) => _drafts.Remove(key);

    private static CardContent? Read(string start)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(start) is { } fields ? Content(fields) : null;
        }
        catch (JsonException)
        {
            return null; // damaged
        }
    }

    private static CardContent Content(IReadOnlyDictionary<string, string> fields)
    {
        var content = CardContent.TextFields.Aggregate(new CardContent(), (made, field) => made.With(field, fields.GetValueOrDefault(field.ToString()) ?? ""));
        return content with { Owner = long.TryParse(fields.GetValueOrDefault(nameof(CardField.Owner)), NumberStyles.None, CultureInfo.InvariantCulture, out var owner) ? new AgentId(owner) : null };
    }
}
