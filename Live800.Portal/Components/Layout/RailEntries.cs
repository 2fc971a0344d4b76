using Live800.Domain.Companies;
using Live800.Portal.Features.Companies;
using Live800.Portal.Identity;
using MudBlazor;

namespace Live800.Portal.Components.Layout;

/// <summary>One page of the rail.</summary>
/// <param name="Section">The first part of its address; the entry is lit while it is there.</param>
/// <param name="Word">Key of its name; a name too long for 56 px has a shorter label under "Rail" + name.</param>
/// <param name="AddressFor">Where it leads somebody; nothing where it is not his (S2.17). The pages check again.</param>
public sealed record RailEntry(string Section, string Word, string Icon, Func<CurrentAgent, string?> AddressFor);

/// <summary>The rail, top to bottom. What is not built is not shown.</summary>
public static class RailEntries
{
    public static readonly RailEntry[] All =
    [
        new("workspace", "Workspace", Icons.Material.Outlined.Forum, me => me.IsAgent ? "workspace" : null),
        new("history", "History", Icons.Material.Outlined.History, me => me.May(Permission.History) ? "history" : null),
        new("cards", "Cards", Icons.Material.Outlined.Badge, me => me.IsAgent ? "cards" : null),
        new("messages", "Messages", Icons.Material.Outlined.Mail, me => me.May(Permission.Messages) ? "messages" : null),
        new("statistics", "Statistics", Icons.Material.Outlined.BarChart, me => me.May(Permission.Statistics) ? "statistics" : null),
        new("supervision", "Supervision", Icons.Material.Outlined.Visibility, me => me.May(Permission.Supervise) ? "supervision" : null),
        new("company", "Company", Icons.Material.Outlined.Apartment, CompanyPages.FirstFor),
        new("store", "Store", Icons.Material.Outlined.Storefront, me => me.May(Permission.Purchase) ? "store" : null),
        new("platform", "Platform", Icons.Material.Outlined.Dns, me => me.IsPlatformOperator ? "platform" : null),
    ];

    /// <summary>What somebody sees, and where it leads him.</summary>
    public static IEnumerable<(RailEntry Entry, string Address)> For(CurrentAgent me) =>
        from entry in All
        let address = entry.AddressFor(me)
        where address is not null
        select (entry, address);
}
