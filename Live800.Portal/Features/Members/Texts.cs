namespace Live800.Portal.Features.Members;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
