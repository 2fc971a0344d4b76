namespace Live800.Portal.Features.Permissions;

/// <summary>Anchor of this folder's texts.</summary>
public sealed class Texts;
