namespace Live800.Portal.Features.Backups;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
