using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Audit;
using Live800.Portal.Features.Conversations;
using Live800.Portal.Features.Personal;
using Live800.Portal.Features.Platform;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Personal;

/// <summary>How long data is kept (1): bad input first; the preview changes nothing; the night takes what the preview said, and nothing younger, nothing of another company.</summary>
public sealed class RetentionDeskTests : PersonalRoom
{
    private RetentionDesk Retention => Portal.Get<RetentionDesk>();

    [Fact]
    public async Task Months_that_are_none_somebody_without_the_right_and_the_second_of_two_choose_nothing()
    {
        foreach (var months in new[] { 0, -1, 121, int.MinValue, int.MaxValue }) Assert.Equal(Refusal.RetentionInvalid, (await Retention.ChooseAsync(Lin, new RetentionMonths(Visits: months), 0)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Retention.ChooseAsync(Lin with { AgentId = new AgentId(5) }, new RetentionMonths(6), 0)).Refusal);
        Assert.Equal(new RetentionView(RetentionMonths.ForEver, 0), await Retention.ReadAsync(Site.Company));
        Assert.False((await Retention.ChooseAsync(Lin, new RetentionMonths(6), 0)).IsRefused);
        Assert.Equal(Refusal.ChangedMeanwhile, (await Retention.ChooseAsync(Lin, new RetentionMonths(12), 0)).Refusal);
        Assert.Equal(new RetentionView(new RetentionMonths(6), 1), await Retention.ReadAsync(Site.Company));
        // The same once more changes nothing and is no entry.
        Assert.False((await Retention.ChooseAsync(Lin, new RetentionMonths(6), 1)).IsRefused);
        var line = Assert.Single(await EntriesAsync(), line => line.Action == AuditAction.RetentionChanged);
        Assert.Equal(new AuditChange("Months_Conversations", "", "6"), Assert.Single(line.Changes));
        Assert.Equal(RetentionMonths.ForEver, (await Retention.ReadAsync(Other.Company)).Months);
    }

    [Fact]
    public async Task The_preview_counts_what_is_older_and_the_night_takes_exactly_that()
    {
        await EndAsync();
        await Portal.Desk.EndVisitAsync(Site.Company, (await Portal.Get<ConversationQueries>().FindAsync(Site.Company, Talk))!.VisitId);
        var theirs = Portal.Visitor(Other, "203.0.113.60");
        _ = await theirs.ViewAsync("https://other.example/kept", "kept");
        var all = new RetentionMonths(1, 1, 1, 1);
        Assert.All(await Retention.PreviewAsync(Site.Company, all), pair => Assert.Equal(RetentionCount.None, pair.Value));

        // Two months on: visits end, somebody new comes.
        await Portal.RestartAsync(TimeSpan.FromDays(62));
        Portal.Machine!.Advance(TimeSpan.FromMinutes(6));
        await Portal.SweepAsync();
        var young = Portal.Visitor(Site, "203.0.113.61");
        _ = await young.ViewAsync("https://shop.example/young", "young");
        var before = await PlacesOfAsync(Mark);
        var preview = await Retention.PreviewAsync(Site.Company, all);
        Assert.Equal(
            [(RetentionKind.Conversations, 1), (RetentionKind.Files, 1), (RetentionKind.OfflineMessages, 2), (RetentionKind.Visits, 1)],
            preview.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.Count)));
        Assert.All(preview.Values, count => Assert.True(count.Oldest <= count.Newest && count.Newest < Portal.Now.AddMonths(-1)));
        Assert.All(await Retention.PreviewAsync(Site.Company, new RetentionMonths(3, 3, 3, 3)), pair => Assert.Equal(RetentionCount.None, pair.Value));
        Assert.Equal(before, await PlacesOfAsync(Mark));
        await Retention.RunDueAsync();
        Assert.Equal(before, await PlacesOfAsync(Mark));

        Assert.False((await Retention.ChooseAsync(Lin, all, 0)).IsRefused);
        Assert.True(await LedgerIsWholeAsync());
        await Retention.RunDueAsync();
        // The card is the company's own and stays, with what an agent wrote on it.
        Assert.All(await PlacesOfAsync(Mark), place => Assert.StartsWith("VisitorCards.", place, StringComparison.Ordinal));
        Assert.Empty(StoredFiles());
        Assert.Empty(await PlacesOfAsync("203.0.113.50"));
        Assert.Contains("Visits.EntryAddress", await PlacesOfAsync("shop.example/young"));
        Assert.Contains("TrailSteps.Address", await PlacesOfAsync("other.example/kept"));
        Assert.True(await LedgerIsWholeAsync());
        var line = Assert.Single(await EntriesAsync(), line => line.Action == AuditAction.RetentionApplied);
        Assert.Equal(("", ""), (line.Who, line.Detail));
        Assert.Equal(["Kept_Conversations=1", "Kept_Files=1", "Kept_OfflineMessages=2", "Kept_Visits=1"], line.Changes.Select(change => $"{change.What}={change.Before}"));

        // Once a day, and nothing twice.
        await Retention.RunDueAsync();
        await Portal.RestartAsync(TimeSpan.FromDays(1));
        await Retention.RunDueAsync();
        Assert.Single(await EntriesAsync(), line => line.Action == AuditAction.RetentionApplied);
        Assert.Equal(Live800.Domain.Shared.LocalCalendar.DateOf(Portal.Now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")), (await RulesAsync()).AppliedOn);
    }

    [Fact]
    public async Task By_day_and_before_the_night_nothing_goes_and_a_long_past_goes_in_pieces()
    {
        Assert.False((await Retention.ChooseAsync(Lin, new RetentionMonths(OfflineMessages: 1), 0)).IsRefused);
        var company = Site.Company.Value;
        await Portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, token) => context.Database.ExecuteSqlAsync(
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5200) INSERT INTO OfflineMessages (Id, CompanyId, ClientId, Name, Contact, Text, At, Page, PageTitle, Version) SELECT 7000000000000000 + i, {company}, hex(randomblob(16)), 'n', 'c', 't' || i, {Portal.Now.AddMonths(-3).UtcTicks} + i, '', '', 0 FROM n", token));
        // 02:00 in Shanghai.
        Portal.Machine!.Advance(TimeSpan.FromHours(14));
        await Retention.RunDueAsync();
        Assert.Equal(5200, (await Retention.PreviewAsync(Site.Company, new RetentionMonths(OfflineMessages: 1)))[RetentionKind.OfflineMessages].Count);
        Portal.Machine.Advance(TimeSpan.FromHours(1));
        await Retention.RunDueAsync();
        Assert.Equal(200, (await Retention.PreviewAsync(Site.Company, new RetentionMonths(OfflineMessages: 1)))[RetentionKind.OfflineMessages].Count);
        Assert.Null((await RulesAsync()).AppliedOn);
        await Retention.RunDueAsync();
        Assert.Equal(RetentionCount.None, (await Retention.PreviewAsync(Site.Company, new RetentionMonths(OfflineMessages: 1)))[RetentionKind.OfflineMessages]);
        Assert.NotNull((await RulesAsync()).AppliedOn);
    }

    private async Task<RetentionRules> RulesAsync()
    {
        await using var context = Portal.Read();
        return await context.RetentionRules.AsNoTracking().SingleAsync(rules => rules.CompanyId == Site.Company);
    }

    private async Task<IReadOnlyList<CompanyAuditLine>> EntriesAsync() => (await Portal.Get<CompanyAudit>().PageAsync(Site.Company, new CompanyAuditFilter(), [])).Lines;
}
