namespace Live800.Portal.Realtime;

/// <summary>What a page told about itself when it was opened or changed its address.</summary>
/// <param name="Page">The id the page gave itself; one per tab and load.</param>
/// <param name="Referrer">Where the browser says it came from; empty when it does not say.</param>
public readonly record struct PageView(string Page, string Address, string Title, string Referrer);
