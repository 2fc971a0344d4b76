namespace Live800.Portal.Features.Invitations;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
