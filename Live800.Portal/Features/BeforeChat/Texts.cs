namespace Live800.Portal.Features.BeforeChat;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
