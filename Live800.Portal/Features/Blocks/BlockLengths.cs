namespace Live800.Portal.Features.Blocks;

/// <summary>How long somebody can be blocked, as it is offered.</summary>
public static class BlockLengths
{
    public static readonly IReadOnlyList<(string Word, TimeSpan? Length)> All =
    [
        ("Hour", TimeSpan.FromHours(1)), ("Day", TimeSpan.FromDays(1)), ("Week", TimeSpan.FromDays(7)), ("Month", TimeSpan.FromDays(30)), ("Ever", null),
    ];

    /// <summary>Nothing is until it is lifted.</summary>
    public static TimeSpan? Of(string word) => All.First(length => length.Word == word).Length;
}
