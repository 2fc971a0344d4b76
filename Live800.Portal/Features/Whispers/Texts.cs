namespace Live800.Portal.Features.Whispers;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
