namespace Live800.Portal.Components.Account;

/// <summary>Marker of the texts beside it.</summary>
public sealed class Texts;
