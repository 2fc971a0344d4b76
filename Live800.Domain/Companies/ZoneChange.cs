namespace Live800.Domain.Companies;

/// <summary>From an instant on, a company's calendar follows a time zone (rule 3.5). A fact; it is replaced only while it lies ahead.</summary>
public sealed class ZoneChange
{
    private ZoneChange()
    {
    }

    internal ZoneChange(string zoneId, DateTimeOffset from)
    {
        ZoneId = zoneId;
        From = from;
    }

    /// <summary>IANA name of the zone, for example Asia/Shanghai.</summary>
    public string ZoneId { get; private set; } = "";

    /// <summary>The instant from which it counts.</summary>
    public DateTimeOffset From { get; private set; }
}
