namespace Live800.Portal.Features.Replies;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
