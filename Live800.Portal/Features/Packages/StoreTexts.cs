namespace Live800.Portal.Features.Packages;

/// <summary>Marker of the store's texts beside it.</summary>
public sealed class StoreTexts;
