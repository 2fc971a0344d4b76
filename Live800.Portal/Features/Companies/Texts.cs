namespace Live800.Portal.Features.Companies;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
