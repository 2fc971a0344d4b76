using System.Net;
using Live800.Domain.Installation;
using Live800.Domain.Shared;
using Live800.Portal.Features.Installation;
using Live800.Portal.Features.Platform;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Installation;

/// <summary>The installation check over the real wire and files, with a second company (rule 5).</summary>
public sealed class SightingBoardTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;
    private TestSite _other = null!;

    private SightingBoard Board => Portal.Get<SightingBoard>();

    private InstallationDesk Desk => Portal.Get<InstallationDesk>();

    private CurrentAgent Administrator => new(_site.Company, _site.Agent, _site.Session, _site.Code, "lin", "Lin", true, false);

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        _other = await Portal.AddCompanyAsync("lantian");
    }

    [Fact]
    public async Task An_icon_asked_for_by_no_page_of_a_site_is_noted_nowhere()
    {
        foreach (var referrer in new[] { "javascript:alert(1)", "https://lin:secret@shop.example/", "data:text/html,<b>", "/w/qingfeng/frame", "http://localhost/chat/qingfeng", "" })
            Assert.Equal(HttpStatusCode.OK, await IconAsync(_site, referrer));
        Assert.Empty(await PagesAsync(_site));
    }

    [Fact]
    public async Task An_icon_is_noted_under_the_page_its_browser_names_cut_and_without_what_a_visitor_carries()
    {
        Assert.Equal(HttpStatusCode.OK, await IconAsync(_site, "https://shop.example/about?token=secret"));
        Assert.Equal(HttpStatusCode.OK, await IconAsync(_site, "https://shop.example/" + new string('a', 10_000)));
        Assert.Equal(HttpStatusCode.OK, await IconAsync(_site, "https://shop.example/"));
        // With a state the loader asks, which tells of its page itself.
        Assert.Equal(HttpStatusCode.OK, await IconAsync(_site, "https://shop.example/loaded", "?s=1"));
        var pages = await PagesAsync(_site);
        Assert.Equal(["", "/about"], pages.Select(page => page.Path).Where(path => path.Length < 50).Order(StringComparer.Ordinal));
        Assert.Equal((3, PageAddress.PathLimit), (pages.Count, pages.Max(page => page.Path.Length)));
        Assert.All(pages, page => Assert.Equal((1L, 0L, Portal.Now), (page.Icons, page.Views, page.LastAt)));
        Assert.Empty(await PagesAsync(_other));
    }

    [Fact]
    public async Task Which_icons_a_page_names_is_read_and_never_believed_further()
    {
        var given = new[] { "", ",", "undefined", "<b>one</b>", "%%%", "1", "1000000000", "1,1,2" };
        for (var i = 0; i < given.Length; i++) Assert.Equal(HttpStatusCode.OK, (await ViewAsync(_site, $"https://shop.example/{i}", given[i])).Status);
        var pages = (await PagesAsync(_site)).OrderBy(page => page.Path, StringComparer.Ordinal).ToList();
        Assert.Equal([false, false, false, false, false, true, true, true], pages.Select(page => page.BothAt is not null));
        Assert.All(pages, page => Assert.Equal((1L, 0L), (page.Views, page.Icons)));
    }

    [Fact]
    public async Task A_megabyte_of_icons_is_refused_and_notes_nothing()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ViewAsync(_site, "https://shop.example/", new string('1', 1_000_000))).Status);
        Assert.Empty(await PagesAsync(_site));
    }

    [Fact]
    public async Task A_page_tells_of_itself_only()
    {
        _ = await ViewAsync(_site, "https://shop.example/", origin: "https://thief.example");
        _ = await ViewAsync(_site, "https://shop.example/mine", origin: "https://shop.example");
        _ = await ViewAsync(_site, "http://localhost/chat/qingfeng");
        Assert.Equal("/mine", Assert.Single(await PagesAsync(_site)).Path);
    }

    [Fact]
    public async Task A_page_that_was_not_looked_over_at_its_first_view_names_its_icon_with_the_stream()
    {
        var visitor = Portal.Visitor(_site);
        var view = await visitor.PostAsync("view", ("k", "p1"), ("u", "https://shop.example/sofa"), ("t", "Sofa"), ("r", ""), ("i", ""));
        visitor.Pass = (string)view["p"]!;
        Assert.Null(Assert.Single(await PagesAsync(_site)).IconAt);
        _ = await visitor.PollAsync();
        Assert.Equal((1L, true), ((await PagesAsync(_site)).Single().Views, (await PagesAsync(_site)).Single().BothAt is not null));
    }

    [Fact]
    public async Task Five_thousand_addresses_in_a_loop_are_one_page_and_none_is_lost()
    {
        for (var i = 0; i < 5000; i++) Board.SeeCode(_site.Company, $"https://shop.example/loop/{i}?x={i}", true, null);
        var page = Assert.Single(await PagesAsync(_site));
        Assert.Equal(("/loop/*", 5000L), (page.Path, page.Views));
        for (var i = 0; i < 300; i++) Board.SeeCode(_site.Company, $"https://shop.example/loop/x{i}", true, null);
        Assert.Equal(5300L, Assert.Single(await PagesAsync(_site)).Views);
    }

    [Fact]
    public async Task Hosts_without_end_fill_no_more_than_is_kept()
    {
        for (var i = 0; i < 9000; i++) Board.SeeIcon(_site.Company, $"https://s{i}.example/x");
        Assert.InRange((await PagesAsync(_site)).Count, SightingBook.Most, SightingBook.Most);
        Assert.Empty(await PagesAsync(_other));
    }

    [Fact]
    public async Task What_was_seen_before_an_orderly_stop_is_there_afterwards()
    {
        for (var i = 0; i < 7; i++) _ = await ViewAsync(_site, "https://shop.example/sofa");
        await Portal.RestartAsync();
        _ = await ViewAsync(_site, "https://shop.example/sofa");
        Assert.Equal(8L, Assert.Single(await PagesAsync(_site)).Views);
    }

    [Fact]
    public async Task Sightings_told_while_others_are_written_are_all_counted()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(teller => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                Board.SeeCode(_site.Company, $"https://shop.example/{i % 7}", false, null);
                if (i % 50 == teller) await Board.FlushAsync();
            }
        })));
        Assert.Equal(4000L, (await PagesAsync(_site)).Sum(page => page.Views));
    }

    [Fact]
    public async Task Another_companys_code_on_a_page_is_told_to_whose_site_it_is_and_to_nobody_else()
    {
        for (var i = 0; i < 3; i++) _ = await ViewAsync(_site, "https://shop.example/");
        _ = await ViewAsync(_site, "https://shop.example/alone");
        _ = await ViewAsync(_other, "https://shop.example/");
        await Board.FlushAsync();
        Assert.Equal(["/"], Said(await Desk.ReadAsync(_site.Company)));
        Assert.Empty(Said(await Desk.ReadAsync(_other.Company)));
        Assert.Equal(["/"], (await Desk.ReadAsync(_other.Company)).Pages.Select(page => page.Path));

        IEnumerable<string> Said(InstallationCheck check) => check.Look(Portal.Now).Where(page => page.Findings.Contains(PageFinding.OtherCompany)).Select(page => page.Sighting.Path);
    }

    [Fact]
    public async Task Only_an_administrator_of_the_company_leaves_pages_out_and_each_change_stands_in_the_audit_log()
    {
        Assert.Equal(Refusal.PageInvalid, (await Desk.LeaveOutAsync(Administrator, "javascript:alert(1)")).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Desk.LeaveOutAsync(Administrator with { AgentId = _other.Agent }, "shop.example/*")).Refusal);
        for (var i = 0; i < 2; i++) Assert.False((await Desk.LeaveOutAsync(Administrator, "https://shop.example/legal/*")).IsRefused);
        Assert.Equal("shop.example/legal/*", Assert.Single((await Desk.ReadAsync(_site.Company)).LeftOut).Pattern);
        Assert.Empty((await Desk.ReadAsync(_other.Company)).LeftOut);
        for (var i = 0; i < 2; i++) Assert.False((await Desk.TakeBackAsync(Administrator, "shop.example/legal/*")).IsRefused);
        Assert.Empty((await Desk.ReadAsync(_site.Company)).LeftOut);
        for (var i = 0; i < LeftOutPages.Most; i++) _ = await Desk.LeaveOutAsync(Administrator, $"shop.example/{i}");
        Assert.Equal(Refusal.TooManyLeftOut, (await Desk.LeaveOutAsync(Administrator, "shop.example/more")).Refusal);
        using var context = Portal.Read();
        var acts = await context.Set<AuditEntry>().Where(entry => entry.Detail == "shop.example/legal/*").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync();
        Assert.Equal([AuditAction.PagesLeftOut, AuditAction.PagesTakenBack], acts);
    }

    private async Task<IReadOnlyCollection<PageSighting>> PagesAsync(TestSite site)
    {
        await Board.FlushAsync();
        return (await Desk.ReadAsync(site.Company)).Pages;
    }

    private Task<WireReply> ViewAsync(TestSite site, string address, string icons = "1", string? origin = null)
    {
        var visitor = Portal.Visitor(site);
        if (origin is not null) visitor.Http.DefaultRequestHeaders.Add("Origin", origin);
        return visitor.PostAsync("view", ("k", "p1"), ("u", address), ("t", "Shop"), ("r", ""), ("i", icons));
    }

    private async Task<HttpStatusCode> IconAsync(TestSite site, string referrer, string query = "")
    {
        using var client = Portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/w/{site.Code}/icon/1{query}");
        _ = request.Headers.TryAddWithoutValidation("Referer", referrer);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
