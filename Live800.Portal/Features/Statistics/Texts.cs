namespace Live800.Portal.Features.Statistics;

/// <summary>Words of the statistics' pages.</summary>
public sealed class Texts;
