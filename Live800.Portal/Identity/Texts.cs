namespace Live800.Portal.Identity;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
