namespace Live800.Portal.Realtime;

/// <summary>What a page told about itself when it was opened or changed its address.</summary>
/// <param name="Page">The id the page gave itself; one per tab and load.</param>
/// <param name="Referrer">Where the browser says it came from; empty when it does not say.</param>
/// <param name="IsNewcomer">Whether its visitor was made for this view: nobody can have a card of him, nor know anything else.</param>
public readonly record struct PageView(string Page, string Address, string Title, string Referrer, bool IsNewcomer = false);
