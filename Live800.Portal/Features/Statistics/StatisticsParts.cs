using Live800.Domain.Companies;

namespace Live800.Portal.Features.Statistics;

/// <summary>A part of the statistics.</summary>
/// <param name="Address">Its place after <c>/statistics/</c>; the first has none.</param>
/// <param name="Word">Key of its name.</param>
public sealed record StatisticsPartEntry(string Address, string Word, Type Component)
{
    /// <summary>Those of chats are told what they ask by parameters; the others by the frame.</summary>
    public IDictionary<string, object>? ParametersOf(StatisticsFrame frame, Func<Permission, bool> may, MissedPlaces places)
    {
        if (Component.IsSubclassOf(typeof(StatisticsPart))) return null;
        var parameters = new Dictionary<string, object> { ["Company"] = frame.Company, ["Period"] = frame.Period, ["Unit"] = frame.Unit, ["Zones"] = frame.Zones, ["Round"] = (int)(frame.Now.UtcTicks / TimeSpan.TicksPerMinute) };
        if (frame.Compared is { } compared) parameters.Add("Compared", compared);
        parameters.Add("May", may);
        if (Component == typeof(MissedPart)) parameters.Add("Places", places.Of(frame.Company));
        return parameters;
    }
}

/// <summary>The parts of the statistics, from left to right.</summary>
public static class StatisticsParts
{
    public static readonly IReadOnlyList<StatisticsPartEntry> All =
    [
        new("", "Overview", typeof(OverviewPart)),
        new("traffic", "Traffic", typeof(TrafficPart)),
        new("sources", "Sources", typeof(SourcesPart)),
        new("pages", "Pages", typeof(PagesPart)),
        new("visits", "Visits", typeof(VisitsPart)),
        new("places", "Places", typeof(PlacesPart)),
        new("devices", "Devices", typeof(DevicesPart)),
        new("chats", "Chats", typeof(ChatsPart)),
        new("agents", "Agents", typeof(AgentsPart)),
        new("invitations", "Invitations", typeof(InvitationsPart)),
        new("messages", "Offline", typeof(OfflinePart)),
        new("seats", "Seats", typeof(SeatsPart)),
        new("missed", "Missed", typeof(MissedPart)),
    ];

    /// <summary>The part of an address; nothing where there is none of that name.</summary>
    public static StatisticsPartEntry? Find(string? address) => All.FirstOrDefault(part => string.Equals(part.Address, address ?? "", StringComparison.Ordinal));
}
