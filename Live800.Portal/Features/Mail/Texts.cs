namespace Live800.Portal.Features.Mail;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
