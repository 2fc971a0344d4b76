using Bunit;
using Live800.Portal.Data;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Status;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Status;

/// <summary>/platform/status over the real services and files.</summary>
public sealed class StatusPageTests : AdministratorPageTest<StatusPage>
{
    protected override void ShareMore()
    {
        Share<StatusBoard>();
        Share<StatusHistory>();
        Share<StatusLimits>();
        Share<PortalFiles>();
    }

    [Theory]
    [InlineData("zh-CN", "一切正常。", "运行满两分钟后")]
    [InlineData("en", "All is well.", "After two minutes")]
    public void A_box_that_is_well_says_so_in_one_sentence_with_figures_files_and_jobs(string language, string well, string none)
    {
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(language);
        var page = Open();
        page.WaitForAssertion(() => Assert.Equal(well, page.Find(".well").TextContent.Trim()));
        Assert.Contains(none, page.Markup, StringComparison.Ordinal);
        Assert.Equal("0", page.Find("[data-figure=Visitors]").TextContent);
        Assert.Equal("—", page.Find("[data-figure=P99]").TextContent);
        Assert.Contains("portal.db", page.Find(".data").TextContent, StringComparison.Ordinal);
        Assert.Contains("uploads/", page.Find(".data").TextContent, StringComparison.Ordinal);
        // Every job has a name in words.
        Assert.True(page.FindAll(".jobs tbody tr").Count >= 9);
        Assert.All(page.FindAll(".jobs tbody tr td:first-child"), cell => Assert.False(cell.TextContent.Trim().EndsWith("Job", StringComparison.Ordinal), cell.TextContent));
        if (language == "en") Assert.DoesNotContain(page.Find("div.page").TextContent, sign => sign is >= '一' and <= '龥');
    }

    [Fact]
    public async Task What_is_wrong_stands_above_with_what_to_do()
    {
        await File.WriteAllBytesAsync(Path.Combine(Box.Portal.Folder, "keys", "visitor-pass.key"), new byte[3]);
        var page = Open();
        page.WaitForAssertion(() => Assert.Contains("有 1 处不对", page.Find(".well").TextContent, StringComparison.Ordinal));
        var fault = page.Find(".well li.err").TextContent;
        Assert.Contains("密钥文件 visitor-pass.key 读不出来", fault, StringComparison.Ordinal);
        Assert.Contains("不要重启", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_check_there_is_has_words_for_what_it_finds()
    {
        var files = new System.Resources.ResourceManager(typeof(Portal.Features.Status.Texts).FullName!, typeof(Portal.Features.Status.Texts).Assembly);
        var checks = Box.Portal.Get<Microsoft.Extensions.Options.IOptions<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckServiceOptions>>().Value.Registrations;
        Assert.All(checks, check => Assert.True(Has(check.Name + "_Serious") || Has(check.Name + "_Slight"), check.Name));

        bool Has(string name) => files.GetString(name, System.Globalization.CultureInfo.InvariantCulture) is not null && files.GetString(name + "_Do", System.Globalization.CultureInfo.InvariantCulture) is not null;
    }

    [Fact]
    public async Task The_courses_are_drawn_minute_by_minute_and_can_be_read_as_tables()
    {
        var (history, meter, sampler) = (Box.Portal.Get<StatusHistory>(), Box.Portal.Get<MessageMeter>(), Box.Portal.Get<StatusSampler>());
        for (var i = 1; i <= 3; i++)
        {
            for (var n = 0; n < i; n++) meter.Stored(byVisitor: true);
            meter.Posted(TimeSpan.FromMilliseconds(8));
            Box.Machine.Advance(TimeSpan.FromMinutes(1));
            await sampler.SampleAsync(CancellationToken.None);
        }

        Assert.True(history.Read().Count >= 3);
        Assert.Equal(6, history.Read().Sum(minute => minute.Messages));
        Assert.Contains(history.Read(), minute => minute.P99 is { TotalMilliseconds: >= 8 and < 9 });
        var page = Open();
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll(".course figure").Count));
        Assert.NotEmpty(page.FindAll(".course [role=img]"));
        await page.InvokeAsync(() => page.FindAll(".course figure button")[1].ClickAsync());
        page.WaitForAssertion(() => Assert.Contains("ms", page.Find(".course figure table tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_renews_itself_while_it_is_seen_and_only_then()
    {
        var page = Open();
        page.WaitForAssertion(() => Assert.Equal("0", page.Find("[data-figure=Messages]").TextContent));
        Box.Portal.Get<MessageMeter>().Stored(byVisitor: true);
        await SoonAsync(5, () => Assert.NotEqual("0", page.Find("[data-figure=Messages]").TextContent));

        var shown = page.FindComponent<StatusPage>();
        await page.InvokeAsync(() => shown.Instance.ShowAsync(false));
        var before = page.Find(".when").TextContent;
        for (var i = 0; i < 5; i++) Box.Machine.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(before, page.Find(".when").TextContent);
        await page.InvokeAsync(() => shown.Instance.ShowAsync(true));
        Assert.NotEqual(before, page.Find(".when").TextContent);
    }

    [Fact]
    public void A_day_is_kept_and_no_more()
    {
        var history = new StatusHistory();
        Assert.Empty(history.Read());
        for (var i = 0; i < StatusHistory.Minutes + 5; i++) history.Add(new StatusMinute(DataRoom.Noon.AddMinutes(i), i, null, 0, 0));
        var kept = history.Read();
        Assert.Equal((StatusHistory.Minutes, 5, StatusHistory.Minutes + 4), (kept.Count, kept[0].Messages, kept[^1].Messages));
    }

    [Theory]
    [InlineData(-1, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1024, "1.0 KB")]
    [InlineData(1_048_575, "1.0 MB")]
    [InlineData(157_286_400, "150 MB")]
    [InlineData(long.MaxValue, "8388608 TB")]
    public void Sizes_are_short(long bytes, string words) => Assert.Equal(words, StatusWords.Size(bytes));

    // The clock stands: five seconds pass when we say so.
    private async Task SoonAsync(int seconds, Action check)
    {
        for (var tries = 0; ; tries++)
        {
            if (tries % 100 == 0) Box.Machine.Advance(TimeSpan.FromSeconds(seconds));
            try
            {
                check();
                return;
            }
            catch (Xunit.Sdk.XunitException) when (tries < 2000)
            {
                await Task.Delay(10);
            }
        }
    }
}
