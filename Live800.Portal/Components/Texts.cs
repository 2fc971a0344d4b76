namespace Live800.Portal.Components;

/// <summary>Marker of the texts of shell and shared parts (Texts.resx zh-CN, Texts.en.resx).</summary>
public sealed class Texts;
