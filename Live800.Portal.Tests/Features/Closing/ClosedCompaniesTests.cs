using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Closing;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Features.Personal;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Features.Closing;

/// <summary>What a closed company kept of people goes after thirty days (1), not before, not when it was taken back, and nothing of another company; what is counted stays.</summary>
public sealed class ClosedCompaniesTests : PersonalRoom
{
    private ClosedCompanies Closed => Portal.Get<ClosedCompanies>();

    [Fact]
    public async Task Before_thirty_days_or_taken_back_nothing_goes()
    {
        await CloseAsync();
        var places = await PlacesOfAsync(Mark);
        await Portal.RestartAsync(Company.KeptAfterClosing - TimeSpan.FromMinutes(10));
        Assert.Equal(0, await Closed.RunDueAsync());
        Assert.Equal(places, await PlacesOfAsync(Mark));

        await ChangeAsync(company => Assert.False(company.Resume().IsRefused));
        await Portal.RestartAsync(TimeSpan.FromDays(40));
        Assert.Equal(0, await Closed.RunDueAsync());
        Assert.Equal(places, await PlacesOfAsync(Mark));

        // Only suspended, however long, it keeps everything.
        await ChangeAsync(company => Assert.True(company.Suspend(Portal.Now)));
        await Portal.RestartAsync(TimeSpan.FromDays(400));
        Assert.Equal(0, await Closed.RunDueAsync());
        Assert.Equal(places, await PlacesOfAsync(Mark));
    }

    [Fact]
    public async Task After_thirty_days_nothing_of_a_person_is_left_and_ledger_and_counts_are_as_they_were()
    {
        var theirs = Portal.Visitor(Other, "203.0.113.60");
        _ = await theirs.ViewAsync("https://other.example/kept", "kept");
        await CloseAsync();
        var before = await CountedAsync();
        await Portal.RestartAsync(Company.KeptAfterClosing);
        // The portal's own job may have been first.
        _ = await Closed.RunDueAsync();

        Assert.Empty(await PlacesOfAsync(Mark));
        foreach (var left in new[] { "203.0.113.50", "13800001234", "13800005678" }) Assert.Empty(await PlacesOfAsync(left));
        Assert.Empty(StoredFiles());
        Assert.Equal(before, await CountedAsync());
        Assert.True(await LedgerIsWholeAsync());
        Assert.Contains("TrailSteps.Address", await PlacesOfAsync("other.example/kept"));
        await using var context = Portal.Read();
        Assert.Equal([null, "linxiao@example.com"], await context.Agents.OrderBy(agent => agent.CompanyId == Site.Company ? 0 : 1).Select(agent => agent.Email).ToListAsync());
        Assert.Equal(Site.Company, (await context.Set<AuditEntry>().SingleAsync(entry => entry.Action == AuditAction.CompanyErased)).CompanyId);

        // For good, and once.
        Assert.Equal(0, await Closed.RunDueAsync());
        await ChangeAsync(company => Assert.Equal(Refusal.CompanyErased, company.Resume().Refusal));
    }

    private async Task CloseAsync()
    {
        await EndAsync();
        await Portal.RestartAsync();
        Portal.Machine!.Advance(TimeSpan.FromMinutes(6));
        await Portal.SweepAsync();
        await ChangeAsync(company => Assert.False(company.Close(Portal.Now).IsRefused));
    }

    private Task ChangeAsync(Action<Company> change) => Portal.Get<WriteQueue<PortalDbContext>>().RunAsync(async (context, token) => change(await context.Companies.SingleAsync(company => company.Id == Site.Company, token)));

    private async Task<(int Conversations, int Lines, int Ratings, int Messages, int Ledger, int Visits, int Agents)> CountedAsync()
    {
        await using var context = Portal.Read();
        await using var trail = Portal.ReadTrail();
        return (
            await context.Conversations.CountAsync(), await context.ChatMessages.CountAsync(), await context.ConversationRatings.CountAsync(), await context.OfflineMessages.CountAsync(), await context.LedgerLines.CountAsync(),
            await trail.Visits.CountAsync(), await context.Agents.CountAsync());
    }
}
