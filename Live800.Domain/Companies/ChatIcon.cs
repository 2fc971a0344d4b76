using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>How an icon stands in a page.</summary>
public enum IconKind
{
    /// <summary>Where its code stands.</summary>
    Fixed = 1,

    /// <summary>At an edge of the window, whatever is scrolled.</summary>
    Floating = 2,

    /// <summary>Words in the text of a page.</summary>
    Text = 3,
}

/// <summary>What an icon looks like.</summary>
public enum IconLook
{
    /// <summary>A pill with words, 168 x 44.</summary>
    Pill = 1,

    /// <summary>A round bubble with a state dot, 56 x 56.</summary>
    Round = 2,

    /// <summary>Upright at the edge of the window.</summary>
    Tab = 3,

    /// <summary>A square bar with words, 240 x 40.</summary>
    Bar = 4,

    /// <summary>Plain words with a state dot; the look of every icon of kind Text.</summary>
    Words = 5,

    /// <summary>Two pictures of the company's own.</summary>
    Own = 6,
}

/// <summary>What an icon says; empty is what is built in.</summary>
public sealed record IconWords(string? OnlineZh = "", string? OfflineZh = "", string? OnlineEn = "", string? OfflineEn = "");

/// <summary>What an administrator wants an icon to be.</summary>
public sealed record IconWish(string? Name, IconKind Kind, IconLook Look)
{
    public IconWords Words { get; init; } = new();

    /// <summary>A floating one stands at the left of the window.</summary>
    public bool IsLeft { get; init; }

    public int FromSide { get; init; } = ChatIcon.UsualDistance;

    public int FromBottom { get; init; } = ChatIcon.UsualDistance;

    /// <summary>Whose state it shows and whom it leads to; the caller has looked that it is the company's.</summary>
    public GroupId? Group { get; init; }

    /// <summary>Whose state it shows; only without a group, and looked at like it.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>A new picture for online; nothing keeps the one there is.</summary>
    public PictureMark? Online { get; init; }

    public PictureMark? Offline { get; init; }
}

/// <summary>
/// A chat icon 对话图标 of a company's pages (rule 5). Its number stands in codes and is never given twice: a removed one shows the standard icon for ever (S3.4).
/// Number 1 is the standard icon, which every company has, also without a row.
/// </summary>
public sealed class ChatIcon
{
    /// <summary>The number of the standard icon.</summary>
    public const int Standard = 1;

    /// <summary>Longest name.</summary>
    public const int NameLimit = 40;

    /// <summary>Longest words.</summary>
    public const int WordsLimit = 20;

    /// <summary>Farthest from an edge of the window, in pixels.</summary>
    public const int MostDistance = 400;

    /// <summary>How far a floating one stands from the edges where nothing else is chosen.</summary>
    public const int UsualDistance = 24;

    /// <summary>Most icons of one company, the standard one with them.</summary>
    public const int MostOfCompany = 20;

    private ChatIcon()
    {
    }

    public CompanyId CompanyId { get; private set; }

    public int Number { get; private set; }

    /// <summary>What the administrator calls it; the standard icon may have none.</summary>
    public string Name { get; private set; } = "";

    public IconKind Kind { get; private set; } = IconKind.Fixed;

    public IconLook Look { get; private set; } = IconLook.Pill;

    public string OnlineZh { get; private set; } = "";

    public string OfflineZh { get; private set; } = "";

    public string OnlineEn { get; private set; } = "";

    public string OfflineEn { get; private set; } = "";

    /// <summary>A floating one stands at the left of the window.</summary>
    public bool IsLeft { get; private set; }

    public int FromSide { get; private set; } = UsualDistance;

    public int FromBottom { get; private set; } = UsualDistance;

    public GroupId? GroupId { get; private set; }

    public AgentId? AgentId { get; private set; }

    /// <summary>Its own picture for online, kept also while another look is chosen.</summary>
    public PictureMark? OnlinePicture { get; private set; }

    public PictureMark? OfflinePicture { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>The standard icon of a company that has changed nothing about it.</summary>
    public static ChatIcon StandardOf(CompanyId company) => new() { CompanyId = company, Number = Standard };

    /// <summary>Makes one. Refusals: as of <see cref="Change"/>.</summary>
    public static Outcome<ChatIcon> Create(CompanyId company, int number, IconWish wish)
    {
        var icon = new ChatIcon { CompanyId = company, Number = number };
        var changed = icon.Change(wish, icon.Version);
        return changed.IsRefused ? changed.Refusal : icon;
    }

    /// <summary>
    /// Becomes what is wanted. Refusals: IconUnknown (removed), ChangedMeanwhile (not as it was <paramref name="seen"/>), IconNameInvalid, IconWordsTooLong, DistanceInvalid, IconPictureMissing, InputInvalid.
    /// </summary>
    public Outcome Change(IconWish wish, long seen)
    {
        if (RemovedAt is not null) return Refusal.IconUnknown;
        if (Version != seen) return Refusal.ChangedMeanwhile;
        if (!Enum.IsDefined(wish.Kind) || !Enum.IsDefined(wish.Look) || (wish.Group is not null && wish.Agent is not null)) return Refusal.InputInvalid;
        var name = MessageText.Line(wish.Name);
        if (name.Length > NameLimit || (name.Length == 0 && Number != Standard)) return Refusal.IconNameInvalid;
        var words = new[] { wish.Words.OnlineZh, wish.Words.OfflineZh, wish.Words.OnlineEn, wish.Words.OfflineEn }.Select(one => MessageText.Line(one)).ToArray();
        if (Array.Exists(words, one => one.Length > WordsLimit)) return Refusal.IconWordsTooLong;
        if (wish.FromSide is < 0 or > MostDistance || wish.FromBottom is < 0 or > MostDistance) return Refusal.DistanceInvalid;
        var look = wish.Kind == IconKind.Text ? IconLook.Words : wish.Look == IconLook.Words ? IconLook.Pill : wish.Look;
        if (look == IconLook.Own && ((wish.Online ?? OnlinePicture) is null || (wish.Offline ?? OfflinePicture) is null)) return Refusal.IconPictureMissing;
        (Name, Kind, Look) = (name, wish.Kind, look);
        (OnlineZh, OfflineZh, OnlineEn, OfflineEn) = (words[0], words[1], words[2], words[3]);
        (IsLeft, FromSide, FromBottom) = (wish.IsLeft, wish.FromSide, wish.FromBottom);
        (GroupId, AgentId) = (wish.Group, wish.Agent);
        OnlinePicture = wish.Online ?? OnlinePicture;
        OfflinePicture = wish.Offline ?? OfflinePicture;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Codes that carry its number show the standard icon from now on. Says whether anything changed. The standard icon stays.</summary>
    public bool Remove(DateTimeOffset now)
    {
        if (RemovedAt is not null || Number == Standard) return false;
        RemovedAt = now;
        OnlinePicture = OfflinePicture = null;
        Version++;
        return true;
    }

    /// <summary>Its own words in a state and language; empty for those that are built in.</summary>
    public string Words(bool isOnline, bool isChinese) => (isOnline, isChinese) switch
    {
        (true, true) => OnlineZh,
        (false, true) => OfflineZh,
        (true, false) => OnlineEn,
        _ => OfflineEn,
    };
}
