namespace Live800.Portal.Features.Supervision;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
