using Live800.Domain.Packages;
using Live800.Portal.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Live800.Portal.Tests.Browser;

/// <summary>The jobs of rule 3.12 in the running portal, and who may watch them.</summary>
public sealed class JobsTests(BrowserFixture browsers) : BrowserTest(browsers)
{
    [Fact]
    public async Task Only_the_platform_operator_watches_the_jobs_and_its_page_breaks_no_policy()
    {
        var box = Keep(await Browsers.Box.StartAsync());
        var nobody = await SomebodyAsync();
        _ = await nobody.GotoAsync(box.Server.Address + "/platform/jobs");
        Assert.Contains("/sign-in", nobody.Url, StringComparison.Ordinal);

        var agent = await SomebodyAsync();
        await agent.SignInAsync(box.Server, box.Qingfeng, "chenzy");
        _ = await agent.GotoAsync(box.Server.Address + "/platform/jobs");
        Assert.Contains("/not-allowed", agent.Url, StringComparison.Ordinal);

        var otherAdministrator = await SomebodyAsync();
        await otherAdministrator.SignInAsync(box.Server, box.Lantian, "wangwei");
        _ = await otherAdministrator.GotoAsync(box.Server.Address + "/platform/jobs");
        Assert.Contains("/not-allowed", otherAdministrator.Url, StringComparison.Ordinal);

        var page = await SomebodyAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") complaints.Add(message.Text);
        };
        await page.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        complaints.Clear();
        var answer = await page.GotoAsync(box.Server.Address + "/platform/jobs/recurring");
        Assert.Equal(200, answer!.Status);
        foreach (var job in new[] { "DailyQuotaJob", "PackageExpiryJob", "TrialEndJob" })
        {
            await Assertions.Expect(page.GetByText(job, new() { Exact = true }).First).ToBeVisibleAsync();
        }

        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Whoever_turns_the_clock_forward_sees_the_trial_end_recorded()
    {
        var box = Keep(await Browsers.Box.StartAsync(("ASPNETCORE_ENVIRONMENT", "Development")));
        var page = await SomebodyAsync();
        await page.SignInAsync(box.Server, box.Qingfeng, "linxiao");
        await page.TurnClockAsync(box.Server, "7 天");
        // Two companies, seven days: two trials over and fourteen midnights, or more when the test itself meets one.
        await Eventually.EqualAsync(2L, () => CountAsync(box, TransitionKind.TrialEnded));
        await Eventually.EqualAsync(true, async () => await CountAsync(box, TransitionKind.DailyQuotaReset) >= 14);
    }

    private static Task<long> CountAsync(ReadyServer box, TransitionKind kind) =>
        box.Server.ReadAsync<long>("SELECT COUNT(*) FROM PackageTransitions WHERE Kind = @kind", ("@kind", (int)kind));
}
