namespace Live800.Portal.Features.Audit;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
