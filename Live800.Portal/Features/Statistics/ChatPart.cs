using Live800.Domain.Companies;
using Live800.Domain.Shared;
using Live800.Domain.Statistics;
using Microsoft.AspNetCore.Components;

namespace Live800.Portal.Features.Statistics;

/// <summary>A part of the statistics page: reads its figures of a period, and of the one it is compared with, when either changes. Whoever shows it has asked whether the agent may see statistics.</summary>
/// <typeparam name="TFigures">What it reads of one period.</typeparam>
public abstract class ChatPart<TFigures> : ComponentBase
    where TFigures : class
{
    private object? _asked;

    [Parameter, EditorRequired] public CompanyId Company { get; set; }

    [Parameter, EditorRequired] public StatisticsPeriod Period { get; set; }

    /// <summary>The period it is compared with; nothing where it is compared with none.</summary>
    [Parameter] public StatisticsPeriod? Compared { get; set; }

    [Parameter] public StatisticsUnit Unit { get; set; } = StatisticsUnit.Day;

    [Parameter, EditorRequired] public ZoneHistory Zones { get; set; } = default!;

    /// <summary>Another number makes it read again; what is shown stays until then.</summary>
    [Parameter] public int Round { get; set; }

    /// <summary>Whether whoever looks at it has a right: links that lead further are for those only. Without it there are none.</summary>
    [Parameter] public Func<Permission, bool>? May { get; set; }

    /// <summary>The period's figures; nothing before they are read.</summary>
    protected TFigures? Now { get; private set; }

    /// <summary>The figures it is compared with.</summary>
    protected TFigures? Before { get; private set; }

    /// <summary>Reads the figures of one period. Runs beside the page, so that a year does not hold it up: read, do not touch.</summary>
    protected abstract Task<TFigures> ReadAsync(StatisticsPeriod period);

    protected sealed override async Task OnParametersSetAsync()
    {
        object asked = (Company, Period, Compared, Unit, Zones, Round);
        if (asked.Equals(_asked)) return;
        _asked = asked;
        var (period, compared) = (Period, Compared);
        var before = compared is { } other ? Task.Run(() => ReadAsync(other)) : null;
        var now = await Task.Run(() => ReadAsync(period));
        var was = before is null ? null : await before;
        // Another period was asked for meanwhile: that answer comes too.
        if (asked.Equals(_asked)) (Now, Before) = (now, was);
    }
}
