using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Agents;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Agents;

/// <summary>Agents as visitors see them, in the visitor's language (5).</summary>
public sealed class FaceTests : PortalTest
{
    private TestSite _site = null!;
    private CurrentAgent _self = null!;

    private FaceDesk Desk => Portal.Get<FaceDesk>();

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("face1");
        _self = new CurrentAgent(_site.Company, _site.Agent, _site.Session, _site.Code, "linxiao", "林晓", true, false);
    }

    [Fact]
    public async Task A_face_with_a_fault_changes_nothing()
    {
        var other = await Portal.AddCompanyAsync("face2");
        var foreign = new CurrentAgent(other.Company, other.Agent, other.Session, other.Code, "linxiao", "林晓", true, false);
        Assert.Equal(Refusal.DisplayNameInvalid, (await Desk.SaveAsync(_self, _site.Agent, Face(name: "\u200B"))).Refusal);
        Assert.Equal(Refusal.DisplayNameInvalid, (await Desk.SaveAsync(_self, _site.Agent, Face(english: new string('x', 65)))).Refusal);
        Assert.Equal(Refusal.AgentTitleTooLong, (await Desk.SaveAsync(_self, _site.Agent, Face(title: new string('题', 41)))).Refusal);
        Assert.Equal(Refusal.PictureNotSquare, (await Desk.SaveAsync(_self, _site.Agent, Face(), TestFiles.Png(4, 3))).Refusal);
        Assert.Equal(Refusal.PictureInvalid, (await Desk.SaveAsync(_self, _site.Agent, Face(), TestFiles.Utf8("<svg onload=alert(1)>"))).Refusal);
        Assert.Equal(Refusal.PictureTooHeavy, (await Desk.SaveAsync(_self, _site.Agent, Face(), new byte[ChatPicture.Limit + 1])).Refusal);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Desk.SaveAsync(_self, _site.Agent, Face() with { Picture = "0123456789abcdef" })).Refusal);
        Assert.Equal(Refusal.AgentUnknown, (await Desk.SaveAsync(foreign, _site.Agent, Face())).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.SaveAsync(foreign with { CompanyId = _site.Company }, _site.Agent, Face())).Refusal);
        Assert.Null(await Desk.ReadAsync(foreign, _site.Agent));
        Assert.Null(await Desk.ReadAsync(_self with { IsAdministrator = false, Rights = PermissionSet.None, AgentId = new AgentId(5) }, _site.Agent));
        Assert.Equal(new AgentFace("林晓", "", "", "", ""), (await Desk.ReadAsync(_self, _site.Agent))!.Face);
    }

    [Fact]
    public async Task A_visitor_reads_name_and_title_in_his_language_and_sees_the_picture_while_he_talks()
    {
        Assert.False((await Desk.SaveAsync(_self, _site.Agent, Face(english: "Lin Xiao", title: "售前顾问", titleEn: "Presales"), TestFiles.Png(8, 8))).IsRefused);
        var hash = (await Desk.ReadAsync(_self, _site.Agent))!.Face.Picture;
        await Portal.SeatAsync(_site);
        var (chinese, english) = (Portal.Visitor(_site), Portal.Visitor(_site, "203.0.113.8", "p2"));
        english.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-GB");
        foreach (var (visitor, name, title) in new[] { (chinese, "林晓", "售前顾问 · 公司 face1"), (english, "Lin Xiao", "Presales · 公司 face1") })
        {
            _ = await visitor.ViewAsync();
            var conversation = new ConversationId((long)(await visitor.SayAsync("hello"))["c"]!);
            var waiting = (await visitor.PollAsync()).Of("conv").Single();
            Assert.Null(waiting["j"]);
            Assert.False((await Portal.Desk.AcceptAsync(_site.Company, _site.Agent, _site.Session, conversation)).Outcome.IsRefused);
            var polled = await visitor.PollAsync();
            var open = polled.Of("conv").Single();
            Assert.Equal((name, title, $"background:#fff url(/w/face1/face?v={hash}) 50%/cover;font-size:0"), ((string?)open["g"], (string?)open["j"], (string?)open["p"]));
            Assert.Equal(name, (string?)polled.Of("msg").Last(line => line["g"] is not null)["g"]);
        }

        // No title and no picture: nothing of it is sent.
        Assert.False((await Desk.SaveAsync(_self, _site.Agent, Face())).IsRefused);
        var plain = (await chinese.PollAsync()).Of("conv").Single();
        Assert.Equal((null, null), (plain["j"], plain["p"]));
    }

    [Fact]
    public async Task The_picture_is_served_while_an_agent_has_it_and_only_for_his_company()
    {
        var other = await Portal.AddCompanyAsync("face2");
        Assert.False((await Desk.SaveAsync(_self, _site.Agent, Face(), TestFiles.Png(8, 8))).IsRefused);
        var hash = (await Desk.ReadAsync(_self, _site.Agent))!.Face.Picture;
        using var client = Portal.Client();
        using var served = await client.GetAsync($"/w/{_site.Code}/face?v={hash}");
        Assert.Equal((HttpStatusCode.OK, "image/png"), (served.StatusCode, served.Content.Headers.ContentType!.MediaType));
        Assert.Equal("nosniff", Assert.Single(served.Headers.GetValues("X-Content-Type-Options")));
        foreach (var bad in new[] { $"/w/{other.Code}/face?v={hash}", $"/w/{_site.Code}/face", $"/w/{_site.Code}/face?v=0123456789abcdef", $"/w/{_site.Code}/face?v=" + new string('a', 5000) })
        {
            using var none = await client.GetAsync(bad);
            Assert.NotEqual(HttpStatusCode.OK, none.StatusCode);
        }

        Assert.False((await Desk.SaveAsync(_self, _site.Agent, Face())).IsRefused);
        using var gone = await client.GetAsync($"/w/{_site.Code}/face?v={hash}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await using var context = Portal.Read();
        Assert.Empty(context.ChatPictures);
    }

    [Fact]
    public async Task A_picture_of_the_look_that_is_changed_leaves_the_agents_pictures_alone()
    {
        Assert.False((await Desk.SaveAsync(_self, _site.Agent, Face(), TestFiles.Png(8, 8))).IsRefused);
        await Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, cancellation) => DropAsync(context, cancellation));
        await using var context = Portal.Read();
        Assert.Single(context.ChatPictures);

        Task DropAsync(PortalDbContext write, CancellationToken cancellation) => Live800.Portal.Features.Widget.ChatPictures.DropUnusedAsync(write, _site.Company, "", cancellation);
    }

    private static AgentFace Face(string name = "林晓", string english = "", string title = "", string titleEn = "") => new(name, english, title, titleEn, "");
}
