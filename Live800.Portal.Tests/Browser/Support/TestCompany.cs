namespace Live800.Portal.Tests.Browser.Support;

/// <summary>A company of the ready box, as the people know it who work there. The first agent is its administrator.</summary>
public sealed record TestCompany(string Code, string Name, string ShopHost, IReadOnlyList<string> Agents)
{
    public const string Password = "bright moon over the desk";
}
