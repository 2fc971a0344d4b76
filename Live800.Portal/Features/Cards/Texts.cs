namespace Live800.Portal.Features.Cards;

/// <summary>Marker of this feature's texts (Texts.resx zh-CN, Texts.en.resx).</summary>
public sealed class Texts;
