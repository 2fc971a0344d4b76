using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Platform;
using Live800.Portal.Features.Sites;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Browser.Support;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Sites;

/// <summary>Allowed sites at the whole portal, with the real wire and a second company (rule 5).</summary>
public sealed class SiteDeskTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;
    private TestSite _other = null!;

    private SiteDesk Desk => Portal.Get<SiteDesk>();

    private CurrentAgent Administrator => new(_site.Company, _site.Agent, _site.Session, _site.Code, "lin", "Lin", true, false);

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        _other = await Portal.AddCompanyAsync("lantian");
        await Portal.SeatAsync(_site);
    }

    [Fact]
    public async Task What_cannot_be_allowed_is_refused_and_the_list_stays()
    {
        Assert.Equal(Refusal.SiteInvalid, (await Desk.AllowAsync(Administrator, "javascript:alert(1)")).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.AllowAsync(Administrator with { AgentId = _other.Agent }, "shop.example")).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.WithdrawAsync(Administrator with { AgentId = new AgentId(1) }, "shop.example")).Refusal);
        for (var i = 0; i < AllowedSite.Most; i++) Assert.False((await Desk.AllowAsync(Administrator, $"shop{i}.example")).IsRefused);
        Assert.Equal(Refusal.TooManySites, (await Desk.AllowAsync(Administrator, "one-more.example")).Refusal);
        Assert.False((await Desk.AllowAsync(Administrator, "https://www.shop3.example/")).IsRefused);
        Assert.Equal(AllowedSite.Most, (await Desk.AllowedAsync(_site.Company)).Count);
        Assert.Empty(await Desk.AllowedAsync(_other.Company));
    }

    [Fact]
    public async Task A_site_that_is_not_on_the_list_gets_nothing_and_its_page_hears_no_error()
    {
        var before = From("https://thief.example");
        Assert.NotNull((await before.ViewAsync("https://thief.example/"))["p"]);
        _ = await Desk.AllowAsync(Administrator, "shop.example");

        var after = From("https://thief.example");
        var view = await after.ViewAsync("https://thief.example/");
        Assert.Equal((HttpStatusCode.OK, """{"e":[]}"""), (view.Status, view.Json.ToJsonString()));
        // Who had a pass from before loses it, and says nothing any more.
        Assert.Equal((HttpStatusCode.Unauthorized, "SiteNotAllowed"), ((await before.PollAsync()).Status, (await before.PollAsync()).Refusal));
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.SayAsync("在吗")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.RequestAsync()).Status);
        using var context = Portal.Read();
        Assert.False(await context.Conversations.AnyAsync(row => row.CompanyId == _site.Company));
    }

    [Fact]
    public async Task The_list_is_one_companys_and_what_is_on_it_or_ours_goes_on()
    {
        _ = await Desk.AllowAsync(Administrator, "shop.example");
        var theirs = new TestVisitor(Portal.Client(), _other.Code, "p1");
        theirs.Http.DefaultRequestHeaders.Add("Origin", "https://thief.example");
        Assert.NotNull((await theirs.ViewAsync())["p"]);

        foreach (var origin in new[] { "https://www.shop.example", "http://shop.example", "http://localhost" })
        {
            var visitor = From(origin);
            Assert.NotNull((await visitor.ViewAsync())["p"]);
            Assert.Equal(HttpStatusCode.OK, (await visitor.SayAsync("在吗")).Status);
        }
    }

    [Fact]
    public async Task The_frame_may_be_embedded_by_the_list_alone_and_by_everybody_without_one()
    {
        Assert.DoesNotContain("frame-ancestors", await PolicyAsync(), StringComparison.Ordinal);
        _ = await Desk.AllowAsync(Administrator, "*.shop.example");
        Assert.EndsWith("; frame-ancestors 'self' http://shop.example https://shop.example http://*.shop.example https://*.shop.example", await PolicyAsync(), StringComparison.Ordinal);
        _ = await Desk.WithdrawAsync(Administrator, "*.shop.example");
        Assert.DoesNotContain("frame-ancestors", await PolicyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_administrator_reads_who_was_refused_once_a_site_and_no_more_than_are_kept()
    {
        _ = await Desk.AllowAsync(Administrator, "shop.example");
        for (var i = 0; i < 3; i++) _ = await From("https://thief.example").ViewAsync();
        _ = await From("null").ViewAsync();
        await RefusedAsync(2);
        Assert.Equal(["https://thief.example", "null"], (await Desk.RefusedAsync(_site.Company)).Select(site => site.Origin).Order(StringComparer.Ordinal));
        Assert.Empty(await Desk.RefusedAsync(_other.Company));

        // Allowed since: no longer named.
        _ = await Desk.AllowAsync(Administrator, "thief.example");
        Assert.Equal(["null"], (await Desk.RefusedAsync(_site.Company)).Select(site => site.Origin));

        for (var i = 0; i < RefusedSite.Most + 5; i++) _ = await From($"https://s{i}.example").ViewAsync();
        await RefusedAsync(RefusedSite.Most - 1);
        using var context = Portal.Read();
        Assert.Equal(RefusedSite.Most, await context.RefusedSites.CountAsync());
    }

    [Fact]
    public async Task Every_change_stands_in_the_audit_log()
    {
        _ = await Desk.AllowAsync(Administrator, "shop.example");
        _ = await Desk.AllowAsync(Administrator, "shop.example");
        _ = await Desk.WithdrawAsync(Administrator, "shop.example");
        _ = await Desk.WithdrawAsync(Administrator, "shop.example");
        using var context = Portal.Read();
        var acts = await context.Set<AuditEntry>().OrderBy(entry => entry.Id).Select(entry => new { entry.Action, entry.Detail }).ToListAsync();
        Assert.Equal([(AuditAction.SiteAllowed, "shop.example"), (AuditAction.SiteWithdrawn, "shop.example")], acts.Where(act => act.Detail == "shop.example").Select(act => (act.Action, act.Detail)));
    }

    private TestVisitor From(string origin)
    {
        var visitor = Portal.Visitor(_site);
        visitor.Http.DefaultRequestHeaders.Add("Origin", origin);
        return visitor;
    }

    private async Task<string> PolicyAsync()
    {
        using var client = Portal.Client();
        using var answer = await client.GetAsync(new Uri($"/w/{_site.Code}/frame", UriKind.Relative));
        return answer.Headers.GetValues("Content-Security-Policy").Single();
    }

    private Task RefusedAsync(int count) => Eventually.EqualAsync(count, async () => (await Desk.RefusedAsync(_site.Company)).Count);
}
