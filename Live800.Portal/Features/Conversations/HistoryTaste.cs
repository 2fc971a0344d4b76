using System.Globalization;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Conversations;

/// <summary>What somebody looks for in the history.</summary>
/// <param name="Days">Only the last so many days; nothing is all.</param>
public sealed record HistoryTaste(int? Days = null, AgentId? Agent = null, string Text = "", GroupId? Group = null)
{
    /// <summary>Longest words that are looked for, in characters.</summary>
    public const int TextLimit = 100;

    private const int MostDays = 3650;

    public bool IsNarrow => Days is not null || Agent is not null || Group is not null || Text.Length > 0;

    /// <summary>From an address; null when it means nothing.</summary>
    public static HistoryTaste? Parse(string? days, string? agent, string? text, string? group) =>
        text?.Length > TextLimit || Number(days) is not { } sinceDays || sinceDays > MostDays || Number(agent) is not { } agentId || Number(group) is not { } groupId
            ? null
            : new HistoryTaste(sinceDays == 0 ? null : (int)sinceDays, agentId == 0 ? null : new AgentId(agentId), text ?? "", groupId == 0 ? null : new GroupId(groupId));

    /// <summary>For an address; empty when nothing is left out.</summary>
    public string ToQuery() => string.Join('&', new[] { ("days", Days?.ToString(CultureInfo.InvariantCulture) ?? ""), ("agent", Agent?.ToString() ?? ""), ("text", Text), ("group", Group?.ToString() ?? "") }
        .Where(part => part.Item2.Length > 0)
        .Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2)}"));

    /// <summary>What it leaves at an instant: days begin at midnight of the company's zone.</summary>
    public HistoryFilter At(DateTimeOffset now, TimeZoneInfo zone) => new(Days is { } days ? StartOfDay(now, zone, days) : null, Agent: Agent, Text: Text.Length > 0 ? Text : null, Group: Group);

    // 0 is nothing; no number is null.
    private static long? Number(string? text) => text is not { Length: > 0 } ? 0 : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static DateTimeOffset StartOfDay(DateTimeOffset now, TimeZoneInfo zone, int days)
    {
        var day = TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(1 - days);
        return new DateTimeOffset(day, zone.GetUtcOffset(day));
    }
}

/// <summary>One conversation of the list.</summary>
/// <param name="Visitor">How its visitor is called.</param>
public sealed record HistoryRow(ConversationId Id, string Visitor, string Agent, DateTimeOffset At, TimeSpan? Length, int Lines, string How, VisitorId Who, string? GivenName);
