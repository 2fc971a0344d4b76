using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Visitors;

/// <summary>One visit 访问: from the first page until no page has lived for five minutes (rule 2.2).</summary>
public sealed class Visit
{
    private Visit()
    {
    }

    /// <summary>A visit begins with its first page.</summary>
    public Visit(VisitId id, CompanyId company, VisitorId visitor, VisitSource source, string entryAddress, string entryTitle, string userAgent, string networkAddress, DateTimeOffset now)
    {
        Id = id;
        CompanyId = company;
        VisitorId = visitor;
        Source = source;
        EntryAddress = entryAddress;
        EntryTitle = entryTitle;
        UserAgent = userAgent;
        NetworkAddress = CustomerLine.Shorten(networkAddress);
        WholeAddress = networkAddress;
        StartedAt = now;
        LastAliveAt = now;
    }

    /// <summary>Key.</summary>
    public VisitId Id { get; private set; }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The visitor.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>Where the visitor came from 来源.</summary>
    public VisitSource Source { get; private set; } = VisitSource.Direct;

    /// <summary>Address of the first page.</summary>
    public string EntryAddress { get; private set; } = "";

    /// <summary>Title of the first page.</summary>
    public string EntryTitle { get; private set; } = "";

    /// <summary>What the browser calls itself.</summary>
    public string UserAgent { get; private set; } = "";

    /// <summary>The visitor's network address without its last part (rule 6).</summary>
    public string NetworkAddress { get; private set; } = "";

    /// <summary>The whole network address while the visit runs, because the block list and the limits of a day are asked by it; nothing afterwards (rule 6).</summary>
    public string? WholeAddress { get; private set; }

    /// <summary>Under which source it is counted; 0 while it is not counted yet.</summary>
    public long SourceId { get; private set; }

    /// <summary>Under which place it is counted.</summary>
    public long PlaceId { get; private set; }

    /// <summary>Under which device it is counted.</summary>
    public long DeviceId { get; private set; }

    /// <summary>Whether the browser calls itself a robot; such a visit is in no figure (rule 6).</summary>
    public bool IsRobot { get; private set; }

    /// <summary>Whether an agent talked to the visitor in it.</summary>
    public bool HasTalked { get; private set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>The last sign of life of any of its pages, as far as stored.</summary>
    public DateTimeOffset LastAliveAt { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Pages seen.</summary>
    public int Pages { get; private set; }

    /// <summary>A sign of life; never goes back.</summary>
    public void Live(DateTimeOffset now) => LastAliveAt = now > LastAliveAt ? now : LastAliveAt;

    /// <summary>Another page: returns its step of the trail, to be stored.</summary>
    public TrailStep See(string address, string title, DateTimeOffset now)
    {
        Live(now);
        return new TrailStep(this, ++Pages, address, title, now);
    }

    /// <summary>Whether it is over at an instant, noticed or not (rule 2.2).</summary>
    public bool IsOverAt(DateTimeOffset now, Moments moments) => EndedAt is not null || now >= LastAliveAt + moments.VisitEndsAfter;

    /// <summary>Records its end.</summary>
    public void End(DateTimeOffset at) => EndedAt ??= at;
}
