using Live800.Domain.Companies;

namespace Live800.Portal.Features.Workspace;

/// <summary>An agent's status as a mark.</summary>
public static class AgentStatusWords
{
    public static string Mark(AgentStatus status) => status switch
    {
        AgentStatus.Online => "talking",
        AgentStatus.Busy => "busy",
        _ => "offline",
    };
}
