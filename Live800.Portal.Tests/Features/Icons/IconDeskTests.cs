using System.Text;
using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Portal.Features.Icons;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Widget;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Icons;

public sealed class IconDeskTests
{
    private static readonly IconWish Wish = new("Sales", IconKind.Fixed, IconLook.Pill);

    [Fact]
    public void A_picture_is_what_its_bytes_are_whole_light_and_small()
    {
        var company = new CompanyId(1);
        Assert.Equal(Refusal.PictureInvalid, ChatPictures.Read(company, Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><script>1</script></svg>")).Refusal);
        Assert.Equal(Refusal.PictureInvalid, ChatPictures.Read(company, []).Refusal);
        Assert.Equal(Refusal.PictureInvalid, ChatPictures.Read(company, [0x89, 0x50]).Refusal);
        Assert.Equal(Refusal.PictureTooHeavy, ChatPictures.Read(company, new byte[(61 * 1024)]).Refusal);
        Assert.Equal(Refusal.PictureTooWide, ChatPictures.Read(company, TestFiles.Png(801, 10)).Refusal);
        Assert.Equal(Refusal.PictureTooWide, ChatPictures.Read(company, TestFiles.Png(10, 401)).Refusal);
        var whole = TestFiles.Png(168, 44);
        Assert.Equal(Refusal.PictureInvalid, ChatPictures.Read(company, whole[..^12]).Refusal);
        Assert.Equal(Refusal.PictureInvalid, ChatPictures.Read(company, [.. whole, .. "<script>alert(1)</script>"u8]).Refusal);
        var read = ChatPictures.Read(company, whole).Value;
        Assert.Equal((FileBytes.Png, 168, 44, "image/png"), (read.Type, read.Width, read.Height, read.ContentType));
    }

    [Fact]
    public async Task Only_the_companys_administrators_make_icons_and_strangers_groups_agents_and_icons_are_refused()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddIcons());
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var theirs = await other.GroupAsync("Theirs", RoutingWay.ByHand, 0);
        var desk = room.Data.Get<IconDesk>();

        Assert.Equal(Refusal.NotAllowed, (await desk.CreateAsync(Team.Signed(firm, 1), Wish)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.CreateAsync(other.Boss() with { CompanyId = firm.Id }, Wish)).Refusal);
        Assert.Equal(Refusal.GroupUnknown, (await desk.CreateAsync(firm.Boss(), Wish with { Group = theirs.Id })).Refusal);
        Assert.Equal(Refusal.AgentUnknown, (await desk.CreateAsync(firm.Boss(), Wish with { Agent = other.Agents[0].Agent })).Refusal);
        Assert.Equal(Refusal.PictureInvalid, (await desk.CreateAsync(firm.Boss(), Wish with { Look = IconLook.Own }, new IconUpload([1, 2, 3], TestFiles.Png()))).Refusal);
        Assert.Single(await desk.AllAsync(firm.Id));
        await using (var context = room.Data.Read()) Assert.False(await context.ChatPictures.AnyAsync());

        Assert.Equal(Refusal.None, (await desk.CreateAsync(firm.Boss(), Wish with { Agent = firm.Agents[1].Agent })).Refusal);
        Assert.Equal(Refusal.IconUnknown, (await desk.ChangeAsync(other.Boss(), 2, 1, Wish)).Refusal);
        Assert.Equal(Refusal.IconUnknown, (await desk.RemoveAsync(other.Boss(), 2)).Refusal);
        Assert.Equal([1, 2], (await desk.AllAsync(firm.Id)).Select(icon => icon.Number));
        Assert.Equal([1], (await desk.AllAsync(other.Id)).Select(icon => icon.Number));
    }

