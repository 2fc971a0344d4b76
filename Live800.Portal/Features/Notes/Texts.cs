namespace Live800.Portal.Features.Notes;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
