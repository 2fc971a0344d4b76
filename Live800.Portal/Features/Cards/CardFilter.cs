using System.Globalization;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Portal.Features.Cards;

/// <summary>Which cards somebody wants to see.</summary>
/// <param name="Text">Words of name, company, phone, e-mail, QQ, WeChat, address, tags or note.</param>
/// <param name="Skip">How many of the newest to pass over.</param>
/// <param name="Except">A card that is not wanted: the one another is merged into.</param>
public sealed record CardFilter(string Text = "", string Tag = "", string Level = "", AgentId? Owner = null, int Skip = 0, int Take = 50, VisitorCardId? Except = null)
{
    public const int MostAtOnce = 200;

    private const int TextLimit = 400;

    /// <summary>From an address; null when it is none of ours.</summary>
    public static CardFilter? Parse(string? text, string? tag, string? level, string? owner)
    {
        if (text?.Length > TextLimit || tag?.Length > CardContent.FieldLimit || level?.Length > CardContent.FieldLimit) return null;
        if (owner is { Length: > 0 } && !long.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return null;
        return new CardFilter(text ?? "", tag ?? "", level ?? "", owner is { Length: > 0 } ? new AgentId(long.Parse(owner, CultureInfo.InvariantCulture)) : null);
    }

    /// <summary>For an address; empty when nothing is left out.</summary>
    public string ToQuery() => string.Join('&', new[] { ("text", Text), ("tag", Tag), ("level", Level), ("owner", Owner?.ToString() ?? "") }
        .Where(part => part.Item2.Length > 0)
        .Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2)}"));

    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => Text.Length > 0 || Tag.Length > 0 || Level.Length > 0 || Owner is not null;
}
