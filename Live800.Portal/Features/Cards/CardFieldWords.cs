using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Localization;

namespace Live800.Portal.Features.Cards;

/// <summary>How a field of a card is spoken of.</summary>
public static class CardFieldWords
{
    /// <summary>What is wrong with a field, with the numbers; null when nothing is.</summary>
    public static string? Wrong(CardContent content, CardField field, IStringLocalizer<Texts> texts) => content.Wrong(field) switch
    {
        Refusal.None => null,
        Refusal.CardNameMissing => texts["NameMissing"].Value,
        _ => texts["FieldTooLong", Words.Count(CardContent.LimitOf(field)), Words.Count(content[field].Length)].Value,
    };
}
