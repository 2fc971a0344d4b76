namespace Live800.Portal.Features.Sites;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
