using MudBlazor;

namespace Live800.Portal.Components.Layout;

/// <summary>Who sees an entry of the rail (S2.17); the pages check again.</summary>
public enum RailAudience
{
    Agents,
    Administrators,
    Operators,
}

/// <summary>One page of the rail.</summary>
/// <param name="Section">The first part of its address; the entry is lit while it is there.</param>
/// <param name="Word">Key of its name; a name too long for 56 px has a shorter label under "Rail" + name.</param>
public sealed record RailEntry(string Section, string Address, string Word, string Icon, RailAudience Audience);

/// <summary>The rail, top to bottom. What is not built is not shown.</summary>
public static class RailEntries
{
    public static readonly RailEntry[] All =
    [
        new("workspace", "workspace", "Workspace", Icons.Material.Outlined.Forum, RailAudience.Agents),
        new("history", "history", "History", Icons.Material.Outlined.History, RailAudience.Agents),
        new("cards", "cards", "Cards", Icons.Material.Outlined.Badge, RailAudience.Agents),
        new("messages", "messages", "Messages", Icons.Material.Outlined.Mail, RailAudience.Agents),
        new("company", "company/agents", "Company", Icons.Material.Outlined.Apartment, RailAudience.Administrators),
        new("store", "store", "Store", Icons.Material.Outlined.Storefront, RailAudience.Administrators),
        new("platform", "platform", "Platform", Icons.Material.Outlined.Dns, RailAudience.Operators),
    ];
}
