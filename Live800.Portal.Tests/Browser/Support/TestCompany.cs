using Live800.Portal.Features.Widget;

namespace Live800.Portal.Tests.Browser.Support;

/// <summary>A company of the ready box, as the people know it who work there and who read its shop's pages.</summary>
public sealed record TestCompany(string Code, string Name, string ShopHost)
{
    /// <summary>Of every agent.</summary>
    public const string Password = "bright moon over the desk";

    /// <summary>Puts the company's codes onto its shop and gives the shop's address.</summary>
    public string Embed(ShopSite site, PortalServer server) =>
        site.Embed(ShopHost, WidgetCodes.IconCode(server.Address, Code, 1, "在线客服"), WidgetCodes.FunctionCode(server.Address, Code));
}
