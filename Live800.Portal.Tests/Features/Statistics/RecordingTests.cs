using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Live800.Portal.Data;
using Live800.Portal.Data.Rollups;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>What visitors' pages tell, from the endpoint to the figures (6): whatever is sent, what is stored is clean, and what is counted is what is stored.</summary>
public sealed class RecordingTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;
    private int _guests;

    public override async Task InitializeAsync() => _site = await Portal.AddCompanyAsync("alpha");

    [Theory]
    [InlineData("https://user:geheim@blog.example/post?key=geheim", "blog.example")]
    [InlineData("data:text/html,<script>geheim</script>", "")]
    [InlineData("javascript:geheim()", "")]
    [InlineData("blob:https://blog.example/geheim", "")]
    [InlineData("about:blank#geheim", "")]
    [InlineData("file:///home/geheim/page.html", "")]
    [InlineData("https://", "")]
    [InlineData("//geheim", "")]
    [InlineData("geheim", "")]
    public async Task A_referrer_is_a_host_or_nothing(string referrer, string host)
    {
        Assert.Equal(HttpStatusCode.OK, (await Guest().ViewAsync(referrer: referrer)).Status);
        Assert.Equal(host.Length == 0 ? "0|" : $"{(int)Live800.Domain.Visitors.VisitSourceKind.Link}|{host}", Assert.Single(StoredFigures.Rows(Portal.Folder, "SELECT Source_Kind, Source_Host FROM Visits")));
        Assert.DoesNotContain("geheim", StoredFigures.Texts(Portal.Folder), StringComparison.Ordinal);
        Assert.Equal((1, 1), (await CountedAsync("Visits"), await CountedAsync("Views")));
        await IsAsRebuiltAsync();
    }

    [Fact]
    public async Task A_referrer_of_100_KB_is_refused_whole_and_one_that_fits_the_body_is_cut()
    {
        var (refused, taken) = (Guest(), Guest());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await refused.ViewAsync(referrer: "https://blog.example/" + new string('a', 100 * 1024))).Status);
        Assert.Equal(0, StoredFigures.Number(Portal.Folder, "SELECT count(*) FROM Visits"));
        Assert.Equal(0, await CountedAsync("Views"));
        Assert.Equal(HttpStatusCode.OK, (await taken.ViewAsync(referrer: "https://blog.example/" + new string('a', 40 * 1024))).Status);
        Assert.Equal("blog.example", Assert.Single(StoredFigures.Rows(Portal.Folder, "SELECT Source_Host FROM Visits")));
        Assert.True(StoredFigures.Texts(Portal.Folder).Length < 2000);
        await IsAsRebuiltAsync();
    }

    [Theory]
    [InlineData("https://shop.example/account?email=anna%40mail.example&tab=orders", "anna")]
    [InlineData("https://shop.example/account/anna@mail.example/orders", "anna")]
    [InlineData("https://shop.example/pay/4111111111111111/done", "41111111")]
    [InlineData("https://shop.example/pay?q=4111%201111%201111%201111", "1111")]
    [InlineData("https://shop.example/in?token=k3j4h5k3j4h5", "k3j4h5")]
    [InlineData("https://shop.example/in#access_token=k3j4h5k3j4h5&state=1", "k3j4h5")]
    [InlineData("https://shop.example/in/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.k3j4h5k3j4h5k3j4h5", "k3j4h5")]
    [InlineData("https://anna:k3j4h5@shop.example/", "k3j4h5")]
    public async Task What_is_personal_or_secret_in_an_address_is_stored_masked(string address, string secret)
    {
        var guest = Guest();
        Assert.Equal(HttpStatusCode.OK, (await guest.ViewAsync(address)).Status);
        Assert.Equal(HttpStatusCode.OK, (await guest.ViewAsync("https://shop.example/next", referrer: address)).Status);
        var stored = StoredFigures.Texts(Portal.Folder);
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.Contains(address.Contains('@', StringComparison.Ordinal) && address.Contains(':', StringComparison.Ordinal) && address.EndsWith("@shop.example/", StringComparison.Ordinal) ? "https://shop.example/" : "***", stored, StringComparison.Ordinal);
        Assert.Equal((1, 2), (await CountedAsync("Visits"), await CountedAsync("Views")));
        await IsAsRebuiltAsync();
    }

    [Fact]
    public async Task Of_5000_address_changes_in_a_second_those_beyond_the_limit_are_refused_and_those_stored_are_counted()
    {
        var guest = Guest();
        var taken = 0;
        for (var n = 0; n < 5000; n++)
        {
            var reply = await guest.ViewAsync($"https://shop.example/#/step/{n}");
            Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests);
            if (reply.Status == HttpStatusCode.OK) taken++;
        }

        Assert.InRange(taken, 10, 100);
        Assert.Equal(taken, StoredFigures.Number(Portal.Folder, "SELECT count(*) FROM TrailSteps"));
        Assert.Equal(taken, StoredFigures.Number(Portal.Folder, "SELECT Pages FROM Visits"));
        Assert.Equal((1, taken, 0), (await CountedAsync("Visits"), await CountedAsync("Views"), await CountedAsync("Bounces")));
        Assert.Equal(taken, StoredFigures.Number(Portal.Folder, "SELECT sum(Views) FROM PageRollups WHERE Span = 0"));
        await IsAsRebuiltAsync();

        // A second later he is heard again.
        Portal.Machine!.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await guest.ViewAsync("https://shop.example/#/later")).Status);
        Assert.Equal(taken + 1, await CountedAsync("Views"));
    }

    [Fact]
    public async Task With_a_clock_set_back_an_hour_views_land_in_hours_that_are_and_the_totals_are_a_plain_count()
    {
        var (first, second) = (Guest(), Guest());
        for (var n = 0; n < 24; n++)
        {
            _ = await (n % 2 == 0 ? first : second).ViewAsync($"https://shop.example/{n}");
            if (n % 5 == 0) _ = await Guest().ViewAsync();
            if (n is 8 or 16) Portal.Machine!.AdjustTime(Portal.Machine.GetUtcNow().AddHours(-1));
            else Portal.Machine!.Advance(TimeSpan.FromMinutes(11));
        }

        var zones = ZoneHistory.Of(Company.DefaultZone);
        var hours = zones.HoursOf(StatisticsPeriod.Parse("2026-03-02", "2026-03-03")!.Value).Select(hour => $"{hour.Start.UtcTicks}|{hour.Day.DayNumber}").ToHashSet();
        Assert.All(StoredFigures.Rows(Portal.Folder, "SELECT Hour, Day FROM HourRollups"), hour => Assert.Contains(hour, hours));
        Assert.All(StoredFigures.Rows(Portal.Folder, "SELECT At FROM TrailSteps ORDER BY VisitId, Number"), at => Assert.True(long.Parse(at, System.Globalization.CultureInfo.InvariantCulture) >= DataRoom.Noon.UtcTicks));
        // In no trail a later step is earlier.
        Assert.Equal(0, StoredFigures.Number(Portal.Folder, "SELECT count(*) FROM TrailSteps AS a JOIN TrailSteps AS b ON b.VisitId = a.VisitId AND b.Number > a.Number AND b.At < a.At"));
        Assert.Equal(29, StoredFigures.Number(Portal.Folder, "SELECT count(*) FROM TrailSteps"));
        Assert.Equal(29, await CountedAsync("Views"));
        Assert.Equal(StoredFigures.Number(Portal.Folder, "SELECT count(*) FROM Visits"), await CountedAsync("Visits"));
        Assert.Equal(7, (await TrafficAsync()).Whole.Visitors);
        await IsAsRebuiltAsync();
    }

    [Fact]
    public async Task A_robot_is_in_no_figure_but_that_of_robots()
    {
        var robot = Guest();
        robot.Http.DefaultRequestHeaders.UserAgent.ParseAdd(TrailFiller.Robot);
        for (var n = 0; n < 3; n++) Assert.Equal(HttpStatusCode.OK, (await robot.ViewAsync($"https://shop.example/{n}", referrer: "https://www.baidu.com/s?wd=tisch")).Status);
        _ = await robot.LeaveAsync();
        Portal.Machine!.Advance(TimeSpan.FromHours(2));
        await Portal.SweepAsync();
        Assert.Equal(3, StoredFigures.Number(Portal.Folder, "SELECT count(*) FROM TrailSteps"));
        var whole = (await TrafficAsync()).Whole;
        Assert.Equal(new TrafficSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 1), whole);
        Assert.DoesNotContain(StoredFigures.Tables, table => table is not "HourRollups" && StoredFigures.Rows(Portal.Folder, "SELECT * FROM " + table).Count > 0);
        await IsAsRebuiltAsync();
    }

    [Fact]
    public async Task After_a_stop_between_two_pages_it_goes_on_and_the_figures_are_those_of_a_rebuild()
    {
        var guests = Enumerable.Range(0, 4).Select(_ => Guest()).ToList();
        for (var round = 0; round < 4; round++)
        {
            foreach (var (guest, n) in guests.Select((guest, n) => (guest, n)))
            {
                if (n > round) continue;
                Assert.Equal(HttpStatusCode.OK, (await guest.ViewAsync($"https://shop.example/{round % 2}/{n}")).Status);
                if (n == 1) _ = await guest.LeaveAsync();
            }

            await IsAsRebuiltAsync();
            await Portal.RestartAsync(TimeSpan.FromSeconds(20));
            // The clients of before spoke to the portal of before.
            guests = [.. guests.Select((guest, n) => new TestVisitor(Portal.Client($"203.0.113.{n + 1}"), guest.Code, guest.Page) { Pass = guest.Pass })];
        }

        Portal.Machine!.Advance(TimeSpan.FromHours(2));
        await Portal.SweepAsync();
        Assert.Equal(10, await CountedAsync("Views"));
        Assert.Equal((4, 4), ((int)(await TrafficAsync()).Whole.Visits, (int)(await TrafficAsync()).Whole.Ended));
        await IsAsRebuiltAsync();
    }

    // Everybody comes from an address of his own.
    private TestVisitor Guest() => Portal.Visitor(_site, $"203.0.113.{++_guests}", $"p{_guests}");

    private async Task<Traffic> TrafficAsync()
    {
        await IsWrittenAsync();
        return await Portal.Get<RollupReader>().TrafficAsync(_site.Company, StatisticsPeriod.Parse("2026-03-01", "2026-03-04")!.Value, StatisticsUnit.Day, Portal.Get<CompanyCalendars>().Of(_site.Company));
    }

    // A leave and an end are acknowledged before they are written; what comes behind them is not.
    private Task IsWrittenAsync() => Portal.Get<TrailWriter>().StoreAsync(new TrailAlive(new VisitId(0), Portal.Now));

    private async Task<int> CountedAsync(string figure) => (int)((await TrafficAsync()).Whole is var whole && figure == "Visits" ? whole.Visits : figure == "Views" ? whole.Views : whole.Bounces);

    private async Task IsAsRebuiltAsync()
    {
        await IsWrittenAsync();
        var live = StoredFigures.All(Portal.Folder);
        await Portal.Get<RollupRebuild>().RunAsync();
        Assert.Equal(live, StoredFigures.All(Portal.Folder));
    }
}
