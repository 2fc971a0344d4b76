using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Icons;

/// <summary>An icon as it is being typed.</summary>
internal sealed class IconDraft
{
    public string? Name { get; set; }

    public IconKind Kind { get; set; } = IconKind.Fixed;

    public IconLook Look { get; set; } = IconLook.Pill;

    public string? OnlineZh { get; set; }

    public string? OfflineZh { get; set; }

    public string? OnlineEn { get; set; }

    public string? OfflineEn { get; set; }

    public bool IsLeft { get; set; }

    public int FromSide { get; set; } = ChatIcon.UsualDistance;

    public int FromBottom { get; set; } = ChatIcon.UsualDistance;

    /// <summary>g and the id of a group, a and the id of an agent, or nothing for the whole company.</summary>
    public string Target { get; set; } = "";

    public ChatPicture? Online { get; set; }

    public ChatPicture? Offline { get; set; }

    public IconWish Wish => new(Name, Kind, Look)
    {
        Words = new IconWords(OnlineZh, OfflineZh, OnlineEn, OfflineEn),
        IsLeft = IsLeft,
        FromSide = FromSide,
        FromBottom = FromBottom,
        Group = Id('g') is { } group ? new GroupId(group) : null,
        Agent = Id('a') is { } agent ? new AgentId(agent) : null,
    };

    public IconUpload Upload => new(Online?.Content, Offline?.Content);

    public static IconDraft Of(ChatIcon icon) => new()
    {
        Name = icon.Name,
        Kind = icon.Kind,
        Look = icon.Look,
        OnlineZh = icon.OnlineZh,
        OfflineZh = icon.OfflineZh,
        OnlineEn = icon.OnlineEn,
        OfflineEn = icon.OfflineEn,
        IsLeft = icon.IsLeft,
        FromSide = icon.FromSide,
        FromBottom = icon.FromBottom,
        Target = TargetOf(icon),
    };

    public static string TargetOf(ChatIcon icon) => icon.GroupId is { } group ? $"g{group.Value}" : icon.AgentId is { } agent ? $"a{agent.Value}" : "";

    /// <summary>What it would look like; nothing while it could not be saved.</summary>
    public ChatIcon? Shown(CompanyId company, ChatIcon? saved)
    {
        var wish = Wish with { Name = string.IsNullOrWhiteSpace(Name) ? "-" : Name, Online = Online?.Mark ?? saved?.OnlinePicture, Offline = Offline?.Mark ?? saved?.OfflinePicture };
        return ChatIcon.Create(company, saved?.Number ?? ChatIcon.Standard, wish) is { IsRefused: false } made ? made.Value : null;
    }

    private long? Id(char kind) => Target.StartsWith(kind) && long.TryParse(Target.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;
}
