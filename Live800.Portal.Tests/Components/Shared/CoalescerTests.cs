using System.Globalization;
using Live800.Portal.Components.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Live800.Portal.Tests.Components.Shared;

public class CoalescerTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly FakeTimeProvider _clock = new();
    private int _reads;
    private TaskCompletionSource? _slow;

    [Fact]
    public void The_first_event_is_read_at_once_and_a_burst_after_it_is_read_once_when_the_pause_is_over()
    {
        using var coalescer = Make();
        coalescer.Hear();
        Assert.Equal(1, _reads);

        for (var i = 0; i < 20; i++) coalescer.Hear();
        _clock.Advance(Pause - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _reads);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, _reads);

        _clock.Advance(Pause * 10);
        Assert.Equal(2, _reads);
        coalescer.Hear();
        Assert.Equal(3, _reads);
    }

    [Fact]
    public void What_happens_during_a_read_is_read_afterwards_and_never_beside_it()
    {
        using var coalescer = Make();
        var slow = _slow = new TaskCompletionSource();
        coalescer.Hear();
        coalescer.Hear();
        coalescer.Hear();
        _clock.Advance(Pause * 10);
        Assert.Equal(1, _reads);

        _slow = null;
        slow.SetResult();
        _clock.Advance(Pause);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public void Nothing_is_read_for_somebody_who_has_left()
    {
        var coalescer = Make();
        coalescer.Hear();
        coalescer.Hear();
        coalescer.Dispose();
        coalescer.Dispose();
        _clock.Advance(Pause * 10);
        coalescer.Hear();
        Assert.Equal(1, _reads);
    }

    [Fact]
    public void A_read_speaks_the_language_of_the_one_who_looks_and_not_of_the_one_who_caused_it()
    {
        var spoken = "";
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        using var coalescer = new Coalescer(_clock, Pause, () =>
        {
            spoken = CultureInfo.CurrentUICulture.Name;
            return Task.CompletedTask;
        });
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        coalescer.Hear();
        Assert.Equal("en", spoken);
    }

    private Coalescer Make()
    {
        // Nothing is posted elsewhere: when the clock has been moved, what it set off has happened.
        SynchronizationContext.SetSynchronizationContext(null);
        return new Coalescer(_clock, Pause, () =>
        {
            _reads++;
            return _slow?.Task ?? Task.CompletedTask;
        });
    }
}
