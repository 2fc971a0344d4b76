using Live800.Domain.Shared;

namespace Live800.Domain.Workspace;

/// <summary>The desk of one agent, wherever he sits (S2.7, S2.12).</summary>
public sealed class AgentDesk
{
    private AgentDesk()
    {
    }

    public AgentDesk(CompanyId company, AgentId agent)
    {
        CompanyId = company;
        AgentId = agent;
    }

    public CompanyId CompanyId { get; private set; }

    /// <summary>Key: an agent has one desk.</summary>
    public AgentId AgentId { get; private set; }

    public DeskSettings Settings { get; private set; } = DeskSettings.Default;

    /// <summary>Sets the desk up anew.</summary>
    public void Set(DeskSettings settings) => Settings = settings;
}
