using Bunit;
using Live800.Domain.Companies;
using Live800.Portal.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace Live800.Portal.Tests.Features.Groups;

/// <summary>The page as an administrator sees it, over the real desk and files.</summary>
public sealed class GroupsPageTests : AdministratorPageTest<GroupsPage>
{
    protected override void ShareMore()
    {
        Share<GroupDesk>();
        Share<GroupQueries>();
    }

    [Fact]
    public async Task A_group_is_made_with_its_agents_changed_and_removed_after_saying_what_becomes_of_who_waits()
    {
        _ = await Box.AgentAsync("chenzy");
        var page = Open();
        page.WaitForElement("table.groups");
        Assert.Contains("全公司", page.Find("table.groups tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("还没有分组", page.Markup, StringComparison.Ordinal);

        await PressAsync(page, "创建分组");
        await page.InvokeAsync(() => page.Find("form.edit").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("分组名称需要 1 至 64 个字。", page.Markup, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("#group-name").ChangeAsync(new ChangeEventArgs { Value = "<b>售前" }));
        await page.InvokeAsync(() => page.FindAll("input[name=group-way]")[1].ChangeAsync(new ChangeEventArgs { Value = true }));
        await page.InvokeAsync(() => page.FindAll(".agents input")[0].ChangeAsync(new ChangeEventArgs { Value = true }));
        await page.InvokeAsync(() => page.Find("form.edit").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("table.groups tbody tr").Count));
        Assert.Contains("&lt;b&gt;售前", page.Markup, StringComparison.Ordinal);
        var made = (await BoardAsync()).Groups.Single();
        Assert.Equal((RoutingWay.LeastBusy, 1), (made.Way, made.Members.Count));

        await page.InvokeAsync(() => page.Find("button[aria-label='删除：<b>售前']").ClickAsync());
        Assert.Contains("0 位等待的访客转到全公司的队列", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("button[aria-label='确认删除：<b>售前']").ClickAsync());
        page.WaitForAssertion(() => Assert.Single(page.FindAll("table.groups tbody tr")));
        Assert.Empty((await BoardAsync()).Groups);
    }

    [Fact]
    public async Task The_whole_companys_way_and_the_numbers_are_kept_and_what_is_no_number_is_told_and_changes_nothing()
    {
        var page = Open();
        page.WaitForElement("table.groups");
        await page.InvokeAsync(() => page.Find("table.groups select").ChangeAsync(new ChangeEventArgs { Value = "InTurn" }));
        page.WaitForAssertion(() => Assert.Contains("已保存。", page.Markup, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.FindAll("table.limits input")[0].ChangeAsync(new ChangeEventArgs { Value = "5" }));
        page.WaitForAssertion(() => Assert.Equal("5", page.FindAll("table.limits input")[0].GetAttribute("value")));
        foreach (var wrong in new[] { "0", "51", "-3", "many" })
        {
            await page.InvokeAsync(() => page.FindAll("table.limits input")[1].ChangeAsync(new ChangeEventArgs { Value = wrong }));
            page.WaitForAssertion(() => Assert.Contains("请填 1 至 50 的整数", page.Markup, StringComparison.Ordinal));
        }

        await page.InvokeAsync(() => page.FindAll("table.limits input")[1].ChangeAsync(new ChangeEventArgs { Value = "2" }));
        page.WaitForAssertion(() => Assert.DoesNotContain("请填 1 至 50 的整数", page.Markup, StringComparison.Ordinal));
        var routing = (await BoardAsync()).Routing;
        Assert.Equal((RoutingWay.InTurn, (int?)5, (int?)2), (routing.Way, routing.Most, routing.MostOf(Box.Administrator.AgentId)));
    }

    [Fact]
    public async Task The_second_of_two_administrators_is_told_what_changed_and_saves_both_choices()
    {
        var (desk, chen) = (Box.Portal.Get<GroupDesk>(), await Box.AgentAsync("chenzy"));
        Assert.False((await desk.CreateAsync(Box.Administrator, new GroupWish("售前", RoutingWay.ByHand, false, [chen]))).IsRefused);
        var page = Open();
        page.WaitForElement("table.groups");
        await page.InvokeAsync(() => page.Find("button[aria-label='修改：售前']").ClickAsync());
        await page.InvokeAsync(() => page.FindAll("input[name=group-way]")[1].ChangeAsync(new ChangeEventArgs { Value = true }));

        // A colleague renames it and takes everybody out of it.
        var group = (await BoardAsync()).Groups.Single();
        Assert.False((await desk.ChangeAsync(Box.Administrator, group.Id, group.Version, new GroupWish("销售", RoutingWay.ByHand, false, []))).IsRefused);
        await page.InvokeAsync(() => page.Find("form.edit").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".meanwhile li").Count));
        Assert.DoesNotContain("保留您的", page.Find(".meanwhile ul").TextContent, StringComparison.Ordinal);
        Assert.Equal("销售", page.Find("#group-name").GetAttribute("value"));

        await page.InvokeAsync(() => page.Find("form.edit").SubmitAsync());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form.edit")));
        var both = (await BoardAsync()).Groups.Single();
        Assert.Equal(("销售", RoutingWay.LeastBusy, 0), (both.Name, both.Way, both.Members.Count));
        Assert.Empty(page.FindAll(".meanwhile"));
    }

    private Task<GroupBoard> BoardAsync() => Box.Portal.Get<GroupQueries>().BoardAsync(Box.Company.Id);
}
