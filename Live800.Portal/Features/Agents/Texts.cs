namespace Live800.Portal.Features.Agents;

/// <summary>Marks the texts beside this file.</summary>
public sealed class Texts;
