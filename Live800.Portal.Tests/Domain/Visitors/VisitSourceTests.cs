using CsCheck;
using Live800.Domain.Visitors;

namespace Live800.Portal.Tests.Domain.Visitors;

/// <summary>Where a visit came from: rule 6.</summary>
public class VisitSourceTests
{
    private const string Shop = "https://shop.example/";

    public static TheoryData<string?> NotAddresses =>
    [
        "data:text/html,<script>alert(1)</script>", "javascript:alert(1)", "android-app://com.google.android.gm/", "about:blank", "https://", "https:///a", "http://[::1", "//baidu.com/", "baidu.com",
        "ftp://baidu.com/", "https://a..b/", "https://%00/", "\0https://baidu.com/", "https://ba\ud800idu.com/", "   ", new string('x', 100_000), "https://" + new string('a', 100_000) + ".com/",
    ];

    [Theory]
    [MemberData(nameof(NotAddresses))]
    public void What_is_no_address_of_a_site_is_nothing(string? referrer)
    {
        Assert.Equal(VisitSource.Direct, VisitSource.Classify(referrer, Shop));
        Assert.Equal(VisitSource.Direct, VisitSource.Classify(null, referrer));
    }

    [Fact]
    public void Whatever_a_page_reports_is_taken() =>
        Gen.Select(Gen.String[Gen.Char["htps:/?#[]@%&=.+-:abcgoleiudyxn \0\ud800üß中"], 0, 60], Gen.String[Gen.Char["htps:/?#%&=utm_sourcegclid"], 0, 60]).Sample((one, other) =>
        {
            _ = VisitSource.Classify("https://" + one, "https://shop.example/?" + other);
            _ = VisitSource.Classify(one, other);
        });

    [Fact]
    public void A_referrer_of_a_hundred_kilobytes_is_read_at_its_beginning_only()
    {
        Assert.Equal(("Search", "百度", "baidu.com", ""), Short(VisitSource.Classify("https://www.baidu.com/s?x=" + new string('y', 100_000) + "&wd=sofa", Shop)));
        Assert.Equal(("Link", "", "blog.example", ""), Short(VisitSource.Classify("https://blog.example/" + new string('y', 100_000) + "?q=1", Shop)));
    }

    [Fact]
    public void Ten_thousand_parameters_are_not_read_to_the_end()
    {
        var many = string.Join('&', Enumerable.Range(0, 10_000).Select(i => $"a{i}=b"));
        Assert.Equal(VisitSource.Direct, VisitSource.Classify(null, Shop + "?" + many + "&utm_source=x"));
        Assert.Equal(VisitSourceKind.Campaign, VisitSource.Classify(null, Shop + "?utm_source=x&" + many).Kind);
    }

    [Theory]
    [InlineData("https://user:secret@blog.example/", "Link", "blog.example")]
    [InlineData("https://secret@www.baidu.com/s?wd=a", "Search", "baidu.com")]
    [InlineData("https://baidu.com:secret@blog.example/", "Link", "blog.example")]
    public void Credentials_in_a_referrer_appear_nowhere(string referrer, string kind, string host)
    {
        var source = VisitSource.Classify(referrer, Shop);
        Assert.Equal((kind, host), (source.Kind.ToString(), source.Host));
        Assert.DoesNotContain("secret", source.ToString(), StringComparison.Ordinal);
        Assert.Equal(VisitSource.Direct, VisitSource.Classify(referrer.Replace("blog.example", "shop.example", StringComparison.Ordinal).Replace("www.baidu.com", "shop.example", StringComparison.Ordinal), Shop));
    }

    [Theory]
    [InlineData("https://www.baidu.com./s?wd=a", "Search", "百度", "baidu.com", "a")]
    [InlineData("HTTPS://WWW.BAIDU.COM:443/s?WD=a", "Search", "百度", "baidu.com", "a")]
    [InlineData("https://google.example.com/", "Link", "", "google.example.com", "")]
    [InlineData("https://notgoogle.com/", "Link", "", "notgoogle.com", "")]
    [InlineData("https://t.co.example/", "Link", "", "t.co.example", "")]
    [InlineData("https://例子.测试/", "Link", "", "xn--fsqu00a.xn--0zwm56d", "")]
    [InlineData("https://192.0.2.7:8080/", "Link", "", "192.0.2.7", "")]
    [InlineData("https://shop.example./", "Direct", "", "", "")]
    public void A_host_is_read_as_everybody_writes_it(string referrer, string kind, string name, string host, string keyword) =>
        Assert.Equal((kind, name, host, keyword), Short(VisitSource.Classify(referrer, Shop)));

