namespace Live800.Portal.Features.Labels;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
