namespace Live800.Portal.Features.Help;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
