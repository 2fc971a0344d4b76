namespace Live800.Portal.Components.Shared;

/// <summary>
/// Marker of the one place where refusals get their words: RefusalTexts.resx (zh-CN) and RefusalTexts.en.resx, keyed by the names of
/// the Refusal list of the domain. Each says what is so, what goes on regardless, and how it ends.
/// </summary>
public sealed class RefusalTexts;
