namespace Live800.Portal.Realtime;

/// <summary>A page of the company's site that a visitor has open, and the step of the trail it stands for.</summary>
/// <param name="Page">The id the page gave itself; one per tab and load.</param>
/// <param name="Number">The step's number within the visit.</param>
public sealed record LivePage(string Page, int Number, string Address, string Title, DateTimeOffset Since);
