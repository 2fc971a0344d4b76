using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Companies;

public sealed class ChatIconTests
{
    private static readonly IconWish Wish = new("Sales", IconKind.Floating, IconLook.Round);

    public static TheoryData<IconWish, Refusal> Wrong => new()
    {
        { Wish with { Name = " " }, Refusal.IconNameInvalid },
        { Wish with { Name = "\u202E" }, Refusal.IconNameInvalid },
        { Wish with { Name = new string('名', 41) }, Refusal.IconNameInvalid },
        { Wish with { Words = new IconWords(OnlineZh: new string('在', 21)) }, Refusal.IconWordsTooLong },
        { Wish with { Words = new IconWords(OfflineEn: new string('x', 21)) }, Refusal.IconWordsTooLong },
        { Wish with { FromSide = -1 }, Refusal.DistanceInvalid },
        { Wish with { FromSide = 401 }, Refusal.DistanceInvalid },
        { Wish with { FromBottom = -1 }, Refusal.DistanceInvalid },
        { Wish with { FromBottom = 401 }, Refusal.DistanceInvalid },
        { Wish with { Kind = (IconKind)9 }, Refusal.InputInvalid },
        { Wish with { Look = 0 }, Refusal.InputInvalid },
        { Wish with { Group = new GroupId(1), Agent = new AgentId(2) }, Refusal.InputInvalid },
        { Wish with { Look = IconLook.Own }, Refusal.IconPictureMissing },
        { Wish with { Look = IconLook.Own, Online = new PictureMark("a", 1, 1, 1) }, Refusal.IconPictureMissing },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_no_icon_can_be_is_refused_and_nothing_of_it_is_kept(IconWish wish, Refusal refusal)
    {
        Assert.Equal(refusal, ChatIcon.Create(new(1), 2, wish).Refusal);
        var icon = ChatIcon.Create(new(1), 2, Wish with { FromSide = 0, FromBottom = 400 }).Value;
        Assert.Equal(refusal, icon.Change(wish, icon.Version).Refusal);
        Assert.Equal(("Sales", IconKind.Floating, IconLook.Round, 0, 400, 1L), (icon.Name, icon.Kind, icon.Look, icon.FromSide, icon.FromBottom, icon.Version));
    }

    [Fact]
    public void Markup_is_text_and_what_turns_a_line_around_is_taken_out()
    {
        var icon = ChatIcon.Create(new(1), 2, Wish with { Name = "<b>\u202Ea", Words = new IconWords("<i>\u202E咨询", "", "a\nb", "") }).Value;
        Assert.Equal(("<b>a", "<i>咨询", "a b", ""), (icon.Name, icon.OnlineZh, icon.OnlineEn, icon.OfflineZh));
        Assert.Equal("<i>咨询", icon.Words(isOnline: true, isChinese: true));
    }

    [Fact]
    public void Words_in_a_text_have_one_look_and_nothing_else_has_it()
    {
        Assert.Equal(IconLook.Words, ChatIcon.Create(new(1), 2, Wish with { Kind = IconKind.Text, Look = IconLook.Bar }).Value.Look);
        Assert.Equal(IconLook.Pill, ChatIcon.Create(new(1), 2, Wish with { Look = IconLook.Words }).Value.Look);
    }

    [Fact]
    public void The_standard_icon_needs_no_name_and_stays_and_a_removed_one_is_never_changed_again()
    {
        var standard = ChatIcon.StandardOf(new(1));
        Assert.False(standard.Change(Wish with { Name = "", Kind = IconKind.Fixed }, 0).IsRefused);
        Assert.False(standard.Remove(DateTimeOffset.UnixEpoch));
        Assert.Equal(Refusal.ChangedMeanwhile, standard.Change(Wish, 0).Refusal);
        var icon = ChatIcon.Create(new(1), 2, Wish).Value;
        Assert.True(icon.Remove(DateTimeOffset.UnixEpoch));
        Assert.False(icon.Remove(DateTimeOffset.UnixEpoch));
        Assert.Equal(Refusal.IconUnknown, icon.Change(Wish, icon.Version).Refusal);
    }
}
