using Live800.Domain.Shared;

namespace Live800.Portal.Features.Cards;

/// <summary>Which cards somebody wants to see.</summary>
/// <param name="Text">Words of name, company, phone, e-mail, QQ, WeChat, address, tags or note.</param>
/// <param name="Skip">How many of the newest to pass over.</param>
public sealed record CardFilter(string Text = "", string Tag = "", string Level = "", AgentId? Owner = null, int Skip = 0, int Take = 50)
{
    public const int MostAtOnce = 200;

    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => Text.Length > 0 || Tag.Length > 0 || Level.Length > 0 || Owner is not null;
}
