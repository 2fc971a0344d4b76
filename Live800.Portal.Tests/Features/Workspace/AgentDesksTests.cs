using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Domain.Workspace;
using Live800.Portal.Data.Mapping.Portal;
using Live800.Portal.Features.Workspace;
using Live800.Portal.Realtime;
using Live800.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Live800.Portal.Tests.Features.Workspace;

public sealed class AgentDesksTests
{
    private static readonly DeskSettings Own = new()
    {
        SendKey = SendKey.CtrlEnter,
        Density = DeskDensity.Dense,
        Notices = true,
        Sounds = new DeskSounds(false, true, 30),
        Queue = new QueueView([QueueColumn.Agent, QueueColumn.Pages], QueueFilter.WithoutOffline, new QueueSort(QueueColumn.Time, true)),
        Shortcuts = DeskShortcuts.Default.With(DeskAction.Write, Shortcut.AltAnd('W')).Value,
    };

    [Fact]
    public async Task Settings_are_the_agents_own_and_another_company_cannot_reach_them()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddSingleton<AgentDesks>());
        var desks = room.Data.Get<AgentDesks>();
        var (firm, other) = (await room.CompanyAsync("alpha"), await room.CompanyAsync("beta"));
        var (mine, colleagues) = (firm.Agents[0].Agent, firm.Agents[1].Agent);
        var told = new List<PortalEvent>();
        using var heard = room.Data.Get<PortalEvents>().Subscribe(firm.Id, told.Add);

        Assert.False((await desks.ChangeAsync(firm.Id, mine, _ => Own)).IsRefused);
        Assert.Equal(new PortalEvent(firm.Id, PortalTopic.Desk, mine.Value), Assert.Single(told));
        AssertSame(Own, await desks.ReadAsync(firm.Id, mine));
        Assert.Equal(DeskSettings.Default, await desks.ReadAsync(firm.Id, colleagues));
        Assert.Equal(DeskSettings.Default, await desks.ReadAsync(other.Id, mine));
        Assert.Equal(Refusal.AgentUnknown, (await desks.ChangeAsync(other.Id, mine, _ => DeskSettings.Default)).Refusal);
        AssertSame(Own, await desks.ReadAsync(firm.Id, mine));
    }

    [Fact]
    public async Task A_refused_change_changes_nothing_and_two_pages_at_once_do_not_undo_each_other()
    {
        await using var room = await ChatRoom.OpenAsync(services => services.AddSingleton<AgentDesks>());
        var desks = room.Data.Get<AgentDesks>();
        var firm = await room.CompanyAsync("alpha");
        var agent = firm.Agents[0].Agent;

        Assert.Equal(Refusal.ShortcutTaken, (await desks.ChangeAsync(firm.Id, agent, settings => settings.Press(DeskAction.Write, Shortcut.AltAnd('Z')))).Refusal);
        Assert.Equal(DeskSettings.Default, await desks.ReadAsync(firm.Id, agent));

        _ = await Task.WhenAll(
            desks.ChangeAsync(firm.Id, agent, settings => settings with { SendKey = SendKey.CtrlEnter }),
            desks.ChangeAsync(firm.Id, agent, settings => settings.Louder(500)),
            desks.ChangeAsync(firm.Id, agent, settings => settings with { Density = DeskDensity.Roomy }));
        var kept = await desks.ReadAsync(firm.Id, agent);
        Assert.Equal((SendKey.CtrlEnter, 100, DeskDensity.Roomy), (kept.SendKey, kept.Sounds.Volume, kept.Density));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"SendKey":7}""")]
    public void A_damaged_row_gives_the_usual_settings(string text) => Assert.Equal(DeskSettings.Default, AgentDeskMapping.Read(text));

    [Fact]
    public void Names_of_another_version_are_passed_over_and_the_rest_is_kept()
    {
        var read = AgentDeskMapping.Read("""
            {"SendKey":"CtrlEnter","Density":"Huge","RingsWaiting":true,"RingsMessage":false,"Volume":-5,"Notices":true,"Columns":["Moon","Visits","Visits"],"Hidden":["Offline","Ghost"],
             "Sort":"Moon","Descending":true,"Shortcuts":{"Fly":"Alt+KeyF","Write":"KeyW","Search":"Alt+KeyG"},"Later":1}
            """);
        Assert.Equal((SendKey.CtrlEnter, DeskDensity.Normal, new DeskSounds(true, false, 0), true), (read.SendKey, read.Density, read.Sounds, read.Notices));
        Assert.Equal([QueueColumn.Visits], read.Queue.Columns);
        Assert.Equal([QueueStatus.Offline], read.Queue.Filter.Hidden);
        Assert.Equal((Shortcut.AltAnd('G'), Shortcut.AltAnd('M')), (read.Shortcuts.Of(DeskAction.Search), read.Shortcuts.Of(DeskAction.Write)));
    }

    private static void AssertSame(DeskSettings expected, DeskSettings actual) => Assert.Equal(AgentDeskMapping.Write(expected), AgentDeskMapping.Write(actual));
}
