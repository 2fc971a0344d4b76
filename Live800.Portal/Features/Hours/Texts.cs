namespace Live800.Portal.Features.Hours;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
