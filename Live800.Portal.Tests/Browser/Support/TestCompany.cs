namespace Live800.Portal.Tests.Browser.Support;

/// <summary>A company of the ready box, as the people know it who work there and who read its shop's pages.</summary>
public sealed record TestCompany(string Code, string Name, string ShopHost)
{
    /// <summary>Of every agent.</summary>
    public const string Password = "bright moon over the desk";
}