    [Fact]
    public async Task The_twenty_first_icon_is_refused_and_a_number_is_never_given_twice()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddIcons());
        var firm = await room.CompanyAsync("alpha");
        var desk = room.Data.Get<IconDesk>();
        for (var number = 2; number <= ChatIcon.MostOfCompany; number++) Assert.False((await desk.CreateAsync(firm.Boss(), Wish)).IsRefused);
        Assert.Equal(Refusal.TooManyIcons, (await desk.CreateAsync(firm.Boss(), Wish)).Refusal);
        Assert.False((await desk.RemoveAsync(firm.Boss(), 20)).IsRefused);
        Assert.False((await desk.RemoveAsync(firm.Boss(), 20)).IsRefused);
        Assert.False((await desk.CreateAsync(firm.Boss(), Wish)).IsRefused);
        Assert.Equal([1, .. Enumerable.Range(2, 18), 21], (await desk.AllAsync(firm.Id)).Select(icon => icon.Number));
        // The standard one is changed, counts as before, and stays.
        Assert.False((await desk.ChangeAsync(firm.Boss(), 1, 0, Wish with { Name = "", Words = new IconWords("咨询") })).IsRefused);
        Assert.Equal(Refusal.TooManyIcons, (await desk.CreateAsync(firm.Boss(), Wish)).Refusal);
        Assert.False((await desk.RemoveAsync(firm.Boss(), 1)).IsRefused);
        Assert.Equal("咨询", (await desk.AllAsync(firm.Id))[0].OnlineZh);
    }

    [Fact]
    public async Task The_second_of_two_administrators_is_refused_and_everything_stands_in_the_audit_log()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddIcons());
        var firm = await room.CompanyAsync("alpha");
        var desk = room.Data.Get<IconDesk>();
        Assert.False((await desk.CreateAsync(firm.Boss(), Wish)).IsRefused);
        Assert.False((await desk.ChangeAsync(firm.Boss(), 2, 1, Wish with { Name = "Mine" })).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await desk.ChangeAsync(firm.Boss(), 2, 1, Wish with { Name = "His" })).Refusal);
        Assert.Equal("Mine", (await desk.AllAsync(firm.Id))[1].Name);
        Assert.False((await desk.RemoveAsync(firm.Boss(), 2)).IsRefused);
        Assert.Equal(Refusal.IconUnknown, (await desk.ChangeAsync(firm.Boss(), 2, 3, Wish)).Refusal);
        await using var context = room.Data.Read();
        var entries = await context.Set<AuditEntry>().OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal([AuditAction.IconMade, AuditAction.IconChanged, AuditAction.IconRemoved], entries.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Pictures_are_kept_while_something_shows_them()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddIcons());
        var firm = await room.CompanyAsync("alpha");
        var desk = room.Data.Get<IconDesk>();
        var own = Wish with { Look = IconLook.Own };
        Assert.False((await desk.CreateAsync(firm.Boss(), own, new IconUpload(TestFiles.Png(100, 40), TestFiles.Png(100, 40)))).IsRefused);
        Assert.False((await desk.CreateAsync(firm.Boss(), own, new IconUpload(TestFiles.Png(100, 40), TestFiles.Png(90, 40)))).IsRefused);
        Assert.Equal(2, await CountAsync());
        // Another name alone keeps the pictures.
        Assert.False((await desk.ChangeAsync(firm.Boss(), 3, 1, own with { Name = "Other" })).IsRefused);
        Assert.Equal(90, (await desk.AllAsync(firm.Id))[2].OfflinePicture!.Width);
        Assert.False((await desk.ChangeAsync(firm.Boss(), 3, 2, own, new IconUpload(Offline: TestFiles.Png(80, 40)))).IsRefused);
        Assert.Equal(2, await CountAsync());
        Assert.False((await desk.RemoveAsync(firm.Boss(), 3)).IsRefused);
        Assert.Equal(1, await CountAsync());

        async Task<int> CountAsync()
        {
            await using var context = room.Data.Read();
            return await context.ChatPictures.CountAsync();
        }
    }
}
