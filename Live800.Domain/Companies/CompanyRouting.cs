using Live800.Domain.Shared;

namespace Live800.Domain.Companies;

/// <summary>How many conversations one agent has at most, where that is not what the company says.</summary>
public sealed class AgentLimit
{
    private AgentLimit()
    {
    }

    internal AgentLimit(AgentId agent, int most) => (AgentId, Most) = (agent, most);

    public AgentId AgentId { get; private set; }

    public int Most { get; internal set; }
}

/// <summary>How the whole company's waiting line is given out, and how many conversations an agent has at most 最多同时对话 (rule 4).</summary>
public sealed class CompanyRouting
{
    /// <summary>Highest number of conversations that can be set.</summary>
    public const int MostPossible = 50;

    private readonly List<AgentLimit> _limits = [];

    private CompanyRouting()
    {
    }

    /// <summary>What every company starts with: by hand, no limit.</summary>
    public CompanyRouting(CompanyId company) => CompanyId = company;

    /// <summary>The company; one each.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>How the whole company's line is given out.</summary>
    public RoutingWay Way { get; private set; }

    /// <summary>Most conversations of an agent for whom nothing else is set; nothing is no limit.</summary>
    public int? Most { get; private set; }

    /// <summary>Agents for whom another number is set.</summary>
    public IReadOnlyList<AgentLimit> Limits => _limits;

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>The most conversations of one agent; nothing is no limit. Binds what comes to him by itself or from colleagues, not his own hand.</summary>
    public int? MostOf(AgentId agent) => _limits.Find(limit => limit.AgentId == agent)?.Most ?? Most;

    /// <summary>Gives the whole company's line out in another way.</summary>
    public void Route(RoutingWay way)
    {
        Way = Enum.IsDefined(way) ? way : RoutingWay.ByHand;
        Version++;
    }

    /// <summary>Sets the company's number; nothing is no limit. Refusal: ConversationLimitInvalid (not 1 to 50).</summary>
    public Outcome Limit(int? most)
    {
        if (most is < 1 or > MostPossible) return Refusal.ConversationLimitInvalid;
        Most = most;
        Version++;
        return Outcome.Done;
    }

    /// <summary>Sets one agent's number; nothing is the company's. Refusal: ConversationLimitInvalid (not 1 to 50).</summary>
    public Outcome Limit(AgentId agent, int? most)
    {
        if (most is < 1 or > MostPossible) return Refusal.ConversationLimitInvalid;
        _ = _limits.RemoveAll(limit => limit.AgentId == agent && most is null);
        if (most is { } number)
        {
            if (_limits.Find(limit => limit.AgentId == agent) is { } known) known.Most = number;
            else _limits.Add(new AgentLimit(agent, number));
        }

        Version++;
        return Outcome.Done;
    }
}
