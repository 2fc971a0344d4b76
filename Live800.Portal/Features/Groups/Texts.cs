namespace Live800.Portal.Features.Groups;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
