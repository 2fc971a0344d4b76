namespace Live800.Portal.Features.Status;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
