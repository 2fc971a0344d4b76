namespace Live800.Portal.Features.Packages;

/// <summary>Marker of the texts of letters beside it.</summary>
public sealed class LetterTexts;
