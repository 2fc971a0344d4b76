using System.Globalization;
using Live800.Domain.Shared;

namespace Live800.Domain.Visitors;

/// <summary>
/// A person's data was erased 删除个人数据 (rule 1): that it happened, when and by whom, and how much of each kind; nothing of the person himself. His browsers' ids stay on record, so that
/// a pass that names one of them is never believed again and what was on its way at that moment is erased too.
/// </summary>
public sealed class VisitorErasure
{
    /// <summary>How long afterwards it is looked once more for what was on its way.</summary>
    public static readonly TimeSpan SettledAfter = TimeSpan.FromMinutes(1);

    private VisitorErasure()
    {
    }

    /// <summary>Erased now.</summary>
    /// <param name="asked">The visitor whose number was typed.</param>
    /// <param name="visitors">All of the person's browsers, that one too.</param>
    /// <param name="figures">How much of each kind, by its name.</param>
    public VisitorErasure(CompanyId company, Guid command, VisitorId asked, IReadOnlyList<VisitorId> visitors, IReadOnlyList<KeyValuePair<string, int>> figures, AgentId by, DateTimeOffset now)
    {
        CompanyId = company;
        CommandId = command;
        VisitorId = asked;
        VisitorIds = [.. visitors.Select(visitor => visitor.Value)];
        Figures = [.. figures.Select(figure => $"{figure.Key}={figure.Value.ToString(CultureInfo.InvariantCulture)}")];
        By = by;
        At = now;
    }

    /// <summary>The company.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>The asking page's own id; a repeat of it is the same erasure (D7). Key together with the company.</summary>
    public Guid CommandId { get; private set; }

    /// <summary>The visitor whose number was typed.</summary>
    public VisitorId VisitorId { get; private set; }

    /// <summary>The ids of all his browsers.</summary>
    public IReadOnlyList<long> VisitorIds { get; private set; } = [];

    /// <summary>How much of each kind, as name=number.</summary>
    public IReadOnlyList<string> Figures { get; private set; } = [];

    /// <summary>Who erased.</summary>
    public AgentId By { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>When nothing of it was left to do.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Figures as they were given.</summary>
    public IReadOnlyDictionary<string, int> Counts => Figures.Select(figure => figure.Split('=')).ToDictionary(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture));

    /// <summary>Nothing of it is left to do.</summary>
    public void Settle(DateTimeOffset now) => SettledAt ??= now;
}

/// <summary>The bytes of a file whose row was erased: they go after the commit, and this with them.</summary>
public sealed class ErasedFile
{
    private ErasedFile()
    {
    }

    /// <summary>Its row goes in this transaction.</summary>
    public ErasedFile(CompanyId company, AttachmentId id) => (CompanyId, Id) = (company, id);

    /// <summary>The company, in whose folder the bytes lie.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Under what they lie.</summary>
    public AttachmentId Id { get; private set; }
}
