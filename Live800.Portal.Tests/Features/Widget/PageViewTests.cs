using System.Net;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Visitors;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Widget;

public sealed class PageViewTests(SharedPortal shared) : SharedPortalTest(shared)
{
    [Fact]
    public async Task A_first_page_makes_visitor_visit_and_step_and_hands_out_a_pass()
    {
        var visitor = NewVisitor();
        var reply = await visitor.ViewAsync("https://shop.example/tables?size=2", "Tables", "https://www.baidu.com/s?wd=table");
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.NotEmpty(visitor.Pass);
        Assert.Equal("""[1,"在线客服"]""", reply.Of("icons").Single()["on"]!["1"]!.ToJsonString(Plain));
        Assert.Equal("none", (string?)reply.Of("conv").Single()["s"]);

        var id = PassOf(visitor).Visitor;
        using var context = Portal.ReadTrail();
        Assert.Equal(1, (await context.Visitors.SingleAsync(row => row.Id == id)).VisitCount);
        var visit = await context.Visits.SingleAsync(row => row.VisitorId == id);
        Assert.Equal((Site.Company, VisitSourceKind.Search, "百度", "https://shop.example/tables?size=2", 1), (visit.CompanyId, visit.Source.Kind, visit.Source.Name, visit.EntryAddress, visit.Pages));
        var step = await context.TrailSteps.SingleAsync(row => row.VisitId == visit.Id);
        Assert.Equal((1, "Tables", null), (step.Number, step.Title, step.LeftAt));
    }

    [Fact]
    public async Task A_pass_is_kept_until_it_is_a_day_old_and_then_renewed()
    {
        Assert.Null((await Visitor.ViewAsync())["p"]);
        var old = Portal.Get<VisitorPasses>().Issue(Site.Company, new VisitorId(777), Portal.Now - TimeSpan.FromHours(25));
        var visitor = NewVisitor();
        visitor.Pass = old;
        _ = await visitor.ViewAsync();
        Assert.NotEqual(old, visitor.Pass);
        Assert.Equal(new VisitorId(777), PassOf(visitor).Visitor);
    }

    [Fact]
    public async Task Twenty_first_pages_of_one_visitor_at_once_are_one_visit_and_one_row()
    {
        var pass = Portal.Get<VisitorPasses>().Issue(Site.Company, new VisitorId(IdSource.Next(Portal.Now)), Portal.Now);
        var tabs = Enumerable.Range(0, 20).Select(tab => NewVisitor($"tab{tab}")).ToList();
        tabs.ForEach(tab => tab.Pass = pass);
        var replies = await Task.WhenAll(tabs.Select((tab, number) => tab.ViewAsync($"https://shop.example/{number}")));
        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.Status));

        var id = PassOf(tabs[0]).Visitor;
        using var context = Portal.ReadTrail();
        var visit = await context.Visits.SingleAsync(row => row.VisitorId == id);
        Assert.Equal(20, visit.Pages);
        Assert.Equal(Enumerable.Range(1, 20), await context.TrailSteps.Where(step => step.VisitId == visit.Id).Select(step => step.Number).OrderBy(number => number).ToListAsync());
        Assert.Equal(1, (await context.Visitors.SingleAsync(row => row.Id == id)).VisitCount);
        Assert.Single(Rows(), row => row.Visitor == id);
    }

    [Fact]
    public async Task The_trail_knows_how_long_each_page_was_open()
    {
        var id = PassOf(Visitor).Visitor;
        _ = await Visitor.ViewAsync("https://shop.example/2", "Two");
        var second = new TestVisitor(Visitor.Http, Site.Code, "p2") { Pass = Visitor.Pass };
        _ = await second.ViewAsync("https://shop.example/3", "Three");
        _ = await second.LeaveAsync();

        var visit = Portal.Get<LiveVisits>().Find(Site.Company, id, Portal.Now)!;
        _ = await StoredAsync();
        var trail = await Portal.Get<VisitorQueries>().TrailAsync(Site.Company, visit.Id, Portal.Now);
        Assert.Equal(["Three", "Two", "Shop"], trail.Select(row => row.Title));
        Assert.Equal([false, true, false], trail.Select(row => row.IsOpen));
        Assert.Empty(await Portal.Get<VisitorQueries>().TrailAsync(Other.Company, visit.Id, Portal.Now));
        Assert.Null(await Portal.Get<VisitorQueries>().VisitorAsync(Other.Company, id));
        Assert.Empty(await Portal.Get<VisitorQueries>().VisitsAsync(Other.Company, id));
        Assert.Empty(await Portal.Get<VisitorQueries>().VisitorsAsync(Other.Company, [id]));
        Assert.Equal([id], (await Portal.Get<VisitorQueries>().VisitorsAsync(Site.Company, [id])).Keys);
    }

    [Fact]
    public async Task Long_addresses_and_titles_are_cut_and_controls_taken_out()
    {
        var visitor = NewVisitor();
        _ = await visitor.ViewAsync("https://shop.example/" + new string('a', 5000), "A\u0000\tB\u202E".Replace("\u0000", "", StringComparison.Ordinal) + new string('长', 500));
        var row = Rows().Single(row => row.Visitor == PassOf(visitor).Visitor);
        Assert.Equal((2048, 200), (row.Address.Length, row.Title.Length));
        Assert.StartsWith("A B长", row.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_of_address_changes_is_slowed_down_and_nobody_else_with_it()
    {
        var replies = new List<WireReply>();
        for (var i = 0; i < 40; i++)
            replies.Add(await Visitor.ViewAsync($"https://shop.example/#{i}"));
        Assert.Contains(replies, reply => reply.Status == HttpStatusCode.OK);
        var slowed = replies.First(reply => reply.Status == HttpStatusCode.TooManyRequests);
        Assert.True(slowed.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.NotEmpty(slowed.Sentence!);
        Assert.Equal(HttpStatusCode.OK, (await NewVisitor().ViewAsync()).Status);
    }

    [Fact]
    public async Task Another_companys_visitors_are_in_nobodys_queue_but_their_own()
    {
        Assert.Equal(["Shop"], Rows().Select(row => row.Title));
        Assert.Equal(["Other"], Rows(Other.Company).Select(row => row.Title));
        _ = await Visitor.RequestAsync();
        Assert.Equal(["Other"], Rows(Other.Company).Select(row => row.Title));
    }

    private static System.Text.Json.JsonSerializerOptions Plain { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private VisitorPass PassOf(TestVisitor visitor) =>
        Portal.Get<VisitorPasses>().TryRead(System.Text.Encoding.ASCII.GetBytes(visitor.Pass), Site.Company, Portal.Now, out var pass) ? pass : throw new InvalidDataException(visitor.Pass);

    private IReadOnlyList<QueueRow> Rows(CompanyId? company = null) =>
        Portal.Get<VisitorQueue>().Snapshot(company ?? Site.Company, QueueFilter.All, new QueueSort(QueueColumn.Status, false), Portal.Now).Rows;

    // The trail is written in order: when this view is stored, everything before it is.
    private Task<WireReply> StoredAsync() => NewVisitor("last").ViewAsync();
}
