namespace Live800.Portal.Features.Blocks;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
