namespace Live800.Portal.Features.Closing;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
