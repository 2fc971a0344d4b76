namespace Live800.Portal.Features.Files;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
