using System.Net;
using Live800.Domain.Members;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Data;
using Live800.Portal.Features.Cards;
using Live800.Portal.Features.Members;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Members;

/// <summary>Signed identities on the real wire, with a second company (rule 5): what is not believed changes nothing and is told to the administrator only.</summary>
public sealed class MemberWireTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;
    private string _secret = "";

    private MemberDesk Desk => Portal.Get<MemberDesk>();

    private CurrentAgent Administrator => new(_site.Company, _site.Agent, _site.Session, _site.Code, "lin", "Lin", true, false);

    private SignedToken Site => new(_secret, "qingfeng", Portal.Now);

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
        _secret = (await Desk.MakeKeyAsync(Administrator)).Value.Secret;
        Assert.False((await Desk.ChooseAsync(Administrator, MemberWay.Recognised, MemberWay.Off)).IsRefused);
    }

    [Fact]
    public async Task What_is_not_believed_leaves_the_visitor_who_he_was_and_the_administrator_reads_why()
    {
        var far = Portal.Now.AddHours(25).ToUnixTimeSeconds();
        var cases = new (string Token, MemberRejectionReason Reason)[]
        {
            ("hello", MemberRejectionReason.Unreadable),
            ("undefined", MemberRejectionReason.Unreadable),
            ("a.b.c", MemberRejectionReason.Unreadable),
            (new string('a', 3000) + "." + new string('b', 3000) + ".c", MemberRejectionReason.Unreadable),
            (Site.For("7") + "x", MemberRejectionReason.SignatureWrong),
            ((Site with { Secret = SignedToken.Nonce() + SignedToken.Nonce() }).For("7"), MemberRejectionReason.SignatureWrong),
            ((Site with { Key = "k9", Secret = SignedToken.Nonce() + SignedToken.Nonce() }).For("7"), MemberRejectionReason.KeyUnknown),
            ((Site with { Algorithm = "none" }).For("7"), MemberRejectionReason.AlgorithmWrong),
            ((Site with { Algorithm = "HS512" }).For("7"), MemberRejectionReason.AlgorithmWrong),
            (Site.For("7", ("aud", "lantian")), MemberRejectionReason.CompanyWrong),
            (Site.For("7", ("aud", null)), MemberRejectionReason.CompanyWrong),
            (Site.For("7", ("exp", Portal.Now.ToUnixTimeSeconds())), MemberRejectionReason.Expired),
            (Site.For("7", ("exp", far)), MemberRejectionReason.TooLong),
            (Site.For("7", ("exp", Portal.Now.AddMinutes(5).ToUnixTimeMilliseconds())), MemberRejectionReason.EndMissing),
            (Site.For("7", ("exp", null)), MemberRejectionReason.EndMissing),
            (Site.For("", ("name", "王")), MemberRejectionReason.NumberMissing),
            (Site.For(new string('7', 65)), MemberRejectionReason.NumberMissing),
            (Site.For(new { id = 7 }), MemberRejectionReason.Unreadable),
            (Site.For("7", ("jti", null)), MemberRejectionReason.NonceMissing),
            (Site.For("7", ("jti", "1234567")), MemberRejectionReason.NonceMissing),
        };
        foreach (var (token, reason) in cases)
        {
            await using (var context = Portal.Read()) Assert.Empty(await context.Memberships.ToListAsync());
            var visitor = Portal.Visitor(_site, page: "p1");
            _ = await visitor.ViewAsync();
            var before = visitor.Pass;
            var viewed = await EnterAsync(visitor, token);
            Assert.Equal((HttpStatusCode.OK, before), (viewed.Status, visitor.Pass));
            Assert.DoesNotContain("member", viewed.Json.ToJsonString(), StringComparison.OrdinalIgnoreCase);
            await SettledAsync();
            await using (var context = Portal.Read())
            {
                Assert.Equal((reason, "https://shop.example"), await context.MemberRejections.OrderByDescending(row => row.LastAt).Select(row => new ValueTuple<MemberRejectionReason, string>(row.Reason, row.LastOrigin)).FirstAsync());
                Assert.Empty(await context.VisitorCards.ToListAsync());
                Assert.Empty(await context.SpentNonces.ToListAsync());
            }

            Portal.Machine!.Advance(TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public async Task A_token_of_5000_characters_or_with_a_NUL_or_an_override_harms_nothing()
    {
        var visitor = Portal.Visitor(_site);
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(visitor, Site.For("7", ("name", new string('名', 5000))))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("view", ("k", "p1"), ("u", "https://shop.example/"), ("t", ""), ("r", ""), ("m", "a\0b"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(visitor, Site.For("7\u202e", ("name", "<img src=x onerror=alert(1)>")))).Status);
        await using var context = Portal.Read();
        Assert.Equal(("7", "<img src=x onerror=alert(1)>"), await context.VisitorCards.Select(card => new ValueTuple<string, string>(card.MemberNumber!, card.Name)).SingleAsync());
    }

    [Fact]
    public async Task A_member_gets_his_card_once_and_agents_words_on_it_stay()
    {
        var visitor = Portal.Visitor(_site);
        _ = await EnterAsync(visitor, Site.For(10086, ("name", "王芳"), ("email", "wang@shop.example"), ("level", "金卡")));
        var id = Of(visitor);
        var card = await CardAsync(id);
        Assert.Equal(("10086", "王芳", "wang@shop.example", "金卡", ""), (card!.MemberNumber, card.Name, card.Email, card.Level, card.Phone));
        Assert.Equal(VisitorCard.BySite, card.CreatedBy);
        Assert.False((await Portal.Get<CardDesk>().WriteAsync(_site.Company, _site.Agent, card.Id, card.Version, card.Content with { Name = "王女士", Email = "private@wang.example" })).IsRefused);

        var pass = visitor.Pass;
        var elsewhere = Portal.Visitor(_site, page: "p2");
        _ = await EnterAsync(elsewhere, Site.For("10086", ("name", "王芳"), ("email", "new@shop.example"), ("phone", "13800000000")));
        Assert.NotEqual(id, Of(elsewhere));
        card = await CardAsync(Of(elsewhere));
        Assert.Equal(("王女士", "private@wang.example", "13800000000"), (card!.Name, card.Email, card.Phone));
        Assert.Equal(pass, visitor.Pass);
        await using var context = Portal.Read();
        Assert.Equal(1, await context.VisitorCards.CountAsync());
        Assert.Equal(2, await context.Memberships.CountAsync(row => row.Number == "10086"));
    }

    [Fact]
    public async Task A_token_is_good_once_but_the_page_that_brought_it_may_repeat_it()
    {
        var token = Site.For("7");
        var first = Portal.Visitor(_site, page: "p1");
        _ = await EnterAsync(first, token);
        // The answer was lost: the same page again, without a pass.
        var again = Portal.Visitor(_site, page: "p1");
        _ = await EnterAsync(again, token);
        Assert.Equal(Of(first), Of(again));

        var thief = Portal.Visitor(_site, page: "p9");
        _ = await EnterAsync(thief, token);
        Assert.NotEqual(Of(first), Of(thief));
        await SettledAsync();
        await using var context = Portal.Read();
        var stolen = Of(thief);
        Assert.False(await context.Memberships.AnyAsync(row => row.VisitorId == stolen));
        Assert.Equal(MemberRejectionReason.Replayed, (await context.MemberRejections.SingleAsync()).Reason);
        // With the member's own pass a page may show the old token as often as it likes, also when it has ended.
        Portal.Machine!.Advance(TimeSpan.FromHours(6));
        var pass = first.Pass;
        _ = await EnterAsync(first, token);
        Assert.Equal(pass[..20], first.Pass[..20]);
    }

    [Fact]
    public async Task Two_members_on_one_page_never_see_each_other_and_the_first_finds_his_conversation_again()
    {
        var page = Portal.Visitor(_site);
        _ = await EnterAsync(page, Site.For("A"));
        var a = Of(page);
        var conversation = (long)(await page.SayAsync("secret of A"))["c"]!;

        var viewed = await EnterAsync(page, Site.For("B"));
        var b = Of(page);
        Assert.NotEqual(a, b);
        Assert.Equal("none", (string?)viewed.Of("conv").Single()["s"]);
        Assert.DoesNotContain("secret", (await page.PollAsync()).Json.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("ConversationUnknown", (await page.SayAsync("hello", conversation)).Refusal);

        viewed = await EnterAsync(page, Site.For("A"));
        Assert.Equal((a, "waiting", conversation), (Of(page), (string?)viewed.Of("conv").Single()["s"], (long)viewed.Of("conv").Single()["c"]!));
        // A token that cannot be believed says at least that somebody else may sit there now.
        viewed = await EnterAsync(page, "broken");
        Assert.NotEqual(a, Of(page));
        Assert.Equal("none", (string?)viewed.Of("conv").Single()["s"]);
    }

    [Fact]
    public async Task Whoever_talks_and_then_signs_in_goes_on_talking_and_an_agents_card_becomes_the_members()
    {
        var page = Portal.Visitor(_site);
        _ = await page.ViewAsync();
        var before = Of(page);
        var conversation = (long)(await page.SayAsync("how do I sign in?"))["c"]!;
        var made = await Portal.Get<CardDesk>().CreateAsync(_site.Company, _site.Agent, new CardContent { Name = "Caller" }, before);
        var viewed = await EnterAsync(page, Site.For("7", ("name", "王芳")));
        Assert.Equal((before, "waiting", conversation), (Of(page), (string?)viewed.Of("conv").Single()["s"], (long)viewed.Of("conv").Single()["c"]!));
        var card = await CardAsync(before);
        Assert.Equal((made.Value.Id, "Caller", "7"), (card!.Id, card.Name, card.MemberNumber));
    }

    [Fact]
    public async Task A_merged_members_card_leads_to_the_one_it_went_into()
    {
        var page = Portal.Visitor(_site);
        _ = await EnterAsync(page, Site.For("7", ("name", "王芳")));
        var card = (await CardAsync(Of(page)))!;
        var cards = Portal.Get<CardDesk>();
        var other = (await cards.CreateAsync(_site.Company, _site.Agent, new CardContent { Name = "Wang" })).Value;
        Assert.False((await cards.MergeAsync(_site.Company, _site.Agent, card.Id, other.Id)).IsRefused);
        var elsewhere = Portal.Visitor(_site, page: "p2");
        _ = await EnterAsync(elsewhere, Site.For("7", ("phone", "13800000000")));
        Assert.Equal((other.Id, "13800000000"), ((await CardAsync(Of(elsewhere)))!.Id, (await CardAsync(Of(elsewhere)))!.Phone));
    }

    [Fact]
    public async Task The_same_number_at_two_companies_is_two_people_and_one_companys_key_signs_nothing_for_another()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        await Portal.SeatAsync(other);
        var theirs = new CurrentAgent(other.Company, other.Agent, other.Session, other.Code, "wang", "Wang", true, false);
        var secret = (await Desk.MakeKeyAsync(theirs)).Value.Secret;
        _ = await Desk.ChooseAsync(theirs, MemberWay.Recognised, MemberWay.Off);
        var here = Portal.Visitor(_site);
        _ = await EnterAsync(here, Site.For("7"));
        var there = Portal.Visitor(other, page: "p2");
        _ = await EnterAsync(there, (Site with { Company = "lantian" }).For("7"));
        await SettledAsync();
        await using (var context = Portal.Read())
        {
            Assert.Equal(_site.Company, (await context.Memberships.SingleAsync()).CompanyId);
            Assert.Equal((other.Company, MemberRejectionReason.SignatureWrong), await context.MemberRejections.Select(row => new ValueTuple<CompanyId, MemberRejectionReason>(row.CompanyId, row.Reason)).SingleAsync());
        }

        _ = await EnterAsync(there, new SignedToken(secret, "lantian", Portal.Now).For("7"));
        await using (var context = Portal.Read())
            Assert.Equal(2, await context.VisitorCards.Where(card => card.MemberNumber == "7").Select(card => card.CompanyId).Distinct().CountAsync());
    }

    [Fact]
    public async Task Keys_change_without_a_gap_and_an_ended_one_is_believed_no_more()
    {
        Assert.Equal(Refusal.NotAllowed, (await Desk.MakeKeyAsync(Administrator with { AgentId = new AgentId(1) })).Refusal);
        var second = await Desk.MakeKeyAsync(Administrator);
        Assert.Equal("k2", second.Value.Name);
        Assert.Equal(Refusal.TooManyKeys, (await Desk.MakeKeyAsync(Administrator)).Refusal);
        var next = new SignedToken(second.Value.Secret, "qingfeng", Portal.Now) { Key = "k2" };
        Assert.Equal(2, await RecognisedAsync(Site.For("old"), next.For("new")));

        Assert.False((await Desk.EndKeyAsync(Administrator, 1)).IsRefused);
        Assert.False((await Desk.EndKeyAsync(Administrator, 1)).IsRefused);
        Assert.Equal(1, await RecognisedAsync(Site.For("old again"), next.For("new again")));
        // The number is never given anew, the secret is gone, and the log has neither.
        Assert.Equal("k3", (await Desk.MakeKeyAsync(Administrator)).Value.Name);
        await using var context = Portal.Read();
        Assert.Equal("", (await context.IntegrationKeys.SingleAsync(key => key.Number == 1)).SealedSecret);
        Assert.DoesNotContain(_secret, (await context.IntegrationKeys.SingleAsync(key => key.Number == 2)).SealedSecret, StringComparison.Ordinal);

        async Task<int> RecognisedAsync(params string[] tokens)
        {
            var before = await CountAsync();
            foreach (var token in tokens) _ = await EnterAsync(Portal.Visitor(_site, page: "p" + SignedToken.Nonce()[..8].ToLowerInvariant()), token);
            return await CountAsync() - before;
        }

        async Task<int> CountAsync()
        {
            await using var reading = Portal.Read();
            return await reading.Memberships.CountAsync();
        }
    }

    [Fact]
    public async Task Where_identities_are_not_used_a_token_is_passed_over()
    {
        _ = await Desk.ChooseAsync(Administrator, MemberWay.Off, MemberWay.Recognised);
        var page = Portal.Visitor(_site);
        _ = await EnterAsync(page, Site.For("7"));
        _ = await EnterAsync(page, "broken");
        await SettledAsync();
        await using var context = Portal.Read();
        Assert.Empty(await context.Memberships.ToListAsync());
        Assert.Empty(await context.MemberRejections.ToListAsync());
    }

    [Fact]
    public async Task Two_pages_that_bring_one_token_at_once_make_one_member()
    {
        var token = Site.For("7");
        var pages = Enumerable.Range(1, 8).Select(i => Portal.Visitor(_site, page: $"p{i}")).ToList();
        _ = await Task.WhenAll(pages.Select(page => EnterAsync(page, token)));
        await using var context = Portal.Read();
        Assert.Equal(1, await context.Memberships.CountAsync());
        Assert.Equal(8, pages.Select(Of).Distinct().Count());
    }

    [Fact]
    public async Task Where_only_members_may_chat_the_server_refuses_everybody_else_whichever_way_he_comes()
    {
        Assert.False((await Desk.ChooseAsync(Administrator, MemberWay.Required, MemberWay.Recognised)).IsRefused);
        var stranger = Portal.Visitor(_site);
        _ = await stranger.ViewAsync();
        var asked = (await stranger.RequestAsync()).Of("conv").Single();
        Assert.Equal(("offline", "本站只接待会员：请先登录网站，再开始对话。您也可以在这里留言。"), ((string?)asked["s"], (string?)asked["h"]));
        Assert.Equal("MembersOnly", (await stranger.SayAsync("hello")).Refusal);
        _ = await EnterAsync(stranger, Site.For("7", ("exp", Portal.Now.AddMinutes(-1).ToUnixTimeSeconds())));
        Assert.Equal("MembersOnly", (await stranger.SayAsync("hello")).Refusal);
        // The agent's invitation opens the door no more than the icon does; his own words to a visitor do.
        Assert.False((await Portal.Desk.InviteAsync(_site.Company, _site.Agent, _site.Session, Of(stranger), Guid.NewGuid(), "")).IsRefused);
        Assert.Equal("offline", (string?)(await stranger.RequestAsync()).Of("conv").Single()["s"]);
        await using (var context = Portal.Read()) Assert.Empty(await context.Conversations.ToListAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await stranger.PostAsync("offline", ("id", Guid.NewGuid().ToString()), ("name", ""), ("contact", "a@b.example"), ("x", "I cannot sign in"))).Status);

        _ = await EnterAsync(stranger, Site.For("7"));
        Assert.Null((await stranger.SayAsync("hello")).Refusal);
        await using (var context = Portal.Read()) Assert.Equal(Of(stranger), (await context.Conversations.SingleAsync()).VisitorId);
    }

    private static async Task<WireReply> EnterAsync(TestVisitor visitor, string token)
    {
        using var content = new FormUrlEncodedContent([new("p", visitor.Pass), new("k", visitor.Page), new("u", "https://shop.example/"), new("t", "Shop"), new("r", ""), new("i", "1"), new("m", token)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/w/{visitor.Code}/view") { Content = content };
        request.Headers.Add("Origin", "https://shop.example");
        using var response = await visitor.Http.SendAsync(request);
        var json = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        if ((string?)json["p"] is { Length: > 0 } pass) visitor.Pass = pass;
        return new WireReply(response.StatusCode, json, response.Headers);
    }

    private VisitorId Of(TestVisitor visitor)
    {
        Assert.True(Portal.Get<VisitorPasses>().TryRead(System.Text.Encoding.ASCII.GetBytes(visitor.Pass), _site.Company, Portal.Now, out var pass));
        return pass.Visitor;
    }

    private Task<VisitorCard?> CardAsync(VisitorId visitor) => Portal.Get<CardQueries>().OfVisitorAsync(_site.Company, visitor);

    // What is only noted stands in the queue before this.
    private Task<bool> SettledAsync() => Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((_, _) => Task.FromResult(true), CancellationToken.None);
}
