namespace Live800.Portal.Features.Installation;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
