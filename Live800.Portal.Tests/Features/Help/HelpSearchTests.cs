using System.Globalization;
using Live800.Portal.Features.Help;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Help;

[Collection(SharedPortalTests.Name)]
public sealed class HelpSearchTests(SharedPortal shared)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_question_is_found_by_its_own_words(string language)
    {
        foreach (var entry in Book(language).Entries)
            Assert.Contains(entry.Address, Find(language, entry.Title));
    }

    [Theory]
    [InlineData("zh-CN", "席位", "1.1")]
    [InlineData("zh-CN", "冻结", "4.14")]
    [InlineData("zh-CN", "名片 姓名", "2.14")]
    [InlineData("zh-CN", "ａｌｔ＋ｚ", "2.12")]
    [InlineData("zh-CN", "费用不足", "4.13")]
    [InlineData("zh-CN", "掉线", "2.8")]
    [InlineData("en", "SEATS", "4.5")]
    [InlineData("en", "hide offline", "2.10")]
    [InlineData("en", "alt+z", "2.12")]
    [InlineData("en", "used up", "4.13")]
    [InlineData("en", "</body>", "3.3")]
    public void Two_Chinese_signs_and_English_words_are_found_whatever_their_case_and_width(string language, string query, string key) =>
        Assert.Contains("/help#s" + key, Find(language, query));

    [Fact]
    public void All_words_must_be_there_and_a_question_that_has_them_comes_first()
    {
        var found = HelpSearch.Find(Book("zh-CN").Entries, "应答 用完");
        Assert.False(found.IsNear);
        Assert.Equal("4.13", found.Entries[0].Key);
        Assert.All(found.Entries, entry => Assert.True((entry.Text + entry.SearchWords).Contains("应答", StringComparison.Ordinal) && (entry.Text + entry.SearchWords).Contains("用完", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("zh-CN", "怎么推送网页给客户看", "2.1")]
    [InlineData("zh-CN", "登录不了说席位已满怎么办", "1.1")]
    [InlineData("en", "zebra invitation", "2.3")]
    public void Where_nothing_has_all_the_words_the_nearest_is_offered_as_such(string language, string query, string key)
    {
        var found = HelpSearch.Find(Book(language).Entries, query);
        Assert.True(found.IsNear);
        Assert.InRange(found.Entries.Count, 1, 5);
        Assert.Contains(key, found.Entries.Select(entry => entry.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   　 ")]
    [InlineData("？！，。")]
    [InlineData("zebra")]
    [InlineData("斑马")]
    [InlineData("\ud83d")]
    [InlineData("\u0000\u202e")]
    [InlineData("<script>alert(1)</script>")]
    public void Nonsense_finds_nothing_and_breaks_nothing(string query) => Assert.Empty(Find("zh-CN", query));

    [Fact]
    public void An_endless_query_is_cut() => Assert.NotEmpty(Find("zh-CN", "席位 " + new string('的', 1_000_000)));

    private IEnumerable<string> Find(string language, string query) => HelpSearch.Find(Book(language).Entries, query).Entries.Select(entry => entry.Address);

    private HelpBook Book(string language) => shared.Portal.Get<HelpShelf>().Answers(CultureInfo.GetCultureInfo(language));
}
