namespace Live800.Portal.Features.Icons;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
