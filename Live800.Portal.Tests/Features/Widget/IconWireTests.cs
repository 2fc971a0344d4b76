using System.Net;
using System.Xml.Linq;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Icons;
using Live800.Portal.Features.Widget;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>What pages show of several icons, each in the state of whom it is for (5).</summary>
public sealed class IconWireTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;

    private IconDesk Icons => Portal.Get<IconDesk>();

    private CurrentAgent Boss => new(_site.Company, _site.Agent, _site.Session, _site.Code, "linxiao", "林晓", true, false);

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
    }

    [Fact]
    public async Task Numbers_that_never_were_are_not_found_a_removed_one_shows_the_standard_icon_and_another_company_has_its_own()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        await MakeAsync(new IconWish("A", IconKind.Fixed, IconLook.Bar) { Words = new IconWords("<咨询>") });
        using var client = Portal.Client();
        foreach (var number in new[] { "0", "3", "-1", "x", "99999999999" })
        {
            using var none = await client.GetAsync($"/w/qingfeng/icon/{number}");
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }

        using (var none = await client.GetAsync($"/w/{other.Code}/icon/2")) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        var drawn = XDocument.Parse(await client.GetStringAsync("/w/qingfeng/icon/2")).Root!;
        Assert.Equal(("<咨询>", "240"), (drawn.Value, drawn.Attribute("width")!.Value));

        Assert.False((await Icons.RemoveAsync(Boss, 2)).IsRefused);
        Assert.Equal(await client.GetStringAsync("/w/qingfeng/icon/1"), await client.GetStringAsync("/w/qingfeng/icon/2"));
        // What the standard one becomes, the old code becomes too.
        Assert.False((await Icons.ChangeAsync(Boss, 1, 0, new IconWish("", IconKind.Fixed, IconLook.Round))).IsRefused);
        Assert.Contains("width=\"56\"", await client.GetStringAsync("/w/qingfeng/icon/2"), StringComparison.Ordinal);
        Assert.Equal([1, "在线客服"], Values((await Portal.Visitor(_site).ViewAsync("https://shop.example/")).Of("icons").Single()["on"]!["1"]!));
    }

    [Fact]
    public async Task Each_icon_has_the_state_of_its_target_live_and_the_company_its_own_flag()
    {
        var empty = await GroupAsync("Empty");
        var sales = await GroupAsync("Sales", _site.Agent);
        await MakeAsync(new IconWish("Empty", IconKind.Fixed, IconLook.Pill) { Group = empty, Words = new IconWords(OfflineZh: "售后留言") });
        await MakeAsync(new IconWish("Sales", IconKind.Floating, IconLook.Round) { Group = sales });
        await MakeAsync(new IconWish("Me", IconKind.Text, IconLook.Words) { Agent = _site.Agent });
        var visitor = Portal.Visitor(_site);
        // A page names its icons and hears of those; one that names none hears of all.
        var viewed = await visitor.ViewAsync();
        Assert.Equal("""{"t":"icons","c":1,"on":{"1":[1,"在线客服"]}}""", viewed.Of("icons").Single().ToJsonString(Plain));
        using var stream = await visitor.StreamAsync();
        Assert.Equal("""{"1":[1,"在线客服"],"2":[0,"售后留言"],"3":[1,"在线客服","position:fixed;right:24px;bottom:24px;z-index:2147483000"],"4":[1,"在线客服"]}""", (await stream.NextAsync("icons"))["on"]!.ToJsonString(Plain));

        // New words are told without anybody coming or going.
        Assert.False((await Icons.ChangeAsync(Boss, 2, 1, new IconWish("Empty", IconKind.Fixed, IconLook.Pill) { Group = empty, Words = new IconWords(OfflineZh: "请稍候") })).IsRefused);
        Assert.Equal("请稍候", (string?)(await stream.NextAsync("icons"))["on"]!["2"]![1]);
        // Without its group an icon is the whole company's.
        Assert.False((await Portal.Get<GroupDesk>().RemoveAsync(Boss, empty)).IsRefused);
        Assert.Equal([1, "在线客服"], Values((await stream.NextAsync("icons", shown => (int)shown["on"]!["2"]![0]! == 1))["on"]!["2"]!));

        Portal.Get<AgentPresence>().HasLeft(_site.Company, _site.Agent);
        await Portal.Get<IconBoard>().SweepAsync();
        var gone = await stream.NextAsync("icons", shown => (int)shown["c"]! == 0);
        foreach (var number in (string[])["1", "2", "3", "4"]) Assert.Equal(0, (int)gone["on"]![number]![0]!);
        using var client = Portal.Client();
        Assert.Contains("请留言", await client.GetStringAsync("/w/qingfeng/icon/4"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_is_in_does_not_make_the_company_offline_or_online_for_the_chat()
    {
        var empty = await GroupAsync("Empty");
        await MakeAsync(new IconWish("Empty", IconKind.Fixed, IconLook.Pill) { Group = empty });
        Assert.Equal(1, (int)(await Portal.Visitor(_site).PostAsync("view", ("k", "p7"), ("u", "https://shop.example/"), ("t", ""), ("r", ""), ("i", "2,x,77"))).Of("icons").Single()["c"]!);
    }

    [Fact]
    public async Task A_picture_of_the_companys_own_is_moved_once_stretches_nothing_and_runs_nothing()
    {
        Assert.Equal(Refusal.None, (await Icons.CreateAsync(Boss, new IconWish("Own", IconKind.Fixed, IconLook.Own), new IconUpload(TestFiles.Png(200, 50), TestFiles.Png(60, 60)))).Refusal);
        using var client = Portal.Client();
        using var now = await client.GetAsync("/w/qingfeng/icon/2");
        Assert.Equal((HttpStatusCode.Redirect, "2?s=1", "no-store"), (now.StatusCode, now.Headers.Location!.ToString(), now.Headers.CacheControl!.ToString()));
        using var kept = await client.GetAsync("/w/qingfeng/icon/2?s=1");
        var svg = XDocument.Parse(await kept.Content.ReadAsStringAsync()).Root!;
        Assert.Equal(("200", "50"), (svg.Attribute("width")!.Value, svg.Attribute("height")!.Value));
        Assert.StartsWith("data:image/png;base64,", svg.Elements().Last().Attribute("href")!.Value, StringComparison.Ordinal);
        Assert.Contains("sandbox", kept.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("200", XDocument.Parse(await client.GetStringAsync("/w/qingfeng/icon/2?s=0")).Root!.Attribute("width")!.Value);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/w/qingfeng/icon/2?s=1") { Headers = { IfNoneMatch = { kept.Headers.ETag! } } };
        using var same = await client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task The_look_of_the_chat_is_in_force_with_the_next_frame()
    {
        var desk = Portal.Get<AppearanceDesk>();
        var look = new Appearance { Colour = "#ffdd00", Title = "<b>家居", Welcome = "您好，欢迎。", WelcomeEn = "Welcome in.", OfflineWords = "周一回复。", Language = ChatLanguage.English, IsLeft = true, FromSide = 0, FromBottom = 80 };
        using var client = Portal.Client();
        Assert.Contains("data-at=\"right 24 24\"", await client.GetStringAsync("/w/qingfeng/frame"), StringComparison.Ordinal);
        Assert.Equal(Refusal.None, (await desk.SaveAsync(Boss, look, (await desk.OfAsync(_site.Company)).Look, TestFiles.Png(64, 64))).Refusal);
        var frame = await client.GetStringAsync("/w/qingfeng/frame?lang=zh-CN");
        foreach (var part in (string[])["lang=\"en\"", "Welcome in.", "&lt;b&gt;家居", "data-at=\"left 0 80\"", "--co:#ffdd00", "url(../qingfeng/picture?v="]) Assert.Contains(part, frame, StringComparison.Ordinal);
        var hash = (await desk.OfAsync(_site.Company)).Look.Picture;
        using var picture = await client.GetAsync($"/w/qingfeng/picture?v={hash}");
        Assert.Equal(("image/png", "nosniff"), (picture.Content.Headers.ContentType!.MediaType, picture.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Contains("Chat with us", await client.GetStringAsync("/w/qingfeng/icon/1"), StringComparison.Ordinal);
        var other = await Portal.AddCompanyAsync("lantian");
        using var theirs = await client.GetAsync($"/w/{other.Code}/picture?v={hash}");
        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);

        Assert.Equal(Refusal.None, (await desk.SaveAsync(Boss, look with { Language = ChatLanguage.Page }, (await desk.OfAsync(_site.Company)).Look)).Refusal);
        frame = await client.GetStringAsync("/w/qingfeng/frame?lang=zh-CN");
        foreach (var part in (string[])["您好，欢迎。", "\"OfflineWhy\":\"周一回复。\""]) Assert.Contains(part, frame, StringComparison.Ordinal);
        Assert.DoesNotContain("picture?v=", frame, StringComparison.Ordinal);
        Assert.Contains("周一回复。", await client.GetStringAsync("/chat/qingfeng?lang=zh-CN"), StringComparison.Ordinal);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static object[] Values(System.Text.Json.Nodes.JsonNode icon) => [(int)icon[0]!, (string)icon[1]!];

    private async Task MakeAsync(IconWish wish) => Assert.Equal(Refusal.None, (await Icons.CreateAsync(Boss, wish)).Refusal);

    private async Task<GroupId> GroupAsync(string name, params AgentId[] agents)
    {
        Assert.Equal(Refusal.None, (await Portal.Get<GroupDesk>().CreateAsync(Boss, new GroupWish(name, RoutingWay.ByHand, false, agents))).Refusal);
        return (await Portal.Get<GroupQueries>().BoardAsync(_site.Company)).Groups.Single(group => group.Name == name).Id;
    }
}
