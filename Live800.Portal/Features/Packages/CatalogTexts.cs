namespace Live800.Portal.Features.Packages;

/// <summary>Marker of the texts of the operator's catalogue page.</summary>
public sealed class CatalogTexts;
