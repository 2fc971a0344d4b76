namespace Live800.Portal.Features.Payments;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
