using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Tests.Features.Groups;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Companies;

/// <summary>What an agent shows in his seat (4): it lasts as long as his sign-in, whatever becomes of the server.</summary>
public sealed class SeatStatusTests
{
    private static SessionId AnotherBrowser => new(Guid.NewGuid());

    [Fact]
    public async Task Who_is_not_in_or_sits_elsewhere_or_belongs_to_another_company_shows_nothing()
    {
        await using var room = await ChatRoom.OpenAsync();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var ann = firm.Agents[0];
        Assert.Equal(Refusal.SeatLost, (await room.Seats.ShowAsync(firm.Id, ann.Agent, ann.Session, AgentStatus.Away)).Refusal);
        _ = await firm.EnterAsync();
        Assert.Equal(Refusal.SeatMoved, (await room.Seats.ShowAsync(firm.Id, ann.Agent, AnotherBrowser, AgentStatus.Away)).Refusal);
        Assert.Equal(Refusal.SeatLost, (await room.Seats.ShowAsync(other.Id, ann.Agent, ann.Session, AgentStatus.Away)).Refusal);
        Assert.Equal(AgentStatus.Online, room.Presence.StatusOf(firm.Id, ann.Agent, room.Now));
        await using var context = room.Data.Read();
        Assert.Empty(context.AgentDesks);
    }

    [Theory]
    [InlineData(AgentStatus.Busy)]
    [InlineData(AgentStatus.Away)]
    [InlineData(AgentStatus.Invisible)]
    public async Task After_a_restart_he_shows_the_same_and_is_given_nobody(AgentStatus status)
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync();
        _ = await room.Groups().RouteAsync(firm.Boss(), RoutingWay.LeastBusy);
        var (guest, asked) = await room.AskAsync(firm.Id);
        Assert.False((await room.Seats.ShowAsync(firm.Id, ann.Agent, ann.Session, status)).IsRefused);

        await room.Data.RestartAsync();
        await room.Seats.ResumeAsync(CancellationToken.None);
        _ = room.Visits.FindOrStart(firm.Id, guest.Id, room.Now);
        Assert.Equal(status, room.Presence.StatusOf(firm.Id, ann.Agent, room.Now));
        // His browser is back, by a sign of life or with a fresh page.
        _ = await room.Seats.RenewAsync(firm.Id, ann.Agent, ann.Session);
        _ = await firm.EnterAsync();
        Assert.Equal(status, Assert.Single((await room.Seats.SituationAsync(firm.Id)).Holders).Status);
        Assert.Equal(0, await room.LookAsync(firm.Id));

        Assert.False((await room.Seats.ShowAsync(firm.Id, ann.Agent, ann.Session, AgentStatus.Online)).IsRefused);
        Assert.Equal(1, await room.LookAsync(firm.Id));
        Assert.Equal(ann.Agent, (await room.FindAsync(firm.Id, asked.Id)).AgentId);
        await room.Data.RestartAsync();
        await room.Seats.ResumeAsync(CancellationToken.None);
        Assert.Equal(AgentStatus.Online, room.Presence.StatusOf(firm.Id, ann.Agent, room.Now));
    }

    [Fact]
    public async Task A_seat_that_was_lost_comes_back_as_it_was_and_one_that_moves_takes_it_along_and_a_new_sign_in_is_online()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync();
        AgentStatus? Shown() => room.Presence.StatusOf(firm.Id, ann.Agent, room.Now);
        _ = await room.Seats.ShowAsync(firm.Id, ann.Agent, ann.Session, AgentStatus.Away);
        // The grace ran out; nobody swept.
        room.Data.Machine.Advance(TimeSpan.FromHours(9));
        Assert.Null(Shown());
        _ = await firm.EnterAsync();
        Assert.Equal(AgentStatus.Away, Shown());

        var laptop = AnotherBrowser;
        Assert.False((await room.Seats.TakeAsync(firm.Id, ann.Agent, laptop, moveHere: true)).IsRefused);
        await room.Data.RestartAsync();
        await room.Seats.ResumeAsync(CancellationToken.None);
        Assert.Equal(AgentStatus.Away, Shown());

        await room.Seats.LeaveAsync(firm.Id, ann.Agent, laptop);
        Assert.False((await room.Seats.TakeAsync(firm.Id, ann.Agent, AnotherBrowser)).IsRefused);
        Assert.Equal(AgentStatus.Online, Shown());
        // Nor does one who forgot to sign out find what he showed at another machine.
        _ = await room.Seats.ShowAsync(firm.Id, ann.Agent, (await room.Seats.FindAsync(firm.Id, ann.Agent))!.SessionId, AgentStatus.Busy);
        room.Data.Machine.Advance(TimeSpan.FromHours(9));
        Assert.False((await room.Seats.TakeAsync(firm.Id, ann.Agent, AnotherBrowser)).IsRefused);
        Assert.Equal(AgentStatus.Online, Shown());
    }

    [Fact]
    public async Task What_he_shows_and_how_he_set_up_his_desk_do_not_undo_each_other()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddSingleton<AgentDesks>());
        var firm = await room.CompanyAsync("alpha");
        var ann = await firm.EnterAsync();
        var desks = room.Data.Get<AgentDesks>();
        Task louder = desks.ChangeAsync(firm.Id, ann.Agent, settings => settings.Louder(10));
        await Task.WhenAll(louder, room.Seats.ShowAsync(firm.Id, ann.Agent, ann.Session, AgentStatus.Away));
        _ = await desks.ChangeAsync(firm.Id, ann.Agent, settings => settings with { Notices = true });
        var kept = await desks.ReadAsync(firm.Id, ann.Agent);
        Assert.Equal((10, true, AgentStatus.Away), (kept.Sounds.Volume, kept.Notices, kept.StatusOf(ann.Session)));
        Assert.Equal(AgentStatus.Online, kept.StatusOf(AnotherBrowser));
    }
}
