using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Packages;
using Live800.Portal.Identity;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Data;

public sealed class DemoSeedTests
{
    private static PortalFactory Portal() => new(new FakeTimeProvider(DataRoom.Noon));

    // The seed itself, without the shop beside it.
    private static Task SeedAsync(PortalFactory portal) => ActivatorUtilities.CreateInstance<DemoSeed>(portal.Services).RunAsync();

    [Theory]
    [InlineData("http://0.0.0.0:5080", true)]
    [InlineData("http://*:5080", true)]
    [InlineData("http://chat.example.com:5080", true)]
    [InlineData("http://localhost:5080;http://192.0.2.1:5080", true)]
    [InlineData("http://localhost:5080", false)]
    [InlineData("http://127.0.0.1:0;http://[::1]:0", false)]
    public void The_demo_listens_on_this_machine_only(string urls, bool refused)
    {
        var builder = WebApplication.CreateBuilder(PortalOptions.Arguments(["--demo", "--urls", urls]));
        var failure = Record.Exception(() => builder.AddDemo());
        Assert.Equal(refused, failure is InvalidOperationException);
    }

    [Fact]
    public async Task A_folder_with_real_companies_is_refused()
    {
        await using var portal = Portal();
        var site = await portal.AddCompanyAsync("realone");
        await portal.Get<WriteQueue<PortalDbContext>>().RunAsync((context, token) =>
        {
            _ = context.Add(PortalAccount.Of(site.Agent, "realone", "linxiao", null));
            return Task.CompletedTask;
        });
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => SeedAsync(portal));
        Assert.Contains(portal.Folder, refused.Message, StringComparison.Ordinal);
        await using var read = portal.Read();
        Assert.Equal(1, await read.Companies.CountAsync());
    }

    [Fact]
    public async Task The_demo_is_told_once_and_its_ledgers_verify()
    {
        await using var portal = Portal();
        await SeedAsync(portal);
        await using var read = portal.Read();
        var lines = await read.LedgerLines.CountAsync();
        Assert.True(lines > 30, $"{lines} lines");

        var report = await new LedgerCheck(portal.Get<IDbContextFactory<PortalDbContext>>(), portal.Get<LedgerSeal>()).RunAsync();
        Assert.Empty(report.Bad);
        Assert.Equal(lines, report.Lines);

        await portal.RestartAsync();
        await SeedAsync(portal);
        await using var again = portal.Read();
        Assert.Equal((2, lines), (await again.Companies.CountAsync(), await again.LedgerLines.CountAsync()));
    }

    [Fact]
    public async Task A_start_broken_off_between_the_two_files_begins_anew()
    {
        await using var portal = Portal();
        await portal.Get<WriteQueue<TrailDbContext>>().RunAsync((trail, token) =>
        {
            _ = trail.Add(new Live800.Domain.Visitors.Visitor(new VisitorId(7), new CompanyId(9), portal.Now));
            return Task.CompletedTask;
        });
        await SeedAsync(portal);
        await using var read = portal.ReadTrail();
        Assert.False(await read.Visitors.AnyAsync(visitor => visitor.CompanyId == new CompanyId(9)));
        Assert.True(await read.TrailSteps.AnyAsync());
    }

    [Fact]
    public async Task Everything_told_is_over_and_nobody_is_pretended_to_be_there()
    {
        await using var portal = Portal();
        await SeedAsync(portal);
        await using var trail = portal.ReadTrail();
        Assert.False(await trail.Visits.AnyAsync(visit => visit.EndedAt == null || visit.EndedAt >= portal.Now));
        await using var read = portal.Read();
        Assert.False(await read.Conversations.AnyAsync(conversation => conversation.VisitEndedAt == null));
        Assert.False(await read.ChatMessages.AnyAsync(message => message.At >= portal.Now));
        Assert.All(await read.SeatPlans.ToListAsync(), plan => Assert.Empty(plan.Leases));

        var company = await read.Companies.SingleAsync(row => row.Code == DemoSeed.FirstCompany);
        Assert.Empty(portal.Get<AgentPresence>().In(company.Id, portal.Now));
        foreach (var conversation in await read.Conversations.ToListAsync())
        {
            var numbers = await read.ChatMessages.Where(message => message.ConversationId == conversation.Id).OrderBy(message => message.Sequence).Select(message => message.Sequence).ToListAsync();
            Assert.Equal(Enumerable.Range(1, conversation.LastSequence), numbers);
        }
    }

    [Fact]
    public async Task Both_companies_are_what_the_demo_promises()
    {
        await using var portal = Portal();
        await SeedAsync(portal);
        await using var read = portal.Read();
        var desk = portal.Get<SignInDesk>();
        foreach (var name in new[] { "linxiao", "chenzy", "zhoumin", "xujia" }) Assert.False((await desk.SignInAsync(DemoSeed.FirstCompany, name, DemoSeed.Password)).IsRefused);
        Assert.False((await desk.SignInAsync(DemoSeed.SecondCompany, "wangwei", DemoSeed.Password)).IsRefused);
        Assert.True((await desk.SignInAsync("", "linxiao@qingfeng.example", DemoSeed.Password)).Value.Current!.IsPlatformOperator);

        var first = await read.Companies.SingleAsync(row => row.Code == DemoSeed.FirstCompany);
        var second = await read.Companies.SingleAsync(row => row.Code == DemoSeed.SecondCompany);
        var packages = portal.Get<PackageDesk>();
        Assert.True(await packages.EntitlementAsync(first.Id) is { Kind: PackageKind.Monthly, Seats: 5, AgentAccounts: 25, FrozenClicks: 500 });
        Assert.True(await packages.EntitlementAsync(second.Id) is { Kind: PackageKind.Free, Seats: 2 });
    }
}