    [Theory]
    [InlineData("https://mp.weixin.qq.com/s/abc", "Social", "微信")]
    [InlineData("https://mail.qq.com/cgi-bin/readmail", "Mail", "QQ邮箱")]
    [InlineData("https://news.qq.com/a", "Link", "")]
    [InlineData("https://user.qzone.qq.com/1", "Social", "QQ空间")]
    [InlineData("https://tieba.baidu.com/p/1", "Social", "百度贴吧")]
    [InlineData("https://yiyan.baidu.com/", "Assistant", "文心一言")]
    [InlineData("https://baike.baidu.com/item/1", "Link", "")]
    [InlineData("https://docs.google.com/document/1", "Link", "")]
    [InlineData("https://gemini.google.com/", "Assistant", "Gemini")]
    [InlineData("https://mail.google.com/", "Mail", "Gmail")]
    [InlineData("https://mail.yahoo.co.jp/", "Mail", "Yahoo Mail")]
    [InlineData("https://www.doubao.com/chat/1", "Assistant", "豆包")]
    [InlineData("https://chat.deepseek.com/", "Assistant", "DeepSeek")]
    [InlineData("https://yuanbao.tencent.com/", "Assistant", "元宝")]
    [InlineData("https://chatgpt.com/", "Assistant", "ChatGPT")]
    [InlineData("https://t.co/abc", "Social", "X")]
    [InlineData("https://www.xiaohongshu.com/explore/1", "Social", "小红书")]
    [InlineData("https://www.zhihu.com/question/1", "Social", "知乎")]
    [InlineData("https://www.pinterest.co.uk/", "Social", "Pinterest")]
    [InlineData("https://quark.sm.cn/s?q=a", "Search", "夸克")]
    public void The_longest_known_host_decides(string referrer, string kind, string name)
    {
        var source = VisitSource.Classify(referrer, Shop);
        Assert.Equal((kind, name), (source.Kind.ToString(), source.Name));
    }

    [Theory]
    [InlineData("?bd_vid=1&hmpl=%E6%98%A5%E5%AD%A3&hmkw=%E6%B2%99%E5%8F%91", "百度推广", "春季", "沙发")]
    [InlineData("?bd_vid=1&hmcu=unit", "百度推广", "unit", "")]
    [InlineData("?hmsr=weibo&hmpl=a", "微博", "a", "")]
    [InlineData("?hmsr=Blog&hmkw=a", "Blog", "", "a")]
    [InlineData("?qhclickid=1", "360 推广", "", "")]
    [InlineData("?sg_vid=1", "搜狗推广", "", "")]
    [InlineData("?GCLID=1&utm_term=sofa", "Google Ads", "", "sofa")]
    [InlineData("?msclkid=1", "Microsoft Ads", "", "")]
    [InlineData("?gdt_vid=1", "腾讯广告", "", "")]
    public void A_paid_click_is_known_by_what_its_advertiser_left_in_the_address(string query, string name, string campaign, string keyword) =>
        Assert.Equal(new VisitSource(VisitSourceKind.Advert, name, "", campaign, keyword), VisitSource.Classify(null, Shop + query));

    [Fact]
    public void Without_a_keyword_of_its_own_a_paid_click_has_the_words_the_engine_tells() =>
        Assert.Equal(new VisitSource(VisitSourceKind.Advert, "百度推广", "baidu.com", "", "沙发"), VisitSource.Classify("https://www.baidu.com/s?wd=%E6%B2%99%E5%8F%91", Shop + "?bd_vid=1"));

    [Theory]
    [InlineData("?gclid=&x=1")]
    [InlineData("?notgclid=1")]
    [InlineData("#gclid=1")]
    [InlineData("?a=b#?utm_source=x")]
    [InlineData("?=utm_source&utm_source")]
    public void What_only_looks_like_a_mark_is_none(string query) => Assert.Equal(VisitSource.Direct, VisitSource.Classify(null, Shop + query));

