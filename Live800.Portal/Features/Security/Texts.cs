namespace Live800.Portal.Features.Security;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
