using Live800.Domain.Companies;
using Live800.Domain.Installation;
using Live800.Domain.Shared;

namespace Live800.Portal.Tests.Domain.Installation;

/// <summary>What is said of a page (S3.1 to S3.4, rule 5).</summary>
public sealed class InstallationCheckTests
{
    private static readonly CompanyId Company = new(1);
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    private readonly List<PageSighting> _pages = [];
    private readonly List<AllowedSite> _allowed = [];
    private readonly List<LeftOutPages> _leftOut = [];
    private readonly HashSet<PageAddress> _shared = [];

    [Fact]
    public void A_page_with_both_codes_has_nothing_to_say()
    {
        Code("/", both: true);
        Assert.Equal((PageState.Tracked, 0, false), (Look("/").State, Look("/").Findings.Count, Look("/").IsProblem));
    }

    [Fact]
    public void S3_2_An_icon_alone_is_not_tracked_and_nothing_wrong()
    {
        Icon("/about");
        Assert.Equal((PageState.IconOnly, false), (Look("/about").State, Look("/about").IsProblem));
        Assert.Equal([PageFinding.NotTracked], Look("/about").Findings);
    }

    [Fact]
    public void A_function_code_alone_shows_no_icon_and_nothing_is_wrong()
    {
        Code("/blog");
        Assert.Equal([PageFinding.NoIcon], Look("/blog").Findings);
        Assert.False(Look("/blog").IsProblem);
    }

    [Fact]
    public void Of_an_icon_whose_browser_named_the_site_alone_nothing_is_said_of_a_page()
    {
        Icon("");
        Assert.Equal([PageFinding.NotTracked], Look("").Findings);
        Code("/sofa", both: true);
        Assert.Equal([PageFinding.SiteOnly], Look("").Findings);
        // Of the home page browsers name no more: it was that.
        Code("/", both: true);
        Assert.Equal(2, new InstallationCheck(_pages, _allowed, _leftOut, _shared).Look(Now).Count);
    }

    [Fact]
    public void A_code_that_was_seen_often_is_gone_after_a_fortnight_and_not_an_instant_before()
    {
        Code("/", views: InstallationCheck.Many, at: Now - InstallationCheck.GoneAfter, both: true);
        Code("/rare", views: InstallationCheck.Many - 1, at: Now - InstallationCheck.GoneAfter, both: true);
        Code("/still", views: InstallationCheck.Many, at: Now - InstallationCheck.GoneAfter + TimeSpan.FromTicks(1), both: true);
        Assert.Equal([PageFinding.Gone], Look("/").Findings);
        Assert.Empty(Look("/rare").Findings);
        Assert.Empty(Look("/still").Findings);
    }

    [Fact]
    public void S3_4_What_the_second_script_found_is_said_the_worst_first()
    {
        Code("/", both: true).Probe(PageMarks.Doubled | PageMarks.Altered | PageMarks.Outdated | PageMarks.Other | PageMarks.CodeFirst, 1, 1, Now);
        Assert.Equal([PageFinding.OtherCompany, PageFinding.Altered, PageFinding.Doubled, PageFinding.OldForm, PageFinding.CodeFirst], Look("/").Findings);
        Assert.True(Look("/").IsProblem);
    }

    [Fact]
    public void Another_companys_code_and_a_page_in_the_clear_are_said()
    {
        Code("/", both: true);
        Code("/http", both: true, insecure: true);
        _ = _shared.Add(new PageAddress("shop.example", "/"));
        Assert.Equal([PageFinding.OtherCompany], Look("/").Findings);
        Assert.Equal([PageFinding.Insecure], Look("/http").Findings);
        Assert.False(Look("/http").IsProblem);
    }

    [Fact]
    public void A_site_is_foreign_when_it_is_not_allowed_or_has_next_to_no_views()
    {
        Code("/", views: 99, both: true);
        Code("/", both: true, host: "copy.example");
        Assert.Equal([PageFinding.Foreign], Look("/", "copy.example").Findings);
        Assert.Empty(Look("/").Findings);
        // A page being built stands on somebody's own machine.
        Code("/", both: true, host: "localhost:3000");
        Assert.Empty(Look("/", "localhost:3000").Findings);
        _allowed.Add(AllowedSite.Allow(Company, "copy.example", new AgentId(1), Now).Value);
        Assert.Empty(Look("/", "copy.example").Findings);
        Assert.Equal([PageFinding.Foreign], Look("/").Findings);
    }

    [Fact]
    public void With_few_views_no_site_is_foreign()
    {
        Code("/", views: InstallationCheck.Many - 2, both: true);
        Icon("/", host: "copy.example");
        Assert.Equal([PageFinding.NotTracked], Look("/", "copy.example").Findings);
    }

    [Fact]
    public void S3_2_What_is_left_out_is_never_missing_and_what_is_wrong_there_is_still_said()
    {
        Icon("/legal/terms");
        Code("/legal/old", views: 50, at: Now.AddDays(-99)).Probe(PageMarks.Doubled, 1, 1, Now.AddDays(-99));
        Code("/legalese");
        LeaveOut("https://shop.example/legal/*");
        Assert.Equal((PageState.LeftOut, 0), (Look("/legal/terms").State, Look("/legal/terms").Findings.Count));
        Assert.Equal([PageFinding.Doubled], Look("/legal/old").Findings);
        Assert.Equal(PageState.Tracked, Look("/legalese").State);
        LeaveOut("shop.example/legalese");
        Assert.Equal(PageState.LeftOut, Look("/legalese").State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("/legal/*")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://lin:secret@shop.example/")]
    [InlineData("shop.example/<b>")]
    [InlineData("shop example/")]
    public void What_is_no_page_is_not_left_out(string given) => Assert.Equal(Refusal.PageInvalid, LeftOutPages.Make(Company, given, new AgentId(1), Now).Refusal);

    [Theory]
    [InlineData("https://Shop.example/legal?x=1", "shop.example/legal")]
    [InlineData("shop.example/*", "shop.example/*")]
    [InlineData("shop.example/order/*", "shop.example/order/*")]
    [InlineData("shop.example/u/*/o", "shop.example/u/*/o")]
    public void What_is_left_out_is_kept_as_pages_are_named(string given, string pattern) => Assert.Equal(pattern, LeftOutPages.Make(Company, given, new AgentId(1), Now).Value.Pattern);

    private PageSighting Code(string path, int views = 1, DateTimeOffset? at = null, bool both = false, bool insecure = false, string host = "shop.example")
    {
        var page = new PageSighting(Company, new PageAddress(host, path));
        for (var i = 0; i < views; i++) page.SeeCode(at ?? Now, both, insecure);
        _pages.Add(page);
        return page;
    }

    private void Icon(string path, string host = "shop.example")
    {
        var page = new PageSighting(Company, new PageAddress(host, path));
        page.SeeIcon(Now);
        _pages.Add(page);
    }

    private void LeaveOut(string given) => _leftOut.Add(LeftOutPages.Make(Company, given, new AgentId(1), Now).Value);

    private PageCheck Look(string path, string host = "shop.example") =>
        new InstallationCheck(_pages, _allowed, _leftOut, _shared).Look(Now).Single(check => check.Sighting.Page == new PageAddress(host, path));
}