    [Theory]
    [InlineData("?utm_source=baidu&utm_medium=cpc&gclid=1", "Campaign", "百度")]
    [InlineData("?utm_source=Weibo.com&utm_medium=a", "Campaign", "微博")]
    [InlineData("?utm_source=newsletter", "Campaign", "newsletter")]
    [InlineData("?utm_medium=print", "Campaign", "")]
    [InlineData("?utm_source=chatgpt.com", "Assistant", "ChatGPT")]
    [InlineData("?utm_source=chatgpt.com&utm_campaign=a", "Campaign", "ChatGPT")]
    [InlineData("?utm%5Fsource=a%2Bb", "Campaign", "a+b")]
    public void A_campaign_is_shown_by_the_known_name_of_its_source(string query, string kind, string name)
    {
        var source = VisitSource.Classify("https://www.google.com/", Shop + query);
        Assert.Equal((kind, name, "google.com"), (source.Kind.ToString(), source.Name, source.Host));
    }

    [Fact]
    public void A_search_word_that_is_personal_is_masked() => Assert.Equal("*** 沙发", VisitSource.Classify("https://www.baidu.com/s?wd=13800138000+%E6%B2%99%E5%8F%91", Shop).Keyword);

    [Fact]
    public void Kinds_are_stored_by_number() =>
        Assert.Equal("Direct0 Search1 Link2 Campaign3 Social4 Mail5 Assistant6 Advert7", string.Join(' ', Enum.GetValues<VisitSourceKind>().Select(kind => $"{kind}{(int)kind}")));

    [Fact]
    public void The_list_is_dated_complete_and_says_nothing_twice()
    {
        Assert.Matches("^own list, 20[0-9]{2}-[0-9]{2}$", KnownSources.Dated);
        Assert.All(KnownSources.Sources, source =>
        {
            Assert.Contains(source.Kind, new[] { VisitSourceKind.Search, VisitSourceKind.Social, VisitSourceKind.Mail, VisitSourceKind.Assistant });
            Assert.Matches(@"^\S(.{0,28}\S)?$", source.Name);
            Assert.NotEmpty(source.Hosts);
            Assert.Equal(source.Kind == VisitSourceKind.Search, source.Words?.Count > 0);
        });
        Assert.All(KnownSources.Sources.SelectMany(source => source.Hosts).Concat(KnownSources.Plain), host => Assert.Matches(@"^([a-z0-9-]+\.)+([a-z]{2,9})?$", host));
        Assert.All(KnownSources.Adverts.SelectMany(advert => advert.Marks.Concat(advert.Campaign ?? []).Concat(advert.Words ?? [])), mark => Assert.Matches("^[a-z0-9_]+$", mark));
        Assert.All(KnownSources.Adverts, advert => Assert.NotEmpty(advert.Marks));
        Unique(KnownSources.Sources.Select(source => source.Name));
        Unique(KnownSources.Sources.SelectMany(source => source.Hosts).Concat(KnownSources.Plain));
        Unique(KnownSources.Sources.SelectMany(source => source.Called ?? []));
        Unique(KnownSources.Adverts.SelectMany(advert => advert.Marks));
        Assert.All(KnownSources.Sources, source => Assert.All(source.Hosts, host => Assert.Same(source, KnownSources.OfHost("a." + (host.EndsWith('.') ? host + "com.hk" : host)))));
        Assert.All(KnownSources.Plain, host => Assert.Null(KnownSources.OfHost(host.EndsWith('.') ? host + "com" : host)));
    }

    [Fact]
    public void Where_nothing_is_looked_for_nothing_of_the_query_is_made()
    {
        var address = "https://shop.example/?" + string.Join('&', Enumerable.Range(0, 200).Select(i => $"a{i}=b"));
        _ = VisitSource.Classify(null, address);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = VisitSource.Classify(null, address);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    private static (string Kind, string Name, string Host, string Keyword) Short(VisitSource source) => (source.Kind.ToString(), source.Name, source.Host, source.Keyword);

    private static void Unique(IEnumerable<string> words) => Assert.Empty(words.GroupBy(word => word, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));
}
