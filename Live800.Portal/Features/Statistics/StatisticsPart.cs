using Microsoft.AspNetCore.Components;

namespace Live800.Portal.Features.Statistics;

/// <summary>A page of the statistics: reads when what it is asked for has changed, and shows the old figures until the new ones are there.</summary>
public abstract class StatisticsPart : ComponentBase
{
    private object? _read;

    [CascadingParameter] public StatisticsFrame Frame { get; set; } = default!;

    /// <summary>Whether there is something to show.</summary>
    protected bool IsRead { get; private set; }

    /// <summary>What is read depends on this besides the frame.</summary>
    protected virtual object? Asked => null;

    /// <summary>Reads the figures.</summary>
    protected abstract Task ReadAsync();

    protected sealed override async Task OnParametersSetAsync()
    {
        var wanted = (Frame, Asked);
        if (wanted.Equals(_read)) return;
        _read = wanted;
        await ReadAsync();
        IsRead = true;
    }
}
