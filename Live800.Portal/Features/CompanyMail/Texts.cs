namespace Live800.Portal.Features.CompanyMail;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
