namespace Live800.Portal.Features.Platform;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
