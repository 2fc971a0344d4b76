namespace Live800.Portal.Features.Personal;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
