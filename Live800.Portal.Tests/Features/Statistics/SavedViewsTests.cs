using System.Globalization;
using Bunit;
using Live800.Portal.Features.Statistics;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Statistics;

/// <summary>The list of kept views beside the period, over the real desk and file (6).</summary>
public sealed class SavedViewsTests : AdministratorPageTest<StatisticsPage>
{
    private StatisticsViewDesk Desk => Box.Portal.Get<StatisticsViewDesk>();

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    protected override void ShareMore() => Share<StatisticsViewDesk>();

    [Fact]
    public async Task A_name_that_is_refused_stays_typed_and_a_kept_view_is_shown_opened_renamed_and_deleted()
    {
        Navigation.NavigateTo("statistics/traffic?range=7d&compare=year&figure=views");
        var views = Render<SavedViews>(parameters => parameters.Add(list => list.Current, Box.Administrator));
        views.WaitForAssertion(() => Assert.Contains("还没有保存的视图", views.Markup, StringComparison.Ordinal));
        await PressAsync(views, "保存当前视图…");
        await views.InvokeAsync(() => views.Find(".new form, form.new").SubmitAsync());
        views.WaitForAssertion(() => Assert.Contains("名称不能为空", views.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await views.InvokeAsync(() => views.Find("#stat-view-name").InputAsync(new ChangeEventArgs { Value = " 每周浏览 " }));
        await views.InvokeAsync(() => views.Find("form.new").SubmitAsync());
        views.WaitForAssertion(() => Assert.Contains("已保存「每周浏览」。", views.Find("[role=status]").TextContent, StringComparison.Ordinal));
        var link = views.Find("li a");
        Assert.Equal(("statistics/traffic?range=7d&compare=year&figure=views", "true"), (link.GetAttribute("href"), link.GetAttribute("aria-current")));
        Assert.Contains("每周浏览", views.Find("button").TextContent, StringComparison.Ordinal);

        await views.InvokeAsync(() => Navigation.NavigateTo("statistics"));
        views.WaitForAssertion(() => Assert.Null(views.Find("li a").GetAttribute("aria-current")));
        Assert.Contains("常用视图", views.Find("button").TextContent, StringComparison.Ordinal);

        await PressAsync(views, "保存当前视图…");
        await views.InvokeAsync(() => views.Find("#stat-view-name").InputAsync(new ChangeEventArgs { Value = "每周浏览" }));
        await views.InvokeAsync(() => views.Find("form.new").SubmitAsync());
        views.WaitForAssertion(() => Assert.Contains("已经有同名的常用视图", views.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("每周浏览", views.Find("#stat-view-name").GetAttribute("value"));

        await views.InvokeAsync(() => views.Find("button[title=重命名]").ClickAsync(new()));
        Assert.Equal("每周浏览", views.Find("li input").GetAttribute("value"));
        await views.InvokeAsync(() => views.Find("li input").InputAsync(new ChangeEventArgs { Value = "浏览" }));
        await views.InvokeAsync(() => views.Find("li form").SubmitAsync());
        views.WaitForAssertion(() => Assert.Equal("浏览", views.Find("li a").TextContent));

        await views.InvokeAsync(() => views.Find("button[title=删除]").ClickAsync(new()));
        Assert.Single(await Desk.ListAsync(Box.Administrator));
        await PressAsync(views, "删除");
        views.WaitForAssertion(() => Assert.Contains("已删除「浏览」。", views.Markup, StringComparison.Ordinal));
        Assert.Empty(await Desk.ListAsync(Box.Administrator));
    }

    [Fact]
    public async Task In_English_it_speaks_English_throughout()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Assert.False((await Desk.AddAsync(Box.Administrator, "Weekly", "statistics?range=week")).IsRefused);
        var views = Render<SavedViews>(parameters => parameters.Add(list => list.Current, Box.Administrator));
        views.WaitForElement("li a");
        await PressAsync(views, "Save this view…");
        Assert.DoesNotMatch("[\\u4e00-\\u9fff]", views.Markup);
    }

    private static Task PressAsync(IRenderedComponent<SavedViews> views, string name) => views.InvokeAsync(() => views.FindAll("button").First(button => button.TextContent.Trim() == name).ClickAsync(new()));
}
