using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Icons;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Icons;

public sealed class AppearanceDeskTests
{
    public static TheoryData<Appearance, Refusal> Wrong => new()
    {
        { new Appearance { Colour = "red" }, Refusal.ColourInvalid },
        { new Appearance { Colour = "#123456;}" }, Refusal.ColourInvalid },
        { new Appearance { Title = new string('题', 41) }, Refusal.ChatTitleTooLong },
        { new Appearance { Welcome = new string('好', 201) }, Refusal.TextTooLong },
        { new Appearance { OfflineWordsEn = new string('x', 201) }, Refusal.TextTooLong },
        { new Appearance { FromSide = -1 }, Refusal.DistanceInvalid },
        { new Appearance { FromBottom = 401 }, Refusal.DistanceInvalid },
        { new Appearance { Language = (ChatLanguage)7 }, Refusal.InputInvalid },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_no_look_can_be_is_refused(Appearance look, Refusal refusal)
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddIcons());
        var firm = await room.CompanyAsync("alpha");
        var desk = room.Data.Get<AppearanceDesk>();
        Assert.Equal(refusal, (await desk.SaveAsync(firm.Boss(), look, new Appearance())).Refusal);
        Assert.Equal(new Appearance(), (await desk.OfAsync(firm.Id)).Look);
    }

    [Fact]
    public async Task Administrators_only_save_the_second_of_two_is_refused_and_another_company_is_not_touched()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddIcons());
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var desk = room.Data.Get<AppearanceDesk>();
        var seen = (await desk.OfAsync(firm.Id)).Look;
        Assert.Equal(Refusal.NotAllowed, (await desk.SaveAsync(Team.Signed(firm, 1), seen, seen)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.SaveAsync(other.Boss() with { CompanyId = firm.Id }, seen, seen)).Refusal);
        Assert.False((await desk.SaveAsync(firm.Boss(), seen with { Colour = "#2f6b4f", Title = " <b>\u202E家居 ", IsLeft = true, FromSide = 0 }, seen)).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await desk.SaveAsync(firm.Boss(), seen with { Title = "His" }, seen)).Refusal);
        Assert.Equal("<b>家居", (await desk.OfAsync(firm.Id)).Look.Title);
        Assert.Equal(new Appearance(), (await desk.OfAsync(other.Id)).Look);
        await using var context = room.Data.Read();
        Assert.Equal(AuditAction.AppearanceChanged, (await context.Set<AuditEntry>().SingleAsync()).Action);
    }

    [Fact]
    public async Task The_picture_is_square_small_and_the_companys_own()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddIcons());
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var desk = room.Data.Get<AppearanceDesk>();
        var seen = new Appearance();
        Assert.Equal(Refusal.PictureNotSquare, (await desk.SaveAsync(firm.Boss(), seen, seen, TestFiles.Png(80, 40))).Refusal);
        Assert.Equal(Refusal.PictureTooWide, (await desk.SaveAsync(firm.Boss(), seen, seen, TestFiles.Png(401, 401))).Refusal);
        Assert.Equal(Refusal.PictureInvalid, (await desk.SaveAsync(firm.Boss(), seen, seen, "<svg/>"u8.ToArray())).Refusal);
        Assert.Equal(Refusal.None, (await desk.SaveAsync(firm.Boss(), seen, seen, TestFiles.Png(80, 80))).Refusal);
        var saved = (await desk.OfAsync(firm.Id)).Look;
        Assert.Equal(16, saved.Picture.Length);
        // A name of somebody else's picture is none here.
        Assert.Equal(Refusal.ChangedMeanwhile, (await desk.SaveAsync(other.Boss(), saved, seen)).Refusal);
        Assert.False((await desk.SaveAsync(firm.Boss(), saved with { Picture = "" }, saved)).IsRefused);
        await using var context = room.Data.Read();
        Assert.False(await context.ChatPictures.AnyAsync());
    }
}
