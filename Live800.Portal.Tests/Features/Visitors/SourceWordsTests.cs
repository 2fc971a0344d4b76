using System.Globalization;
using Live800.Domain.Visitors;
using Live800.Portal.Features.Visitors;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Tests.Features.Visitors;

/// <summary>Sources and devices in words, in both languages (rule 6).</summary>
public class SourceWordsTests
{
    private static readonly IStringLocalizer<Texts> Words = new StringLocalizer<Texts>(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    [Theory]
    [InlineData("zh-CN", "必应 · sofa", "小红书", "QQ 邮箱", "豆包", "百度推广 · 春季", "链接 · blog.example", "直接访问")]
    [InlineData("en", "Bing · sofa", "Xiaohongshu", "QQ Mail", "Doubao", "Baidu Ads · 春季", "Link · blog.example", "Direct")]
    public void A_source_has_a_few_words(string language, params string[] words)
    {
        var sources = new VisitSource[]
        {
            new(VisitSourceKind.Search, "Bing", "cn.bing.com", "", "sofa"), new(VisitSourceKind.Social, "小红书", "xiaohongshu.com", "", ""), new(VisitSourceKind.Mail, "QQ邮箱", "mail.qq.com", "", ""),
            new(VisitSourceKind.Assistant, "豆包", "doubao.com", "", ""), new(VisitSourceKind.Advert, "百度推广", "", "春季", ""), new(VisitSourceKind.Link, "", "blog.example", "", ""), VisitSource.Direct,
        };
        Assert.Equal(words, In(language, () => sources.Select(source => SourceWords.Of(source, Words)).ToArray()));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_kind_has_a_word(string language) => In(language, () =>
    {
        Assert.All(Enum.GetValues<VisitSourceKind>(), kind => Assert.DoesNotContain("Source", SourceWords.Of(kind, Words), StringComparison.Ordinal));
        return true;
    });

    [Fact]
    public void Every_known_name_with_Chinese_signs_has_an_English_one() => In("en", () =>
    {
        Assert.All(KnownSources.Sources.Select(source => source.Name).Concat(KnownSources.Adverts.Select(advert => advert.Name)), name => Assert.All(SourceWords.Name(name, Words), sign => Assert.True(sign < 128, name)));
        return true;
    });

    [Theory]
    [InlineData("zh-CN", "手机", "微信", "Chrome", "")]
    [InlineData("en", "Phone", "WeChat", "Chrome", "")]
    public void A_device_has_words_too(string language, params string[] words) =>
        Assert.Equal(words, In(language, () => new[] { DeviceWords.Of(DeviceForm.Phone, Words), DeviceWords.Browser("微信", Words), DeviceWords.Browser("Chrome", Words), DeviceWords.Browser("", Words) }));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0.0.0 Safari/537.36", "Chrome 142 · Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) Version/4.0", "Linux")]
    [InlineData("Firefox/128.0", "Firefox 128")]
    [InlineData("curl/8.5.0", null)]
    public void Browser_and_system_are_one_line(string userAgent, string? line) => Assert.Equal(line, DeviceWords.Of(userAgent));

    private static T In<T>(string language, Func<T> read)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
