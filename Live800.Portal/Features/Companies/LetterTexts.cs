namespace Live800.Portal.Features.Companies;

/// <summary>Marker of the texts of letters beside it.</summary>
public sealed class LetterTexts;
