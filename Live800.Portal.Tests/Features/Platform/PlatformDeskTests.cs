using System.Net;
using Live800.Domain.Shared;
using Live800.Portal.Data;
using Live800.Portal.Features.Platform;
using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Features.Platform;

public sealed class PlatformDeskTests
{
    [Fact]
    public async Task Only_the_operator_changes_the_platform()
    {
        await using var box = await AccountBox.OpenAsync("Development");
        _ = await box.AgentAsync("zhoumin", administrator: true);
        var administrator = await box.SignInAsync("zhoumin");
        var forged = administrator with { IsPlatformOperator = true };
        var desk = box.Portal.Get<PlatformDesk>();
        Assert.Equal(Refusal.NotAllowed, (await desk.OpenRegistrationAsync(forged, open: true)).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await desk.ShiftClockAsync(forged, TimeSpan.FromDays(1))).Refusal);
        Assert.False((await desk.ReadAsync()).RegistrationOpen);
        Assert.Equal(TimeSpan.Zero, box.Portal.Get<PortalClock>().Shift);
    }

    [Fact]
    public async Task Everything_done_here_stands_in_the_audit_log()
    {
        await using var box = await AccountBox.OpenAsync("Development");
        var desk = box.Portal.Get<PlatformDesk>();
        _ = await desk.OpenRegistrationAsync(box.Administrator, open: true);
        _ = await desk.OpenRegistrationAsync(box.Administrator, open: false);
        _ = await desk.ShiftClockAsync(box.Administrator, TimeSpan.FromDays(7));
        var view = await desk.ReadAsync();
        Assert.Equal([AuditAction.ClockShifted, AuditAction.RegistrationClosed, AuditAction.RegistrationOpened, AuditAction.SetUp], view.Audit.Select(entry => entry.Action));
        Assert.All(view.Audit, entry => Assert.Equal("linxiao", entry.Who));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(367)]
    public async Task The_clock_goes_forward_only(int days)
    {
        await using var box = await AccountBox.OpenAsync("Development");
        Assert.Equal(Refusal.InputInvalid, (await box.Portal.Get<PlatformDesk>().ShiftClockAsync(box.Administrator, TimeSpan.FromDays(days))).Refusal);
        Assert.Equal(TimeSpan.Zero, box.Portal.Get<PortalClock>().Shift);
    }

    [Fact]
    public async Task The_clock_is_there_in_development_only()
    {
        await using var live = await AccountBox.OpenAsync();
        using var browser = await live.BrowserOfAsync("linxiao");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/platform/clock")).Status);
        Assert.Equal(Refusal.NotAllowed, (await live.Portal.Get<PlatformDesk>().ShiftClockAsync(live.Administrator, TimeSpan.FromDays(1))).Refusal);

        await using var development = await AccountBox.OpenAsync("Development");
        using var other = await development.BrowserOfAsync("linxiao");
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/platform/clock")).Status);
    }

    [Fact]
    public async Task A_shifted_clock_ends_the_trial()
    {
        await using var box = await AccountBox.OpenAsync("Development");
        _ = await box.Portal.Get<PlatformDesk>().ShiftClockAsync(box.Administrator, TimeSpan.FromDays(7));
        var entitlement = await box.Portal.Get<Live800.Portal.Features.Packages.PackageDesk>().EntitlementAsync(box.Company.Id);
        Assert.Equal(Live800.Domain.Packages.PackageKind.Free, entitlement.Kind);
    }
}
