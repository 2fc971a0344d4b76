using Bunit;
using Live800.Domain.Companies;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Hours;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Hours;

/// <summary>The page as an administrator sees it, over the real desk and files. It is noon of a Monday in Shanghai.</summary>
public sealed class HoursPageTests : AdministratorPageTest<HoursPage>
{
    protected override void ShareMore()
    {
        Share<HoursDesk>();
        Share<HoursQueries>();
    }

    [Fact]
    public async Task What_is_no_time_is_told_where_it_stands_and_not_saved_and_the_line_above_says_what_is_so_now()
    {
        var page = Open();
        page.WaitForElement(".week");
        Assert.Contains("全天候营业", page.Find(".now").TextContent, StringComparison.Ordinal);
        await PressAsync(page, "全部清空");
        await SaveAsync(page);
        Assert.Contains("一周里至少要有一天有工作时间", page.Markup, StringComparison.Ordinal);
        await PressAsync(page, "周一至周五 09:00–18:00");
        await page.InvokeAsync(() => To(page, "星期一").ChangeAsync(new ChangeEventArgs { Value = "25:00" }));
        Assert.Contains("请写成 09:00", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => To(page, "星期一").ChangeAsync(new ChangeEventArgs { Value = "8" }));
        Assert.Contains("结束要晚于开始", page.Markup, StringComparison.Ordinal);
        await SaveAsync(page);
        Assert.Equal(0, (await LineAsync()).Version);

        await page.InvokeAsync(() => To(page, "星期一").ChangeAsync(new ChangeEventArgs { Value = "11:30" }));
        await SaveAsync(page);
        page.WaitForAssertion(() => Assert.Contains("已保存。", page.Markup, StringComparison.Ordinal));
        var week = (await LineAsync()).Times.Week;
        Assert.Equal(["09:00-11:30", "09:00-18:00", ""], [DaySpan.Text(week[0]), DaySpan.Text(week[1]), DaySpan.Text(week[6])]);
        Assert.Contains("现在不在工作时间，星期二 09:00 开始", page.Find(".now").TextContent, StringComparison.Ordinal);
        Assert.Contains("不在工作时间。星期一，09:00–11:30，星期二 09:00 开始。", page.Find(".look [role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holidays_are_added_with_their_names_as_text_and_a_moment_can_be_tried_before_saving()
    {
        var page = Open();
        page.WaitForElement(".week");
        await PressAsync(page, "添加");
        Assert.Contains("节假日需要日期", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.FindAll(".new input")[0].ChangeAsync(new ChangeEventArgs { Value = "2026-10-01" }));
        await page.InvokeAsync(() => page.FindAll(".new input")[1].ChangeAsync(new ChangeEventArgs { Value = "2026-10-03" }));
        await page.InvokeAsync(() => page.FindAll(".new input")[2].ChangeAsync(new ChangeEventArgs { Value = "<b>国庆" }));
        await PressAsync(page, "添加");
        Assert.Equal(3, page.FindAll(".holidays .day").Count);
        await page.InvokeAsync(() => page.Find(".look input[type=date]").ChangeAsync(new ChangeEventArgs { Value = "2026-10-02" }));
        Assert.Contains("不在工作时间。星期五, &lt;b&gt;国庆，休息，", page.Find(".look [role=status]").InnerHtml, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("button[aria-label='删除节假日 2026-10-03']").ClickAsync());
        await SaveAsync(page);
        page.WaitForAssertion(() => Assert.Contains("已保存。", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["<b>国庆", "<b>国庆"], (await LineAsync()).Times.Holidays.Select(holiday => holiday.Name));
    }

    [Fact]
    public async Task The_second_of_two_administrators_reads_what_changed_loses_nothing_and_chooses()
    {
        var page = Open();
        page.WaitForElement(".week");
        await PressAsync(page, "周一至周五 09:00–18:00");
        Assert.False((await Box.Portal.Get<HoursDesk>().SetAsync(Box.Administrator, null, 0, Timetable.Create(Openings.Until(17).Week, [new Holiday(new(2026, 10, 1), "", [])]).Value)).IsRefused);
        await SaveAsync(page);
        page.WaitForElement(".conflict");
        Assert.Contains("2026-10-01 未列出 → 休息", string.Join(' ', page.Find(".conflict").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("18:00", To(page, "星期一").GetAttribute("value"));
        Assert.Equal(1, (await LineAsync()).Version);

        await PressAsync(page, "仍保存我的");
        page.WaitForAssertion(() => Assert.Contains("已保存。", page.Markup, StringComparison.Ordinal));
        Assert.Equal(("09:00-18:00", 0, 2L), (DaySpan.Text((await LineAsync()).Times.Week[0]), (await LineAsync()).Times.Holidays.Count, (await LineAsync()).Version));
    }

    [Fact]
    public async Task A_group_gets_hours_of_its_own_and_follows_the_company_again_and_the_zone_says_from_when_it_counts()
    {
        Assert.False((await Box.Portal.Get<GroupDesk>().CreateAsync(Box.Administrator, new GroupWish("<b>夜班", RoutingWay.ByHand, false, []))).IsRefused);
        var page = Open();
        page.WaitForElement(".lines");
        await PressAsync(page, "<b>夜班");
        Assert.Empty(page.FindAll(".week"));
        await page.InvokeAsync(() => page.FindAll("input[name=own]")[1].ChangeAsync(new ChangeEventArgs { Value = "on" }));
        await PressAsync(page, "周一至周五 09:00–18:00");
        await SaveAsync(page);
        page.WaitForAssertion(() => Assert.Contains("现在在工作时间内，到 18:00", page.Find(".now").TextContent, StringComparison.Ordinal));
        Assert.True((await SheetAsync()).Lines[1].IsOwn);
        await page.InvokeAsync(() => page.FindAll("input[name=own]")[0].ChangeAsync(new ChangeEventArgs { Value = "on" }));
        await SaveAsync(page);
        page.WaitForAssertion(() => Assert.Contains("全天候营业", page.Find(".now").TextContent, StringComparison.Ordinal));
        Assert.False((await SheetAsync()).Lines[1].IsOwn);

        await page.InvokeAsync(() => page.Find("#zone").ChangeAsync(new ChangeEventArgs { Value = "Europe/Berlin" }));
        Assert.Contains("Europe/Berlin 将从 2026-03-03 00:00", page.Find(".zone").TextContent, StringComparison.Ordinal);
        await PressAsync(page, "更改时区");
        page.WaitForAssertion(() => Assert.Contains("从 2026-03-03 00:00 起改为 Europe/Berlin。", page.Find(".zone").TextContent, StringComparison.Ordinal));
        await PressAsync(page, "取消更改");
        page.WaitForAssertion(() => Assert.DoesNotContain("起改为", page.Find(".zone").TextContent, StringComparison.Ordinal));
        Assert.Equal("Asia/Shanghai", (await SheetAsync()).Zone.Last);
    }

    private Task<HoursSheet> SheetAsync() => Box.Portal.Get<HoursQueries>().SheetAsync(Box.Company.Id);

    private async Task<HoursLine> LineAsync() => (await SheetAsync()).Lines[0];

    private static AngleSharp.Dom.IElement To(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, string day) => page.Find($"input[aria-label='{day}：结束']");

    private static Task SaveAsync(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page) => page.InvokeAsync(() => page.Find("form").SubmitAsync());
}
