using Live800.Portal.Tests.Support;

namespace Live800.Portal.Tests.Data;

public sealed class PortalClockTests
{
    [Fact]
    public async Task Time_does_not_run_backwards_over_a_restart_on_a_machine_set_back_a_day()
    {
        await using var room = await DataRoom.OpenAsync();
        room.Machine.Advance(TimeSpan.FromHours(1));
        var stored = room.Now;
        await room.Writes.RunAsync((_, _) => Task.CompletedTask);

        room.Machine.AdjustTime(stored.AddDays(-1));
        await room.RestartAsync();

        Assert.True(room.Now >= stored);
        Assert.InRange(room.Clock.Behind, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task While_the_machine_is_behind_time_goes_on_at_half_speed_until_it_has_caught_up()
    {
        await using var room = await DataRoom.OpenAsync();
        var noon = room.Now;
        room.Machine.AdjustTime(noon.AddMinutes(-10));

        Assert.Equal(noon, room.Now);
        room.Machine.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(noon.AddMinutes(5), room.Now);
        room.Machine.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(noon.AddMinutes(20), room.Now);
        Assert.Equal(TimeSpan.Zero, room.Clock.Behind);
    }

    [Fact]
    public async Task A_shift_forward_is_kept_over_a_restart()
    {
        await using var room = await DataRoom.OpenAsync();
        room.Clock.ShiftForward(TimeSpan.FromDays(8));
        var shifted = room.Now;
        await room.Writes.RunAsync((_, _) => Task.CompletedTask);

        await room.RestartAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(shifted.AddMinutes(3), room.Now);
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => room.Clock.ShiftForward(TimeSpan.FromSeconds(-1)));
    }
}
