using System.Net;
using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Groups;
using Live800.Portal.Features.Widget;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Features.Widget;

/// <summary>How a visitor comes into a group: by a link, or by his own choice (4).</summary>
public sealed class GroupWireTests() : PortalTest(new FakeTimeProvider(DataRoom.Noon))
{
    private TestSite _site = null!;

    public override async Task InitializeAsync()
    {
        _site = await Portal.AddCompanyAsync("qingfeng");
        await Portal.SeatAsync(_site);
    }

    [Fact]
    public async Task The_link_of_a_group_leads_there_and_one_that_means_nothing_here_is_quietly_the_whole_company()
    {
        var other = await Portal.AddCompanyAsync("lantian");
        var (sales, strange) = (await GroupAsync(_site, "售前"), await GroupAsync(other, "售前"));
        using var client = Portal.Client();
        Assert.Contains($"<input type=\"hidden\" id=\"group\" value=\"{sales.Code}\">", await client.GetStringAsync($"/chat/qingfeng?g={sales.Code}"), StringComparison.Ordinal);
        foreach (var none in new[] { "", "?g=", $"?g={strange.Code}", "?g=%3Cscript%3E", "?g=" + new string('x', 2000), $"?g={sales.Code}&g={sales.Code}" })
        {
            using var answer = await client.GetAsync("/chat/qingfeng" + none);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("<input type=\"hidden\" id=\"group\" value=\"\">", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(sales.Id, await LineAsync("p1", ("g", sales.Code)));
        foreach (var none in new[] { "", strange.Code, "<script>", "%00", new string('x', 5000), "售前" }) Assert.Null(await LineAsync("p2", ("g", none)));
        await ChangeAsync(desk => desk.RemoveAsync(Boss(_site), sales.Id));
        Assert.Null(await LineAsync("p3", ("g", sales.Code)));
    }

    [Fact]
    public async Task Only_a_company_that_lets_visitors_choose_shows_the_choice_with_its_names_as_text_and_the_policy_still_holds()
    {
        using var client = Portal.Client();
        Assert.DoesNotContain("<select", await client.GetStringAsync("/w/qingfeng/frame"), StringComparison.Ordinal);
        var hidden = await GroupAsync(_site, "Hidden");
        Assert.DoesNotContain("<select", await client.GetStringAsync("/w/qingfeng/frame"), StringComparison.Ordinal);
        var sales = await GroupAsync(_site, "<b>\"售前", isOffered: true);

        using var answer = await client.GetAsync($"/chat/qingfeng?g={sales.Code}");
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<option value=\"{sales.Code}\" selected>&lt;b&gt;&quot;售前</option>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", html, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", string.Concat(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        // A link to a group that is not offered to everybody is the first choice.
        Assert.Contains($"<option value=\"{hidden.Code}\">", await client.GetStringAsync($"/chat/qingfeng?g={hidden.Code}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_choice_made_before_the_first_words_counts_and_an_empty_group_is_told_to_the_visitor_in_his_language()
    {
        var (sales, empty) = (await GroupAsync(_site, "售前"), await GroupAsync(_site, "售后", isEmpty: true));
        var visitor = await ComesAsync("p1");
        _ = await visitor.RequestAsync();
        var asked = (await Portal.Get<ConversationQueries>().WaitingAsync(_site.Company)).Single();
        Assert.Equal(HttpStatusCode.OK, (await visitor.PostAsync("message", ("c", $"{asked.Id}"), ("id", Guid.NewGuid().ToString()), ("x", "hello"), ("g", sales.Code))).Status);
        Assert.Equal(sales.Id, (await Portal.Get<ConversationQueries>().FindAsync(_site.Company, asked.Id))!.GroupId);

        var another = await ComesAsync("p2");
        _ = await another.PostAsync("request", ("k", "p2"), ("g", empty.Code));
        var told = (await another.PollAsync()).Of("msg").Single(line => (string?)line["k"] == "waitsforcompany");
        Assert.Equal(FrameTexts.Of("Line_WaitsForCompany", WidgetLanguage.Chinese), (string?)told["x"]);
    }

    [Fact]
    public async Task Words_are_accepted_by_the_running_portal_itself_for_who_is_in()
    {
        await ChangeAsync(desk => desk.RouteAsync(Boss(_site), RoutingWay.LeastBusy));
        var accepted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var heard = Portal.Get<PortalEvents>().Subscribe(_site.Company, told =>
        {
            if (told.Topic == PortalTopic.Entitlement) _ = accepted.TrySetResult();
        });
        var visitor = await ComesAsync("p1");
        _ = await visitor.RequestAsync();
        _ = await visitor.SayAsync("hello");
        await accepted.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _ = Assert.Single(await Portal.Get<ConversationQueries>().OpenOfAsync(_site.Company, _site.Agent));
    }

    private static CurrentAgent Boss(TestSite site) => new(site.Company, site.Agent, site.Session, site.Code, "linxiao", "林晓", true, false);

    private async Task ChangeAsync(Func<GroupDesk, Task<Outcome>> change) => Assert.Equal(Refusal.None, (await change(Portal.Get<GroupDesk>())).Refusal);

    private async Task<Group> GroupAsync(TestSite site, string name, bool isOffered = false, bool isEmpty = false)
    {
        await ChangeAsync(desk => desk.CreateAsync(Boss(site), new GroupWish(name, RoutingWay.ByHand, isOffered, isEmpty ? [] : [site.Agent])));
        return (await Portal.Get<GroupQueries>().BoardAsync(site.Company)).Groups.Single(group => group.Name == name);
    }

    private async Task<TestVisitor> ComesAsync(string page)
    {
        var visitor = Portal.Visitor(_site, page: page);
        _ = await visitor.ViewAsync();
        return visitor;
    }

    private async Task<GroupId?> LineAsync(string page, (string Name, string Value) group)
    {
        var visitor = await ComesAsync(page);
        Assert.Equal(HttpStatusCode.OK, (await visitor.PostAsync("request", ("k", page), group)).Status);
        return (await Portal.Get<ConversationQueries>().WaitingAsync(_site.Company))[^1].GroupId;
    }
}
