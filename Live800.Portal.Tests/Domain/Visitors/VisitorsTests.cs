using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Visitors;

/// <summary>Visitors, visits, queue and sources: S2.6, S2.10, S2.13, S4.16, rule 2.2.</summary>
public class VisitorsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "https://shop.example/")]
    [InlineData("not an address", "also not")]
    [InlineData("javascript:alert(1)", "https://shop.example/")]
    [InlineData("file:///etc/passwd", "https://shop.example/")]
    [InlineData("https://shop.example/a", "https://shop.example/b")]
    [InlineData("https://www.shop.example/a", "https://shop.example/b")]
    [InlineData("android-app://com.example", "https://shop.example/")]
    public void Without_another_site_it_is_direct(string? referrer, string? address) =>
        Assert.Equal(VisitSource.Direct, VisitSource.Classify(referrer, address));

    [Theory]
    [InlineData("https://www.baidu.com/link?url=abc", "百度", "")]
    [InlineData("https://m.baidu.com/s?word=%E6%B2%99%E5%8F%91", "百度", "沙发")]
    [InlineData("https://www.google.com/", "Google", "")]
    [InlineData("https://www.google.com.hk/search?q=sofa+bed", "Google", "sofa bed")]
    [InlineData("https://cn.bing.com/search?q=sofa", "Bing", "sofa")]
    [InlineData("https://www.sogou.com/web?query=x", "搜狗", "x")]
    [InlineData("https://search.yahoo.co.jp/search?p=y", "Yahoo", "y")]
    public void Search_engines_are_known_by_name(string referrer, string name, string keyword)
    {
        var source = VisitSource.Classify(referrer, "https://shop.example/");
        Assert.Equal((VisitSourceKind.Search, name, keyword), (source.Kind, source.Name, source.Keyword));
    }

    [Theory]
    [InlineData("https://notbaidu.com/", "notbaidu.com")]
    [InlineData("https://google.example.com/", "google.example.com")]
    [InlineData("https://baidu.com.evil.example/", "baidu.com.evil.example")]
    [InlineData("https://WWW.Blog.Example/post?id=1", "blog.example")]
    public void Any_other_site_is_a_link_with_its_host(string referrer, string host)
    {
        var source = VisitSource.Classify(referrer, "https://shop.example/");
        Assert.Equal((VisitSourceKind.Link, host), (source.Kind, source.Host));
    }

    [Fact]
    public void A_campaign_in_the_address_comes_first()
    {
        var source = VisitSource.Classify("https://www.baidu.com/", "https://shop.example/?utm_source=newsletter&utm_campaign=%E6%98%A5%E5%AD%A3&utm_term=sofa");
        Assert.Equal(new VisitSource(VisitSourceKind.Campaign, "newsletter", "baidu.com", "春季", "sofa"), source);
    }

    [Fact]
    public void What_a_page_reports_is_cut_and_cleaned()
    {
        var source = VisitSource.Classify(null, "https://shop.example/?utm_source=" + new string('x', 5000) + "&utm_campaign=%00%E2%80%AEabc");
        Assert.Equal((100, "abc"), (source.Name.Length, source.Campaign));
    }

    [Fact]
    public void Key_visitors_are_shown_whatever_is_filtered()
    {
        var nothing = new QueueFilter(Enum.GetValues<QueueStatus>().ToHashSet());
        Assert.Equal([QueueStatus.Waiting, QueueStatus.Talking, QueueStatus.Proactive, QueueStatus.Invited, QueueStatus.EndedUnread], Enum.GetValues<QueueStatus>().Where(nothing.Shows));
        Assert.False(QueueFilter.WithoutOffline.Shows(QueueStatus.Offline));
        Assert.True(QueueFilter.WithoutOffline.Shows(QueueStatus.Browsing));
        Assert.All(Enum.GetValues<QueueStatus>(), status => Assert.True(QueueFilter.All.Shows(status)));
    }

    [Fact]
    public void A_visit_ends_five_minutes_after_its_last_living_page()
    {
        var visit = Visit();
        visit.Live(Now.AddMinutes(1));
        visit.Live(Now);
        Assert.False(visit.IsOverAt(Now.AddMinutes(6).AddTicks(-1), Moments.Default));
        Assert.True(visit.IsOverAt(Now.AddMinutes(6), Moments.Default));
        visit.End(Now.AddMinutes(6));
        visit.End(Now.AddMinutes(9));
        Assert.Equal(Now.AddMinutes(6), visit.EndedAt);
        Assert.True(visit.IsOverAt(Now, Moments.Default));
    }

    [Fact]
    public void Each_page_is_a_step_of_the_trail()
    {
        var visit = Visit();
        Assert.Equal([1, 2], new[] { visit.See("https://shop.example/", "首页", Now), visit.See("https://shop.example/a", "沙发", Now) }.Select(s => s.Number));
        Assert.Equal(2, visit.Pages);
    }

    [Fact]
    public void A_visitor_has_five_digits_that_follow_from_his_id_and_differ_between_neighbours()
    {
        var numbers = Enumerable.Range(0, 1000).Select(i => Visitor.NumberOf(new VisitorId(245_000_000_000_000 + i))).ToList();
        Assert.All(numbers, n => Assert.Matches("^[0-9]{5}$", n));
        Assert.True(numbers.Distinct().Count() > 980);
        Assert.NotEqual(numbers[0][..3], numbers[1][..3]);
    }

    [Fact]
    public void A_given_name_is_kept_as_given_and_a_blank_one_changes_nothing()
    {
        var visitor = new Visitor(new(1), new(1), Now);
        visitor.Come();
        Assert.False(visitor.GiveName(" 王女士 ").IsRefused);
        Assert.False(visitor.GiveName("  ").IsRefused);
        Assert.Equal(Refusal.NameTooLong, visitor.GiveName(new string('x', 65)).Refusal);
        Assert.Equal(("王女士", 1), (visitor.GivenName, visitor.VisitCount));
    }

    private static Visit Visit() => new(new(1), new(1), new(1), VisitSource.Direct, "https://shop.example/", "首页", "", "", Now);
}
